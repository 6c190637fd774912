from django.db import migrations, models

# Whoever writes waits for the lock that refresh_search holds, and only then for the row: always in this order.
CHANGED = """
    CREATE FUNCTION search_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('refresh_search'));
        INSERT INTO catalogue_searchversion (id, token) VALUES (1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET token = excluded.token;
        RETURN NULL;
    END
    $$
"""
READ_BY_A_SEARCH = (
    "catalogue_searchentry",
    "catalogue_searchterm",
    "catalogue_searchword",
    "catalogue_function",
    "catalogue_peergroup",
)
TRIGGERS = "; ".join(
    f"CREATE TRIGGER search_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION search_changed()"
    for table in READ_BY_A_SEARCH
)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_search")]

    operations = [
        migrations.CreateModel(
            name="SearchVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("token", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(CHANGED, "DROP FUNCTION search_changed() CASCADE"),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(
            "INSERT INTO catalogue_searchversion (id, token) VALUES (1, gen_random_uuid())", migrations.RunSQL.noop
        ),
    ]

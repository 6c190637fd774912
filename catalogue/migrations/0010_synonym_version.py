from django.db import migrations

TRIGGER = (
    "CREATE TRIGGER search_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON catalogue_synonym"
    " FOR EACH STATEMENT EXECUTE FUNCTION search_changed()"
)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_profile_age")]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER search_changed ON catalogue_synonym")]

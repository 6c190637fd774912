from django.db import migrations, models

# Every write that may change a figure of the live preview marks the organisations concerned, in its own transaction:
# here what rows are normalised by (AG-2). An attestation may be one half of an exchange, whose other half is the
# steward's own statement; an audit concerns all that its steward attested.
TOUCHED = {
    "INSERT": ("NEW TABLE AS new_rows", "SELECT * FROM new_rows"),
    "UPDATE": ("OLD TABLE AS old_rows NEW TABLE AS new_rows", "SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows"),
}
STEWARDS = """
    SELECT stewardship.organisation_id FROM registry_stewardship stewardship
    JOIN ({given}) given ON given.component_id = stewardship.component_id
    WHERE stewardship.superseded_in_id IS NULL
"""
GROUP = "coalesce(nullif({body}.affiliation_group, ''), {body}.slug)"
# The other half of an exchange, whoever of the two groups gave it.
BACK = f"""
    SELECT back.* FROM touched
    JOIN registry_organisation body ON body.id = touched.organisation_id
    JOIN registry_organisation steward ON steward.id = touched.steward_id
    JOIN registry_organisation other ON {GROUP.format(body="other")} = {GROUP.format(body="body")}
    JOIN registry_attestation back ON back.steward_id = other.id
    JOIN registry_organisation about ON about.id = back.organisation_id
    WHERE {GROUP.format(body="about")} = {GROUP.format(body="steward")}
"""
EXCHANGED = f"""
    SELECT organisation_id AS id FROM touched WHERE steward_id IS NOT NULL
    UNION {STEWARDS.format(given="SELECT component_id FROM touched WHERE steward_id IS NOT NULL")}
    UNION SELECT back.organisation_id FROM ({BACK}) back
    UNION {STEWARDS.format(given=BACK)}
"""
# A body that changes its group changes who has exchanged attestations with whom, for all of the old and the new group.
REGROUPED = f"""
    SELECT given.* FROM registry_attestation given
    WHERE given.steward_id IS NOT NULL AND EXISTS (
        SELECT FROM new_rows JOIN old_rows USING (id)
        JOIN registry_organisation member ON member.id IN (given.organisation_id, given.steward_id)
        WHERE new_rows.affiliation_group <> old_rows.affiliation_group
          AND (member.id = new_rows.id OR {GROUP.format(body="member")} IN (
              coalesce(nullif(old_rows.affiliation_group, ''), old_rows.slug),
              coalesce(nullif(new_rows.affiliation_group, ''), new_rows.slug))))
"""
MOVED = f"""
    SELECT given.organisation_id AS id FROM ({REGROUPED}) given
    UNION {STEWARDS.format(given=REGROUPED)}
"""
GIVEN = """
    SELECT attestation.* FROM registry_attestation attestation
    JOIN touched ON touched.steward_id = attestation.steward_id WHERE touched.result = 'failed'
"""
AUDITED = f"""
    SELECT steward_id AS id FROM touched WHERE result = 'failed'
    UNION SELECT given.organisation_id FROM ({GIVEN}) given
    UNION {STEWARDS.format(given=GIVEN)}
"""
MARKS = [
    ("registry_attestation", "INSERT", "attested", EXCHANGED),
    ("registry_attestation", "UPDATE", "answered", EXCHANGED),
    ("registry_audit", "INSERT", "audited", AUDITED),
    ("registry_audit", "UPDATE", "audit_decided", AUDITED),
    ("registry_organisation", "UPDATE", "regrouped", MOVED),
]


def statements(table, event, name, organisations):
    """The trigger of a table's event with its function, and what takes both away again."""
    name = f"public_value_mark_{name}"
    tables, touched = TOUCHED[event]
    made = f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
        BEGIN
            INSERT INTO public_value_dirtyorganisation (organisation_id, at)
            WITH touched AS ({touched}) SELECT DISTINCT id, now() FROM ({organisations}) dirty (id);
            RETURN NULL;
        END $$;
        CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}();
    """
    return made, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"


class Migration(migrations.Migration):

    dependencies = [
        ('public_value', '0018_publishing'),
        ('registry', '0023_two_sided_evidence'),
    ]

    operations = [
        migrations.AlterField(
            model_name='realisedsaving',
            name='evidence',
            field=models.CharField(choices=[('E0', 'Declared'), ('E1', 'Evidence published'), ('E2', 'Attested'), ('E3', 'Measured')], help_text='Of the weakest of the costs.', max_length=2),
        ),
        *(migrations.RunSQL(*statements(*mark)) for mark in MARKS),
    ]

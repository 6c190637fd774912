from importlib import import_module

from django.db import migrations

# Whoever has inherited an attested statement is concerned by whatever concerns the predecessor whose attestation it is:
# the same marks as before, and those of all that came from the bodies that they mark.
before = import_module("public_value.migrations.0019_evidence_words")


def function(event, name, recursive, dirty):
    _tables, touched = before.TOUCHED[event]
    return f"""
        CREATE OR REPLACE FUNCTION public_value_mark_{name}() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off AS $$
        BEGIN
            INSERT INTO public_value_dirtyorganisation (organisation_id, at)
            WITH {recursive} touched AS ({touched}){dirty};
            RETURN NULL;
        END $$;
    """


def with_heirs(_table, event, name, organisations):
    dirty = f""", dirty (id) AS (
        SELECT id FROM ({organisations}) marked (id)
        UNION
        SELECT succession.successor_id FROM dirty
        JOIN registry_succession succession ON succession.predecessor_id = dirty.id
    ) SELECT id, now() FROM dirty"""
    return function(event, name, "RECURSIVE", dirty)


def without_heirs(_table, event, name, organisations):
    return function(event, name, "", f" SELECT DISTINCT id, now() FROM ({organisations}) dirty (id)")


class Migration(migrations.Migration):

    dependencies = [
        ("public_value", "0019_evidence_words"),
        ("registry", "0017_reorganisation"),
    ]

    operations = [migrations.RunSQL(with_heirs(*mark), without_heirs(*mark)) for mark in before.MARKS]

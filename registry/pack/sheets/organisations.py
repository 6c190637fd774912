"""`organisations.csv`: the public bodies, their identifiers and what became of them."""

from registry.models import Declaration, Identifier, Organisation, Stewardship, Succession
from registry.models.organisation import RESERVED_SLUGS
from registry.pack import columns, values
from registry.pack.checks import refuse_rows
from registry.pack.columns import Column
from registry.pack.sheet import Check, Link, Sheet, join_rows, joined
from registry.pack.staging import Staged

TABLE = Organisation._meta.db_table
IDENTIFIER = Identifier._meta.db_table
CODE = "j.scheme || ':' || j.code"
SUCCESSORS = {"through": Succession, "owner": "predecessor_id", "other": "successor_id", "others": Organisation}

IDENTIFIERS = Link(
    column="identifiers",
    table=IDENTIFIER,
    remove=f"""DELETE FROM {IDENTIFIER} j USING pack_plan p JOIN pack_staged s ON s._line = p.line
        WHERE p.recorded = j.organisation_id
        AND NOT j.scheme || ':' || j.code = ANY(coalesce(string_to_array(s.identifiers, ';'), '{{}}'))""",
    add=f"""INSERT INTO {IDENTIFIER} (organisation_id, scheme, code)
        SELECT p.id, split_part(said.item, ':', 1), substr(said.item, strpos(said.item, ':') + 1)
        FROM pack_plan p JOIN pack_staged s ON s._line = p.line
        CROSS JOIN LATERAL unnest(string_to_array(s.identifiers, ';')) AS said(item)
        WHERE NOT EXISTS (SELECT 1 FROM {IDENTIFIER} j
                          WHERE j.organisation_id = p.id AND j.scheme || ':' || j.code = said.item)""",
)

# Whose stewards' names or types change, and whose adopters' peer groups. A file need not have the columns.
SEARCHED = f"""
    WITH changing AS (
        SELECT t.id, t.name <> s.name OR (said ? 'type' AND t.type <> coalesce(said ->> 'type', '')) AS names,
               said ? 'peer_group' AND t.peer_group_id IS DISTINCT FROM (said ->> 'peer_group')::bigint AS groups
        FROM pack_plan p JOIN pack_staged s ON s._line = p.line JOIN {TABLE} t ON t.id = p.recorded
        CROSS JOIN LATERAL to_jsonb(s) said
    )
    SELECT j.component_id FROM changing JOIN {Stewardship._meta.db_table} j ON j.organisation_id = changing.id
    WHERE changing.names AND j.superseded_in_id IS NULL
    UNION
    SELECT j.component_id FROM changing JOIN {Declaration._meta.db_table} j ON j.organisation_id = changing.id
    WHERE changing.groups AND j.superseded_in_id IS NULL AND j.kind = 'adoption'"""


def refuse_taken_identifiers(staged: Staged) -> int:
    """A code names one body: refuse rows that claim one of another row, or of a body that the file leaves as it is."""
    if not staged.has("identifiers"):
        return 0
    staged.cursor.execute(f"""
        WITH said AS (
            SELECT s._line AS line, s.organisation AS slug, s.identifiers AS value, item,
                   first_value(s.organisation) OVER (PARTITION BY item ORDER BY s._line) AS first
            FROM pack_staged s CROSS JOIN LATERAL unnest(string_to_array(s.identifiers, ';')) AS item
            WHERE NOT s._refused),
        kept AS (
            SELECT t.slug, j.scheme || ':' || j.code AS item
            FROM {IDENTIFIER} j JOIN {TABLE} t ON t.id = j.organisation_id
            WHERE NOT EXISTS (SELECT 1 FROM pack_staged n WHERE n.organisation = t.slug AND NOT n._refused))
        SELECT said.line, said.value, said.item, coalesce(kept.slug, said.first) FROM said LEFT JOIN kept USING (item)
        WHERE kept.slug IS NOT NULL OR said.first <> said.slug""")
    return refuse_rows(
        staged,
        (
            (
                line,
                "identifiers",
                value,
                f'"{item}" is the identifier of "{owner}".',
                "Remove it here, or first remove it there.",
            )
            for line, value, item, owner in staged.cursor.fetchall()
        ),
    )


ORGANISATIONS = Sheet(
    file="organisations.csv",
    model=Organisation,
    noun="organisation",
    key=("organisation",),
    columns=(
        columns.key("organisation", reserved=RESERVED_SLUGS),
        columns.text("name", 300, required=True),
        columns.text("type", 120),
        columns.reference("peer_group", "peer_group"),
        columns.text("affiliation_group", 120),
        columns.own_reference("parent", "organisation", TABLE),
        columns.day("start"),
        columns.day("end"),
        columns.references("successors", "organisation", joined("successors", **SUCCESSORS), own=True),
        Column(
            name="identifiers",
            parse=values.each(values.code(60, 200), sort=True),
            many=True,
            recorded=f"""(SELECT string_agg({CODE}, ';' ORDER BY ({CODE}) COLLATE "C")
                FROM {IDENTIFIER} j WHERE j.organisation_id = t.id)""",
        ),
        columns.texts("aliases", values.text(300)),
        columns.text("nation", 120),
        columns.text("region", 120),
        columns.web_address("homepage"),
        columns.decimal("latitude", -90, 90),
        columns.decimal("longitude", -180, 180),
        columns.decimal("driver", 0),
    ),
    checks=(
        Check(("end", "start"), "{end} < {start}", "The body ends before it starts.", "Mend one of the two dates."),
    ),
    further_checks=(refuse_taken_identifiers,),
    searched=SEARCHED,
    links=(IDENTIFIERS, join_rows(column="successors", **SUCCESSORS)),
)

"""`components.csv` and `relations.csv`: the building blocks, who looks after them, and how they stand to each other."""

from catalogue.models import Component, ComponentKind, Function, Lifecycle, PeerGroup, Relation, RelationKind
from catalogue.models.component import RESERVED_SLUGS
from registry.models import Organisation, Stewardship
from registry.pack import columns
from registry.pack.columns import Column
from registry.pack.sheet import Check, Link, Sheet, join_rows, joined

TABLE = Component._meta.db_table
FUNCTIONS = {
    "through": Component.functions.through, "owner": "component_id", "other": "function_id", "others": Function,
}  # fmt: skip
AVAILABLE_TO = {
    "through": Component.available_to.through, "owner": "component_id", "other": "peergroup_id", "others": PeerGroup,
}  # fmt: skip
STEWARDSHIP, ORGANISATION = Stewardship._meta.db_table, Organisation._meta.db_table
STEWARD = "o.slug || '=' || trim_scale(j.share::text::numeric)::text"

# A stewardship is a statement: superseded where it is said no more or with another share, never changed.
STEWARDS = Link(
    column="stewards",
    table=STEWARDSHIP,
    remove=f"""UPDATE {STEWARDSHIP} j SET superseded_in_id = %(event)s
        FROM pack_plan p JOIN pack_staged s ON s._line = p.line, {ORGANISATION} o
        WHERE p.recorded = j.component_id AND j.superseded_in_id IS NULL AND o.id = j.organisation_id
        AND NOT {STEWARD} = ANY(coalesce(string_to_array(s.stewards, ';'), '{{}}'))""",
    add=f"""INSERT INTO {STEWARDSHIP} (component_id, organisation_id, share, recorded_in_id)
        SELECT p.id, o.id, split_part(said.item, '=', 2)::double precision, %(event)s
        FROM pack_plan p JOIN pack_staged s ON s._line = p.line
        CROSS JOIN LATERAL unnest(string_to_array(s.stewards, ';')) AS said(item)
        JOIN {ORGANISATION} o ON o.slug = split_part(said.item, '=', 1)
        WHERE NOT EXISTS (SELECT 1 FROM {STEWARDSHIP} j
            WHERE j.component_id = p.id AND j.organisation_id = o.id AND j.superseded_in_id IS NULL)""",
)

RELATION = Relation._meta.db_table
# The components themselves and those whose documents name them.
SEARCHED = f"""
    SELECT id FROM pack_plan
    UNION SELECT r.other_id FROM {RELATION} r JOIN pack_plan p ON p.id = r.component_id
    UNION SELECT r.component_id FROM {RELATION} r JOIN pack_plan p ON p.id = r.other_id
    UNION SELECT t.id FROM {TABLE} t JOIN pack_plan p ON p.id = t.successor_id"""

COMPONENTS = Sheet(
    file="components.csv",
    model=Component,
    noun="component",
    key=("component",),
    columns=(
        columns.key("component", reserved=RESERVED_SLUGS),
        columns.text("name", 300, required=True),
        columns.choice("kind", ComponentKind.values, required=True),
        columns.references("functions", "function", joined("functions", **FUNCTIONS)),
        columns.text("summary"),
        columns.text("description"),
        columns.web_address("url"),
        columns.web_address("repository"),
        columns.web_address("documentation"),
        columns.text("licence", 300),
        columns.choice("lifecycle", Lifecycle.values),
        columns.own_reference("successor", "component", TABLE),
        Column(
            name="stewards",
            noun="organisation",
            many=True,
            shares=True,
            recorded=f"""(SELECT string_agg({STEWARD}, ';' ORDER BY o.slug COLLATE "C") FROM {STEWARDSHIP} j
                JOIN {ORGANISATION} o ON o.id = j.organisation_id
                WHERE j.component_id = t.id AND j.superseded_in_id IS NULL)""",
        ),
        columns.references("available_to", "peer_group", joined("available_to", **AVAILABLE_TO)),
        columns.flag("open_licence"),
        columns.flag("open_standard"),
        columns.flag("valid_metadata"),
        columns.flag("data_exportable"),
        columns.decimal("price_per_transaction", 0),
        columns.decimal("fixed_fee", 0),
        columns.whole("external_independent_adopters", 2_147_483_647),
        columns.text("source"),
    ),
    links=(join_rows(column="functions", **FUNCTIONS), join_rows(column="available_to", **AVAILABLE_TO), STEWARDS),
    searched=SEARCHED,
)

RELATIONS = Sheet(
    file="relations.csv",
    model=Relation,
    key=("component", "relation", "other"),
    columns=(
        columns.reference("component", "component", required=True),
        columns.choice("relation", RelationKind.values, required=True),
        columns.reference("other", "component", required=True),
    ),
    checks=(
        Check(
            ("other", "component"),
            "{other} = {component}",
            "A component cannot stand in a relation to itself.",
            "Name another component, or remove the row.",
        ),
    ),
    searched="""
        SELECT unnest(ARRAY[s.component, s.other]) FROM pack_plan p JOIN pack_staged s ON s._line = p.line""",
)

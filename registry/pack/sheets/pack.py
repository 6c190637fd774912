"""`pack.toml`: what the pack is of, and its kinds of public bodies."""

from catalogue.models import Component, PeerGroup
from registry.models import Commons, Declaration, Organisation
from registry.pack import columns, values
from registry.pack.columns import Column
from registry.pack.sheet import MANIFEST, Sheet

COMPONENT, COMMONS_TABLE, PEER_GROUP = (model._meta.db_table for model in (Component, Commons, PeerGroup))
# An entry carries the peer groups that its component is made for, and those below them; and those of its adopters, and
# those above them.
TOUCHED = f"""
    WITH RECURSIVE above (id) AS (
        SELECT id FROM pack_plan UNION SELECT t.parent_id FROM above JOIN {PEER_GROUP} t ON t.id = above.id
    ), moved (id) AS (
        SELECT t.id FROM pack_plan p JOIN pack_staged s ON s._line = p.line JOIN {PEER_GROUP} t ON t.id = p.recorded
        LEFT JOIN {PEER_GROUP} parent ON parent.id = t.parent_id
        WHERE to_jsonb(s) ->> 'parent' <> coalesce(parent.slug, '')
        UNION SELECT t.id FROM moved JOIN {PEER_GROUP} t ON t.parent_id = moved.id
    )
    SELECT j.component_id FROM {Component.available_to.through._meta.db_table} j
    JOIN above ON above.id = j.peergroup_id
    UNION
    SELECT j.component_id FROM {Declaration._meta.db_table} j
    JOIN {Organisation._meta.db_table} o ON o.id = j.organisation_id JOIN moved ON moved.id = o.peer_group_id
    WHERE j.superseded_in_id IS NULL AND j.kind = 'adoption'"""

COMMONS = Sheet(
    file=MANIFEST,
    model=Commons,
    key=(),
    columns=(
        columns.text("title", 300),
        columns.text("country", 20),
        Column(name="currency", parse=values.currency, target="currency", blank="'GBP'"),
        columns.text("licence", 300),
    ),
    single=True,
    searched=f"""
        SELECT id FROM {COMPONENT} WHERE NOT EXISTS (
            SELECT FROM pack_staged s JOIN {COMMONS_TABLE} t ON coalesce(s.currency, t.currency) = t.currency)""",
    keeps_stated=True,
)

PEER_GROUPS = Sheet(
    file=MANIFEST,
    path=("peer_groups", "*"),
    model=PeerGroup,
    noun="peer_group",
    key=("peer_group",),
    columns=(
        columns.key("peer_group"),
        columns.text("label", 200, required=True),
        columns.own_reference("parent", "peer_group", PEER_GROUP),
        columns.text("driver_unit", 120),
    ),
    searched=TOUCHED,
    keeps_stated=True,
)

"""`pack.toml`: what the pack is of, and its kinds of public bodies."""

from catalogue.models import PeerGroup
from registry.models import Commons
from registry.pack import columns, values
from registry.pack.columns import Column
from registry.pack.sheet import MANIFEST, Sheet

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
        columns.own_reference("parent", "peer_group", PeerGroup._meta.db_table),
        columns.text("driver_unit", 120),
    ),
    keeps_stated=True,
)

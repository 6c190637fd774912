"""What a pack says for the index: benchmarks, and of `pack.toml` the edition, prices, norms and posts.

`EVERY_SHEET` is the whole format, in the order in which its parts load.
"""

from public_value.models import Benchmark, BenchmarkEdition, Deflator, FrontlinePost, PeerGroupNorm
from registry.pack import columns, sheets
from registry.pack.sheet import MANIFEST, Check, Sheet

EDITION = Sheet(
    file=MANIFEST,
    model=BenchmarkEdition,
    key=(),
    columns=(
        columns.text("benchmark_edition", 60, target="name"),
        columns.financial_year("base_financial_year"),
    ),
    single=True,
    keeps_stated=True,
)

DEFLATOR = Sheet(
    file=MANIFEST,
    path=("deflator",),
    model=Deflator,
    key=("financial_year",),
    columns=(
        columns.financial_year("financial_year", required=True),
        columns.real("index", above=0),
    ),
    keeps_stated=True,
)

NORMS = Sheet(
    file=MANIFEST,
    path=("peer_groups", "*"),
    model=PeerGroupNorm,
    key=("peer_group",),
    columns=(
        columns.reference("peer_group", "peer_group", required=True),
        columns.share("F_lo", target="f_lo"),
        columns.share("F_hi", target="f_hi"),
        columns.share("F_median_share", target="f_median_share"),
        columns.share("adoption_mean.custom", target="adoption_mean_custom"),
        columns.share("adoption_mean.product", target="adoption_mean_product"),
        columns.share("adoption_mean.commodity", target="adoption_mean_commodity"),
    ),
    checks=(Check(("F_lo", "F_hi"), "{F_lo} >= {F_hi}", "F_lo is not below F_hi.", "Let the lower one be smaller."),),
    keeps_stated=True,
)

POSTS = Sheet(
    file=MANIFEST,
    path=("posts", "*"),
    model=FrontlinePost,
    key=("post",),
    columns=(
        columns.key("post"),
        columns.text("label", 200, required=True),
        columns.decimal("annual_cost", 0, required=True),
        columns.financial_year("financial_year", required=True),
        columns.text("source"),
    ),
    keeps_stated=True,
)

BENCHMARKS = Sheet(
    file="benchmarks.csv",
    model=Benchmark,
    key=("peer_group", "function"),
    columns=(
        columns.reference("peer_group", "peer_group", required=True),
        columns.reference("function", "function", required=True),
        columns.real("ref_cost_per_driver"),
        columns.real("ref_volume_per_driver"),
        columns.whole("observations", 2_147_483_647),
        columns.text("provenance"),
    ),
)

EVERY_SHEET = [
    sheets.COMMONS,
    EDITION,
    DEFLATOR,
    sheets.PEER_GROUPS,
    NORMS,
    POSTS,
    sheets.FUNCTIONS,
    sheets.SYNONYMS,
    sheets.ORGANISATIONS,
    sheets.COMPONENTS,
    sheets.RELATIONS,
    sheets.STANDARDS,
    sheets.COMPONENT_STANDARDS,
    sheets.PROFILES,
    sheets.OPERATIONS,
    sheets.COLUMNS,
    sheets.BLUEPRINTS,
    sheets.STEPS,
    sheets.SLOTS,
    BENCHMARKS,
    sheets.VOLUMES,
    sheets.ACCOUNTS,
    sheets.CONTRIBUTIONS,
    sheets.ADOPTIONS,
    sheets.DUPLICATES,
    sheets.ANSWERS,
    sheets.REVIEWS,
    sheets.PAYMENTS,
    sheets.SPEND,
]

"""What is the same for every body of a peer group: which components are shared, and which functions are cells.

Fills three temporary tables, `pv_component`, `pv_offer` and `pv_cell`; sizes are those of the catalogue, not of the
declarations. Before them, what rows are normalised by (AG-2): `pv_capped`, attested statements that count as E1, and
`pv_suspended`, stewards whose reuse earns nothing.
"""

from datetime import date

from django.db import connection

from commons.exceptions import Refused
from public_value.methodology import CLASSES, Parameters
from registry.independence import SUSPENDED, capped

SETTLED_DAYS = 90
"""An adoption that began later than this many days before the snapshot is a pilot still (AG-13)."""

# Bodies of one affiliation group count as one adopter (AG-10), and none of a steward's own group counts (AG-4). What is
# attested by an exchange, or by a steward whom an audit did not confirm, counts as E1 (AG-2).
# `asked` is a condition on the declarations: `true` for all components.
ADOPTERS = f"""
    WITH standing AS (
        SELECT id, coalesce(nullif(affiliation_group, ''), slug) AS independence_group FROM registry_organisation
    )
    SELECT declaration.component_id, count(DISTINCT standing.independence_group) AS independent
    FROM registry_declaration declaration
    JOIN standing ON standing.id = declaration.organisation_id
    WHERE declaration.superseded_in_id IS NULL AND declaration.kind = 'adoption'
      AND declaration.stage IN ('partial', 'live') AND declaration.evidence IN ('E2', 'E3')
      AND coalesce(declaration.since <= %(snapshot)s - {SETTLED_DAYS}, true)
      AND declaration.confirmed >= %(snapshot)s - %(stale_expiry_days)s
      AND {{asked}}
      AND (declaration.evidence = 'E3' OR NOT EXISTS (
          SELECT FROM pv_capped
          WHERE pv_capped.organisation_id = declaration.organisation_id
            AND pv_capped.function_id = declaration.function_id
            AND pv_capped.component_id = declaration.component_id))
      AND NOT EXISTS (
          SELECT FROM registry_stewardship stewardship
          JOIN standing steward ON steward.id = stewardship.organisation_id
          WHERE stewardship.superseded_in_id IS NULL
            AND stewardship.component_id = declaration.component_id
            AND steward.independence_group = standing.independence_group)
    GROUP BY declaration.component_id
"""
NORMALISING = (
    "DROP TABLE IF EXISTS pg_temp.pv_capped, pg_temp.pv_suspended",
    f"CREATE TEMPORARY TABLE pv_capped AS {capped()}",
    f"CREATE TEMPORARY TABLE pv_suspended AS {SUSPENDED}",
    "CREATE INDEX ON pv_capped (organisation_id)",
    "ANALYZE pv_capped",
)
COMPONENTS = f"""
    CREATE TEMPORARY TABLE pv_component AS
    WITH adopters AS ({ADOPTERS.format(asked="true")})
    SELECT component.id AS component_id, adopters_of.number AS independent_adopters,
           component.lifecycle = 'live' AND adopters_of.number >= %(shared_min_independent)s AS shared,
           (coalesce(open_licence, false)::int + coalesce(open_standard, false)::int
            + coalesce(valid_metadata, false)::int + coalesce(data_exportable, false)::int) / 4.0::float8 AS openness
    FROM catalogue_component component
    LEFT JOIN adopters ON adopters.component_id = component.id
    CROSS JOIN LATERAL (
        SELECT coalesce(adopters.independent, 0) + coalesce(component.external_independent_adopters, 0) AS number
    ) adopters_of
"""

# Which shared components a peer group could use for a function, and at what price.
OFFERS = """
    CREATE TEMPORARY TABLE pv_offer AS
    WITH RECURSIVE within (peer_group_id, wider_id) AS (
        SELECT id, id FROM catalogue_peergroup
        UNION
        SELECT within.peer_group_id, wider.parent_id
        FROM within JOIN catalogue_peergroup wider ON wider.id = within.wider_id
        WHERE wider.parent_id IS NOT NULL
    )
    SELECT DISTINCT within.peer_group_id, serves.function_id, component.id AS component_id,
           component.price_per_transaction::float8 AS price, component.fixed_fee::float8 AS fee,
           component.price_per_transaction IS NOT NULL OR component.fixed_fee IS NOT NULL AS priced
    FROM pv_component
    JOIN catalogue_component component ON component.id = pv_component.component_id
    JOIN catalogue_component_functions serves ON serves.component_id = component.id
    LEFT JOIN catalogue_component_available_to available ON available.component_id = component.id
    JOIN within ON available.peergroup_id IS NULL OR available.peergroup_id = within.wider_id
    WHERE pv_component.shared
"""

# An offer can be the cheapest for somebody unless one before it costs no more at any size. Who uses it already, and so
# pays no fee again, may find it the cheapest all the same.
CONTENDERS = """
    ALTER TABLE pv_offer ADD contends boolean NOT NULL DEFAULT false;
    UPDATE pv_offer SET contends = true
    WHERE priced AND NOT EXISTS (
        SELECT FROM pv_offer other
        WHERE other.peer_group_id = pv_offer.peer_group_id AND other.function_id = pv_offer.function_id
          AND other.priced AND other.component_id < pv_offer.component_id
          AND coalesce(other.price, 0) <= coalesce(pv_offer.price, 0)
          AND coalesce(other.fee, 0) <= coalesce(pv_offer.fee, 0))
"""

# The reason is blank where the function is addressable for the peer group.
CELLS = """
    CREATE TEMPORARY TABLE pv_cell AS
    WITH offered AS (SELECT DISTINCT peer_group_id, function_id FROM pv_offer)
    SELECT peer_group.id AS peer_group_id, function.id AS function_id,
           (array_position(%(classes)s::text[], function.evolution::text) - 1)::smallint AS evolution,
           benchmark.ref_cost_per_driver AS ref_cost, benchmark.ref_volume_per_driver AS ref_volume,
           CASE WHEN function.evolution = '' THEN 'no_evolution_stage'
                WHEN function.evolution = 'genesis' THEN 'genesis'
                WHEN benchmark.ref_cost_per_driver IS NULL THEN 'no_benchmark'
                WHEN offered.function_id IS NULL THEN 'no_shared_component'
                ELSE '' END AS reason
    FROM catalogue_peergroup peer_group
    CROSS JOIN catalogue_function function
    LEFT JOIN public_value_benchmark benchmark
        ON benchmark.peer_group_id = peer_group.id AND benchmark.function_id = function.id
    LEFT JOIN offered ON offered.peer_group_id = peer_group.id AND offered.function_id = function.id
    ORDER BY 1, 2
"""

# Such a parent would count the same money twice: its children's reference costs sum to its own (1.3).
PARENTS_OF_CELLS = """
    WITH RECURSIVE above (peer_group_id, function_id) AS (
        SELECT pv_cell.peer_group_id, function.parent_id
        FROM pv_cell JOIN catalogue_function function ON function.id = pv_cell.function_id
        WHERE pv_cell.ref_cost IS NOT NULL AND function.evolution <> ''
        UNION
        SELECT above.peer_group_id, function.parent_id
        FROM above JOIN catalogue_function function ON function.id = above.function_id
    )
    SELECT DISTINCT function.slug, peer_group.slug
    FROM above
    JOIN pv_cell ON pv_cell.peer_group_id = above.peer_group_id AND pv_cell.function_id = above.function_id
    JOIN catalogue_function function ON function.id = above.function_id
    JOIN catalogue_peergroup peer_group ON peer_group.id = above.peer_group_id
    WHERE pv_cell.ref_cost IS NOT NULL
    ORDER BY 1, 2 LIMIT 5
"""


def prepare(parameters: Parameters, snapshot: date) -> None:
    """Fill `pv_component`, `pv_offer` and `pv_cell` as they stand at a snapshot.

    Refused where benchmarks contradict each other.
    """
    bounds = {
        "snapshot": snapshot,
        "classes": list(CLASSES),
        "stale_expiry_days": parameters.stale_expiry_days,
        "shared_min_independent": parameters.shared_min_independent,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.pv_component, pg_temp.pv_offer, pg_temp.pv_cell")
        for statement in NORMALISING:
            cursor.execute(statement, bounds)
        cursor.execute(COMPONENTS, bounds)
        cursor.execute("CREATE UNIQUE INDEX ON pv_component (component_id)")
        cursor.execute(OFFERS)
        cursor.execute("CREATE INDEX ON pv_offer (peer_group_id, function_id)")
        cursor.execute(CONTENDERS)
        cursor.execute(CELLS, bounds)
        cursor.execute("CREATE UNIQUE INDEX ON pv_cell (peer_group_id, function_id)")
        cursor.execute("ANALYZE pv_component")
        cursor.execute("ANALYZE pv_offer")
        cursor.execute("ANALYZE pv_cell")
        cursor.execute(PARENTS_OF_CELLS)
        _refuse_parents(cursor.fetchall())


def _refuse_parents(parents: list[tuple[str, str]]) -> None:
    if parents:
        named = ", ".join(f"{function} for {group}" for function, group in parents)
        raise Refused(
            f"A function and one below it both have a benchmark, so their cost would count twice: {named}. "
            "Remove the benchmark of the upper function, or those of the functions below it."
        )

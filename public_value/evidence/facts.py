"""One row of facts for each declaration, worked out in SQL (specification 1.4); no parameter that is drawn enters here.

Fills two temporary tables. `pv_fact`: live rows in addressable cells, with shares after scaling. `pv_left_out`: all
other current declarations of the same organisations, with the reason.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from commons.exceptions import Refused
from public_value.evidence.basis import SETTLED_DAYS
from public_value.methodology import ADOPT, DUPLICATE, EXEMPT, Parameters

# "Not responsible" and "not sure" are answers, not solutions: the envelope is fixed by catalogue and size (P1).
SOLUTIONS = """declaration.superseded_in_id IS NULL AND declaration.kind IN ('adoption', 'duplicate')
      AND (%(organisations)s::bigint[] IS NULL OR declaration.organisation_id = ANY(%(organisations)s))"""
GONE = """CASE WHEN declaration.stage = 'planned' THEN 'planned'
                WHEN declaration.stage = 'retired' THEN 'retired'
                WHEN declaration.confirmed >= %(snapshot)s - %(stale_expiry_days)s THEN ''
                ELSE 'expired' END"""
SAID = f"""
    SELECT declaration.*, organisation.peer_group_id, organisation.driver::float8 AS driver,
           declaration.kind = 'adoption' AS adopts, %(snapshot)s - declaration.confirmed AS age,
           CASE WHEN coalesce(organisation.driver, 0) = 0 THEN 'no_driver'
                ELSE coalesce(pv_cell.reason, 'no_benchmark') END AS cell_reason,
           {GONE} AS gone,
           pv_cell.evolution AS class, pv_cell.ref_cost, pv_cell.ref_volume, pv_cell.reason AS stated_reason,
           CASE WHEN declaration.evidence = 'E2' AND pv_capped.organisation_id IS NOT NULL THEN 'E1'
                ELSE declaration.evidence END AS counted_evidence
    FROM registry_declaration declaration
    JOIN registry_organisation organisation ON organisation.id = declaration.organisation_id
    LEFT JOIN pv_cell
        ON pv_cell.peer_group_id = organisation.peer_group_id AND pv_cell.function_id = declaration.function_id
    LEFT JOIN pv_capped
        ON pv_capped.organisation_id = declaration.organisation_id AND pv_capped.function_id = declaration.function_id
       AND pv_capped.component_id = declaration.component_id
    WHERE {SOLUTIONS}
"""

# No reason to be left out, in terms whose rows the planner can estimate: of a CASE it expects one row in two hundred.
LIVE = """
    coalesce(said.driver, 0) <> 0 AND said.stated_reason = ''
    AND said.stage NOT IN ('planned', 'retired') AND said.confirmed >= %(snapshot)s - %(stale_expiry_days)s
"""

BASE = """
    SELECT edition.base_financial_year AS financial_year, deflator.index
    FROM (SELECT) always
    LEFT JOIN public_value_benchmarkedition edition ON true
    LEFT JOIN public_value_deflator deflator ON deflator.financial_year = edition.base_financial_year
"""

LEFT_OUT = f"""
    CREATE TEMPORARY TABLE pv_left_out AS
    WITH said AS ({SAID})
    SELECT id AS declaration_id, organisation_id, function_id,
           transactions IS NOT NULL OR coverage IS NOT NULL AS has_share, gone = 'expired' AS expired,
           CASE WHEN cell_reason <> '' THEN cell_reason ELSE gone END AS reason
    FROM said WHERE cell_reason <> '' OR gone <> ''
    ORDER BY organisation_id, function_id, id
"""

# Step by step: kind, freshness and real cost; share of the volume; sums of the cell; scaling; who is moving; the burden
# of a duplicate, that is its cost after floor and lock relief (NULL without a declared cost).
# Sums over a cell run in the order of declarations, so that the last digit never depends on a plan.
ROWS = f"""
    WITH said AS ({SAID}),
    live AS (
        SELECT said.id AS declaration_id, said.organisation_id, said.function_id, said.component_id, said.class,
               coalesce(said.ref_cost * said.driver, 0) AS envelope,
               coalesce(volume.transactions, said.ref_volume * said.driver) AS usual_volume,
               said.transactions, said.coverage, said.contract_end, coalesce(said.contract_slips, 0) AS slips,
               CASE WHEN said.adopts AND pv_component.shared THEN {ADOPT}
                    WHEN NOT said.adopts AND said.exempt_until >= %(snapshot)s THEN {EXEMPT}
                    ELSE {DUPLICATE} END::smallint AS kind,
               said.adopts,
               coalesce(nullif(right(said.counted_evidence, 1), ''), '0')::smallint AS evidence,
               coalesce(pv_component.shared AND (said.stage = 'pilot' OR said.since > %(snapshot)s - {SETTLED_DAYS}),
                        false) AS pilot,
               coalesce(said.published, false) AS published,
               CASE WHEN said.age <= %(stale_full_days)s THEN 1
                    ELSE 1 - (1 - %(stale_floor)s::float8) * (said.age - %(stale_full_days)s)
                           / (%(stale_expiry_days)s - %(stale_full_days)s) END::float8 AS freshness,
               coalesce(pv_component.openness, 0) AS openness,
               CASE WHEN said.price_fy IN ('', base.financial_year) THEN said.annual_cost::float8
                    ELSE said.annual_cost::float8 * base.index / deflator.index END AS cost
        FROM said
        CROSS JOIN ({BASE}) base
        LEFT JOIN public_value_deflator deflator ON deflator.financial_year = said.price_fy
        LEFT JOIN pv_component ON pv_component.component_id = said.component_id
        LEFT JOIN registry_volume volume
            ON volume.organisation_id = said.organisation_id AND volume.function_id = said.function_id
        WHERE {LIVE}
    ),
    measured AS (
        SELECT *, coalesce(greatest(usual_volume, sum(transactions) OVER cell), 0) AS volume
        FROM live
        WINDOW cell AS (PARTITION BY organisation_id, function_id ORDER BY declaration_id
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    ),
    stated AS (
        SELECT *, CASE WHEN transactions IS NOT NULL THEN coalesce(transactions / nullif(volume, 0), 0)
                       ELSE coalesce(coverage, 0) END AS stated_share
        FROM measured
    ),
    summed AS (
        SELECT *, coalesce(sum(stated_share) FILTER (WHERE kind <> {ADOPT}) OVER cell, 0) AS own,
               coalesce(sum(stated_share) FILTER (WHERE kind = {ADOPT}) OVER cell, 0) AS shared
        FROM stated
        WINDOW cell AS (PARTITION BY organisation_id, function_id ORDER BY declaration_id
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    ),
    scaled AS (
        SELECT *, CASE WHEN kind <> {ADOPT} THEN stated_share / greatest(1, own)
                       WHEN least(own, 1) + shared > 1 THEN stated_share * (1 - least(own, 1)) / shared
                       ELSE stated_share END AS share
        FROM summed
    ),
    moving AS (
        SELECT *, bool_or(kind = {ADOPT} AND share >= %(de_minimis_share)s::float8)
                      OVER (PARTITION BY organisation_id, function_id) AS moves
        FROM scaled
    ),
    ending AS (
        SELECT *, kind <> {ADOPT} AND slips = 0
                  AND coalesce(contract_end - %(snapshot)s BETWEEN 1 AND %(lock_window_days)s, false) AS ends_soon
        FROM moving
    ),
    locked AS (SELECT *, ends_soon AND moves AS relieved FROM ending)
    SELECT declaration_id, organisation_id, function_id, component_id, class AS evolution, kind, adopts, evidence,
           pilot, published, freshness, openness, cost, ends_soon, relieved, volume, share, envelope,
           kind = {ADOPT} AND share >= %(de_minimis_share)s::float8 AS credited,
           transactions IS NOT NULL OR coverage IS NOT NULL AS has_share,
           CASE WHEN kind <> {ADOPT} THEN
                CASE WHEN relieved THEN %(lock_relief)s::float8 ELSE 1 END
                * CASE WHEN evidence = 0 AND cost IS NOT NULL
                       THEN greatest(cost, %(cost_floor_ratio)s::float8 * share * envelope)
                       ELSE cost END
           END AS burden
    FROM locked
"""
FACTS = f"CREATE TEMPORARY TABLE pv_fact AS {ROWS} ORDER BY organisation_id, function_id, declaration_id"

# Asked of what would cost something today; an old year in a declaration that has expired stands in nobody's way.
WITHOUT_DEFLATOR = f"""
    WITH needed AS MATERIALIZED (
        SELECT organisation_id, function_id, component_id, system, price_fy
        FROM registry_declaration
        WHERE superseded_in_id IS NULL AND annual_cost IS NOT NULL AND price_fy <> ''
          AND stage NOT IN ('planned', 'retired') AND confirmed >= %(snapshot)s - %(stale_expiry_days)s
          AND (%(organisations)s::bigint[] IS NULL OR organisation_id = ANY(%(organisations)s))
          AND price_fy IN (
              SELECT stated.price_fy FROM (SELECT DISTINCT price_fy FROM registry_declaration) stated
              CROSS JOIN ({BASE}) base
              LEFT JOIN public_value_deflator deflator ON deflator.financial_year = stated.price_fy
              WHERE stated.price_fy IS DISTINCT FROM base.financial_year
                AND (deflator.index IS NULL OR base.index IS NULL))
    )
    SELECT organisation.slug, function.slug, coalesce(component.slug, needed.system), needed.price_fy
    FROM needed
    JOIN registry_organisation organisation ON organisation.id = needed.organisation_id
    JOIN catalogue_function function ON function.id = needed.function_id
    LEFT JOIN catalogue_component component ON component.id = needed.component_id
    ORDER BY 1, 2, 3 LIMIT 5
"""


def prepare(parameters: Parameters, snapshot: date, organisations: Sequence[int] | None = None) -> None:
    """Fill `pv_fact` and `pv_left_out` for some organisations, by their ids, or for all. `basis.prepare` comes first.

    Refused where a cost cannot be brought to the base year.
    """
    bounds = bounds_of(parameters, snapshot, organisations)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.pv_fact, pg_temp.pv_left_out")
        cursor.execute(WITHOUT_DEFLATOR, bounds)
        _refuse_years(cursor.fetchall())
        cursor.execute(LEFT_OUT, bounds)
        cursor.execute(FACTS, bounds)
        cursor.execute("CREATE INDEX ON pv_fact (organisation_id)")
        cursor.execute("ANALYZE pv_fact")


def bounds_of(parameters: Parameters, snapshot: date, organisations: Sequence[int] | None) -> dict[str, object]:
    """What the statements here ask for, by name; organisations by their ids, None for all."""
    return {
        "snapshot": snapshot,
        "organisations": None if organisations is None else list(organisations),
        "stale_full_days": parameters.stale_full_days,
        "stale_expiry_days": parameters.stale_expiry_days,
        "stale_floor": parameters.stale_floor,
        "de_minimis_share": parameters.de_minimis_share,
        "lock_window_days": parameters.lock_window_days,
        "lock_relief": parameters.lock_relief,
        "cost_floor_ratio": parameters.cost_floor_ratio,
    }


def _refuse_years(costs: list[tuple[str, str, str, str]]) -> None:
    if costs:
        named = "; ".join(f"{body}, {function}, {solution} ({year})" for body, function, solution, year in costs)
        raise Refused(
            f"These costs are in the money of a year without a deflator: {named}. "
            "Add that year and the base year to [deflator] in pack.toml, or correct price_fy."
        )

"""Writing down what an edition found: scores, their lines, what sharing could save, what each function stood for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.db import connection

from public_value import draws
from public_value.evidence import Gathered, declarations, ladder
from public_value.evidence.bodies import Bodies
from public_value.evidence.duplicates import declared_costs, duplicates
from public_value.evidence.missing import missing
from public_value.evidence.transfer import send
from public_value.methodology import ADOPT, DIMENSIONS, DUPLICATE, Parameters, Scores, function_contributions
from public_value.methodology.measures import Floats
from public_value.models import Edition, Score
from public_value.montecarlo import Uncertainty
from public_value.savings import BASES, SCENARIOS, Cases, Totals, estimate, totals

_INDICATORS = ("S", "R", "N", "F", "C", "O", "xi", "den", "K", "V", "T")
_SCORES = ("pvi", "pvi_peer_imputed", "pvi_max", "arithmetic", "balance_penalty")
_POINTS = {"declaration_id": "bigint", "points_s": "float8", "points_n": "float8", "points_o": "float8"}
_WORTH = tuple(f"case_{what}_{scenario}" for what in ("annual", "npv") for scenario in SCENARIOS)
_CASES = {
    "declaration_id": "bigint",
    "case_component_id": "bigint",
    "case_modelled": "boolean",
    "case_cost": "float8",
    "case_shared_cost": "float8",
    "case_start": "smallint",
    **dict.fromkeys(_WORTH, "float8"),
}
_SAVINGS = {
    "organisation_id": "bigint",
    "basis": "smallint",
    "scenario": "smallint",
    "annual": "float8",
    "npv10": "float8",
}
_CASE_COLUMNS = ", ".join(name for name in _CASES if name != "declaration_id")

FUNCTIONS = """
    INSERT INTO public_value_editionfunction
        (edition_id, peer_group_id, function_id, evolution, ref_cost_per_driver, ref_volume_per_driver, reason)
    SELECT %(edition)s, peer_group_id, function_id, function.evolution, ref_cost, ref_volume, reason
    FROM pv_cell JOIN catalogue_function function ON function.id = pv_cell.function_id
    ORDER BY peer_group_id, function_id
"""
OFFERS = """
    INSERT INTO public_value_editionoffer
        (edition_id, peer_group_id, function_id, component_id, price, fee, openness)
    SELECT %(edition)s, peer_group_id, function_id, component_id, price, fee, pv_component.openness
    FROM pv_offer
    JOIN pv_component USING (component_id)
    JOIN pv_cell USING (peer_group_id, function_id)
    WHERE pv_cell.reason = ''
    ORDER BY peer_group_id, function_id, component_id
"""

COMPONENTS = """
    INSERT INTO public_value_editioncomponent (edition_id, component_id, shared, independent_adopters, openness)
    SELECT %(edition)s, component_id, shared, independent_adopters, openness FROM pv_component ORDER BY component_id
"""

# An exempt row is over the cap where only a part of the body's exemptions counts (ξ < 1).
LINES = f"""
    INSERT INTO public_value_scoreline
        (score_id, declaration_id, function_id, kind, envelope, share, freshness, cost, relieved,
         evidence, pilot, published, openness, volume, ends_soon,
         "points_S", "points_N", "points_O", {_CASE_COLUMNS}, reasons)
    SELECT score.id, declaration_id, function_id,
           CASE kind WHEN {ADOPT} THEN 'adoption' WHEN {DUPLICATE} THEN 'duplicate' ELSE 'exempt' END,
           envelope, share, freshness, cost, relieved,
           'E' || evidence, pilot, published, openness, volume, ends_soon, points_s, points_n, points_o,
           {_CASE_COLUMNS},
           array_remove(ARRAY[
               CASE WHEN adopts AND kind <> {ADOPT} THEN 'not_shared' END,
               CASE WHEN NOT has_share THEN 'no_share' WHEN kind = {ADOPT} AND NOT credited THEN 'below_de_minimis' END,
               CASE WHEN kind NOT IN ({ADOPT}, {DUPLICATE}) AND share > 0 AND score.xi < 1 THEN 'exempt_over_cap' END
           ], NULL)
    FROM pv_points
    JOIN pv_fact USING (declaration_id)
    LEFT JOIN pv_case USING (declaration_id)
    JOIN public_value_score score ON score.organisation_id = pv_fact.organisation_id AND score.edition_id = %(edition)s
    ORDER BY score.id, declaration_id
"""
# What of it is contracted is summed over the lines of the cells in which the move has begun.
SAVINGS = f"""
    WITH begun AS (
        SELECT line.score_id, line.case_modelled::int AS basis, worth.scenario,
               sum(worth.annual ORDER BY line.declaration_id) AS annual
        FROM public_value_scoreline line
        JOIN public_value_score score ON score.id = line.score_id
        JOIN pv_begun ON pv_begun.organisation_id = score.organisation_id AND pv_begun.function_id = line.function_id
        CROSS JOIN LATERAL unnest(ARRAY[{", ".join(f"case_annual_{name}" for name in SCENARIOS)}])
            WITH ORDINALITY worth (annual, scenario)
        WHERE score.edition_id = %(edition)s AND line.case_cost IS NOT NULL
        GROUP BY line.score_id, line.case_modelled, worth.scenario
    )
    INSERT INTO public_value_scoresaving (score_id, basis, scenario, annual, npv10, contracted)
    SELECT score.id, (%(bases)s::text[])[pv_saving.basis + 1], (%(scenarios)s::text[])[pv_saving.scenario + 1],
           pv_saving.annual, npv10, coalesce(begun.annual, 0)
    FROM pv_saving
    JOIN public_value_score score
        ON score.organisation_id = pv_saving.organisation_id AND score.edition_id = %(edition)s
    LEFT JOIN begun ON begun.score_id = score.id AND begun.basis = pv_saving.basis
        AND begun.scenario = pv_saving.scenario + 1
    ORDER BY score.id, pv_saving.basis, pv_saving.scenario
"""
REALISED = """
    INSERT INTO public_value_realisedsaving (score_id, function_id, evidence, before, after, since)
    SELECT score.id, function_id, evidence, before, after, since
    FROM pv_realised
    JOIN public_value_score score
        ON score.organisation_id = pv_realised.organisation_id AND score.edition_id = %(edition)s
    WHERE before IS NOT NULL
    ORDER BY score.id, function_id
"""
LINES_LEFT_OUT = """
    INSERT INTO public_value_scoreline
        (score_id, declaration_id, function_id, kind, envelope, share, freshness, relieved,
         evidence, pilot, published, openness, volume, ends_soon, "points_S", "points_N", "points_O", reasons)
    SELECT score.id, declaration_id, function_id, 'left_out', 0, 0, 0, false,
           '', false, false, 0, 0, false, 0, 0, 0, ARRAY[reason]
    FROM pv_left_out
    JOIN public_value_score score
        ON score.organisation_id = pv_left_out.organisation_id AND score.edition_id = %(edition)s
    ORDER BY score.id, declaration_id
"""


def record(edition: Edition, parameters: Parameters, found: Gathered, scores: Scores, spread: Uncertainty) -> None:
    """Write the results of an edition, whose facts are still in the temporary tables that `gather` filled, and whose
    draws were put aside."""
    lacking = missing(parameters, found.bodies, scores, spread.half_width)
    columns = score_columns(found.bodies, scores, spread, lacking, declared_costs(found.bodies))
    Score.objects.bulk_create(_scores(edition, columns), batch_size=2_000)
    draws.record(edition)
    record_yardstick(edition)
    _execute(OFFERS, edition)
    _execute(LINES_LEFT_OUT, edition)
    ladder.prepare(parameters, edition.snapshot_date)
    _execute(REALISED, edition)
    _record_savings(edition, found, _record_lines(edition, parameters, found, scores))


def record_yardstick(edition: Edition) -> None:
    """Write what was shared and which functions counted, as it is in the temporary tables of `basis.prepare`."""
    _execute(FUNCTIONS, edition)
    _execute(COMPONENTS, edition)


def score_columns(
    bodies: Bodies, scores: Scores, spread: Uncertainty, lacking: list[list[str]], own_cost: Floats
) -> dict[str, list[Any]]:
    """The fields of the scores of n bodies, by name, n values each, but for the edition. `lacking` is what `missing`
    gives, `own_cost` (n) in £ a year."""
    figures = {name: _stated(getattr(scores, name)) for name in (*_INDICATORS, *_SCORES)}
    figures |= {f"contribution_{name}": _stated(scores.contributions[:, n]) for n, name in enumerate(DIMENSIONS)}
    figures |= {name: _stated(getattr(spread, name)) for name in ("p5", "p50", "p95")}
    figures |= {name: _stated(getattr(bodies, name)) for name in ("driver", "frontline", "admin")}
    return figures | {
        "own_cost": _stated(own_cost),
        "organisation_id": bodies.id.tolist(),
        "peer_group_id": list(bodies.peer_group),
        "existed": bodies.existed.tolist(),
        "reuse": bodies.reuse.tolist(),
        "contribution_units": bodies.contributions.tolist(),
        "frontline_stated": scores.frontline_stated.tolist(),
        "rank_low": [rank or None for rank in spread.rank_low.tolist()],
        "rank_high": [rank or None for rank in spread.rank_high.tolist()],
        "grade": spread.grade.tolist(),
        "published_as": spread.published.tolist(),
        "missing": lacking,
    }


def _scores(edition: Edition, columns: dict[str, list[Any]]) -> Iterator[Score]:
    for values in zip(*columns.values(), strict=True):
        yield Score(edition=edition, **dict(zip(columns, values, strict=True)))


def _stated(values: np.ndarray) -> list[float | None]:
    """NaN stands for "there is none" in arrays, NULL in the database."""
    return [None if value != value else value for value in values.tolist()]


def _record_lines(edition: Edition, parameters: Parameters, found: Gathered, scores: Scores) -> Totals:
    """Write the lines with their cases, part by part, and give the sums of the cases."""
    sums = Totals.none(len(found.bodies.id))
    parts = zip(declarations(parameters, found), duplicates(found.bodies, edition.snapshot_date), strict=True)
    for (rows, declaration), (systems, offers, system) in parts:
        points = function_contributions(parameters, found.evidence, scores, rows, declaration)
        cases = estimate(parameters, systems, offers)
        arrays = {"declaration_id": points.function}
        arrays |= {f"points_{name.lower()}": np.nan_to_num(getattr(points, name)) for name in "SNO"}
        with _temporary("pv_points", _POINTS, arrays), _temporary("pv_case", _CASES, _case_columns(cases, system)):
            _execute(LINES, edition)
        sums += totals(cases, len(found.bodies.id))
    return sums


def _case_columns(cases: Cases, declaration: np.ndarray) -> dict[str, np.ndarray]:
    worth = zip(_WORTH, [*cases.annual, *cases.npv], strict=True)
    return {
        "declaration_id": declaration,
        "case_component_id": cases.component,
        "case_modelled": cases.modelled,
        "case_cost": cases.cost,
        "case_shared_cost": cases.shared_cost,
        "case_start": cases.start,
        **dict(worth),
    }


def _record_savings(edition: Edition, found: Gathered, sums: Totals) -> None:
    """Write the sums of every body and basis that has a case, also where they come to nothing."""
    basis, body = np.nonzero(sums.systems)
    scenario = np.repeat(np.arange(len(SCENARIOS)), len(basis))
    basis, body = np.tile(basis, len(SCENARIOS)), np.tile(body, len(SCENARIOS))
    arrays = {"organisation_id": found.bodies.id[body], "basis": basis, "scenario": scenario}
    arrays |= {"annual": sums.annual[basis, scenario, body], "npv10": sums.npv[basis, scenario, body]}
    with _temporary("pv_saving", _SAVINGS, arrays):
        _execute(SAVINGS, edition, bases=list(BASES), scenarios=list(SCENARIOS))


def _execute(statement: str, edition: Edition, **bounds: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"edition": edition.pk} | bounds)


@contextmanager
def _temporary(table: str, columns: dict[str, str], arrays: dict[str, np.ndarray]) -> Iterator[None]:
    """A table that holds the arrays, for as long as a statement needs it."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({', '.join(' '.join(column) for column in columns.items())})")
        send(table, columns, arrays)
        cursor.execute(f"ANALYZE {table}")
        yield
        cursor.execute(f"DROP TABLE {table}")

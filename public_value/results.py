"""Writing down what an edition found: scores, their lines, and what each function stood for."""

from collections.abc import Iterator

import numpy as np
from django.db import connection

from public_value.evidence import Gathered, declarations
from public_value.evidence.missing import missing
from public_value.evidence.transfer import send
from public_value.methodology import ADOPT, DIMENSIONS, DUPLICATE, Parameters, Scores, function_contributions
from public_value.models import Edition, Score
from public_value.montecarlo import Uncertainty

_INDICATORS = ("S", "R", "N", "F", "C", "O", "xi", "den", "K", "V", "T")
_SCORES = ("pvi", "pvi_peer_imputed", "pvi_max", "arithmetic", "balance_penalty")
_POINTS = {"declaration_id": "bigint", "points_s": "float8", "points_n": "float8", "points_o": "float8"}

FUNCTIONS = """
    INSERT INTO public_value_editionfunction
        (edition_id, peer_group_id, function_id, evolution, ref_cost_per_driver, ref_volume_per_driver, reason)
    SELECT %(edition)s, peer_group_id, function_id, function.evolution, ref_cost, ref_volume, reason
    FROM pv_cell JOIN catalogue_function function ON function.id = pv_cell.function_id
    ORDER BY peer_group_id, function_id
"""

# An exempt row is over the cap where only a part of the body's exemptions counts (ξ < 1).
LINES = f"""
    INSERT INTO public_value_scoreline
        (score_id, declaration_id, function_id, kind, envelope, share, freshness, cost, relieved,
         "points_S", "points_N", "points_O", reasons)
    SELECT score.id, declaration_id, function_id,
           CASE kind WHEN {ADOPT} THEN 'adoption' WHEN {DUPLICATE} THEN 'duplicate' ELSE 'exempt' END,
           envelope, share, freshness, cost, relieved, points_s, points_n, points_o,
           array_remove(ARRAY[
               CASE WHEN adopts AND kind <> {ADOPT} THEN 'not_shared' END,
               CASE WHEN NOT has_share THEN 'no_share' WHEN kind = {ADOPT} AND NOT credited THEN 'below_de_minimis' END,
               CASE WHEN kind NOT IN ({ADOPT}, {DUPLICATE}) AND share > 0 AND score.xi < 1 THEN 'exempt_over_cap' END
           ], NULL)
    FROM pv_points
    JOIN pv_fact USING (declaration_id)
    JOIN public_value_score score ON score.organisation_id = pv_fact.organisation_id AND score.edition_id = %(edition)s
    ORDER BY score.id, declaration_id
"""
POINTS = f"CREATE TEMPORARY TABLE pv_points ({', '.join(f'{name} {kind}' for name, kind in _POINTS.items())})"
LINES_LEFT_OUT = """
    INSERT INTO public_value_scoreline
        (score_id, declaration_id, function_id, kind, envelope, share, freshness, relieved,
         "points_S", "points_N", "points_O", reasons)
    SELECT score.id, declaration_id, function_id, 'left_out', 0, 0, 0, false, 0, 0, 0, ARRAY[reason]
    FROM pv_left_out
    JOIN public_value_score score
        ON score.organisation_id = pv_left_out.organisation_id AND score.edition_id = %(edition)s
    ORDER BY score.id, declaration_id
"""
FORGET = (
    "DELETE FROM public_value_scoreline line USING public_value_score score"
    " WHERE line.score_id = score.id AND score.edition_id = %s",
    "DELETE FROM public_value_score WHERE edition_id = %s",
    "DELETE FROM public_value_editionfunction WHERE edition_id = %s",
    "DELETE FROM public_value_edition WHERE id = %s",
)


def record(edition: Edition, parameters: Parameters, found: Gathered, scores: Scores, spread: Uncertainty) -> None:
    """Write the results of an edition, whose facts are still in the temporary tables that `gather` filled."""
    lacking = missing(parameters, found.bodies, scores, spread.half_width)
    Score.objects.bulk_create(_scores(edition, found, scores, spread, lacking), batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS, {"edition": edition.pk})
        cursor.execute(LINES_LEFT_OUT, {"edition": edition.pk})
    _record_lines(edition, parameters, found, scores)


def forget(edition: Edition) -> None:
    """Delete an edition and all that belongs to it, without bringing a million lines to Python first."""
    with connection.cursor() as cursor:
        for statement in FORGET:
            cursor.execute(statement, [edition.pk])


def _scores(
    edition: Edition, found: Gathered, scores: Scores, spread: Uncertainty, lacking: list[list[str]]
) -> Iterator[Score]:
    bodies = found.bodies
    figures = {name: _stated(getattr(scores, name)) for name in (*_INDICATORS, *_SCORES)}
    figures |= {f"contribution_{name}": _stated(scores.contributions[:, n]) for n, name in enumerate(DIMENSIONS)}
    figures |= {name: _stated(getattr(spread, name)) for name in ("p5", "p50", "p95")}
    figures |= {name: _stated(getattr(bodies, name)) for name in ("driver", "frontline", "admin")}
    for index, body in enumerate(bodies.id):
        yield Score(
            edition=edition,
            organisation_id=int(body),
            peer_group_id=bodies.peer_group[index],
            reuse=float(bodies.reuse[index]),
            contribution_units=float(bodies.contributions[index]),
            frontline_stated=bool(scores.frontline_stated[index]),
            rank_low=int(spread.rank_low[index]) or None,
            rank_high=int(spread.rank_high[index]) or None,
            grade=str(spread.grade[index]),
            published_as=str(spread.published[index]),
            missing=lacking[index],
            **{name: values[index] for name, values in figures.items()},
        )


def _stated(values: np.ndarray) -> list[float | None]:
    """NaN stands for "there is none" in arrays, NULL in the database."""
    return [None if value != value else value for value in values.tolist()]


def _record_lines(edition: Edition, parameters: Parameters, found: Gathered, scores: Scores) -> None:
    with connection.cursor() as cursor:
        for rows, declaration in declarations(parameters, found):
            points = function_contributions(parameters, found.evidence, scores, rows, declaration)
            arrays = {"declaration_id": points.function}
            arrays |= {f"points_{name.lower()}": np.nan_to_num(getattr(points, name)) for name in "SNO"}
            cursor.execute(POINTS)
            send("pv_points", _POINTS, arrays)
            cursor.execute("ANALYZE pv_points")
            cursor.execute(LINES, {"edition": edition.pk})
            cursor.execute("DROP TABLE pv_points")

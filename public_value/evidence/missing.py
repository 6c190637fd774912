"""What keeps an organisation from a score, as codes: never a number in place of what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from public_value.evidence.bodies import Bodies
from public_value.methodology import Parameters, Scores

# What can be said of a peer group before any body declares anything.
GROUPS = """
    SELECT peer_group_id, bool_or(evolution IS NOT NULL), bool_or(ref_cost IS NOT NULL),
           bool_or(evolution IS NOT NULL AND ref_cost IS NOT NULL)
    FROM pv_cell GROUP BY peer_group_id
"""
ANSWERS = """
    SELECT organisation_id, count(*), count(*) FILTER (WHERE NOT expired),
           count(*) FILTER (WHERE NOT expired AND has_share)
    FROM (SELECT organisation_id, false AS expired, has_share FROM pv_fact
          UNION ALL SELECT organisation_id, expired, has_share FROM pv_left_out) said
    GROUP BY organisation_id
"""


@dataclass(frozen=True)
class _Group:
    has_stages: bool = False
    has_benchmarks: bool = False
    has_both: bool = False


@dataclass(frozen=True)
class _Answers:
    said: int = 0
    live: int = 0
    with_share: int = 0


def missing(parameters: Parameters, bodies: Bodies, scores: Scores, half_width: np.ndarray) -> list[list[str]]:
    """For each organisation what it, or the catalogue, lacks for a score of grade C; empty where nothing does.

    `half_width` is H of the Monte Carlo, in points. First what the catalogue lacks, then what the body has not told,
    then what was told but is too little, too weak, too old or too uncertain.
    """
    with connection.cursor() as cursor:
        cursor.execute(GROUPS)
        groups = cursor.fetchall()
        cursor.execute(ANSWERS)
        return missing_of(parameters, bodies, scores, half_width, groups, cursor.fetchall())


def missing_of(
    parameters: Parameters,
    bodies: Bodies,
    scores: Scores,
    half_width: np.ndarray,
    group_rows: Sequence[tuple[Any, ...]],
    answer_rows: Sequence[tuple[Any, ...]],
) -> list[list[str]]:
    """The same from what the statements GROUPS and ANSWERS answered."""
    groups = {row[0]: _Group(*row[1:]) for row in group_rows}
    answers = {row[0]: _Answers(*row[1:]) for row in answer_rows}
    too_little = _too_little(parameters, scores, half_width)
    lacks_accounts = np.isnan(bodies.frontline + bodies.admin) | (bodies.frontline + bodies.admin == 0)
    return [
        _of_catalogue(groups.get(group, _Group()), group, bodies.driver[index], bool(scores.scored[index]))
        + _of_body(answers.get(int(body), _Answers()))
        + (["no_accounts"] if lacks_accounts[index] else [])
        + (["no_goalposts"] if not lacks_accounts[index] and not scores.frontline_stated[index] else [])
        + [code for code, falls_short in too_little.items() if falls_short[index]]
        for index, (body, group) in enumerate(zip(bodies.id, bodies.peer_group, strict=True))
    ]


def _of_catalogue(group: _Group, peer_group: int | None, driver: float, scored: bool) -> list[str]:
    if peer_group is None:
        return ["no_peer_group"]
    lacks = {
        "no_driver": not driver > 0,
        "no_benchmark": not group.has_benchmarks or (group.has_stages and not group.has_both),
        "no_evolution_stage": not group.has_stages,
        "no_shared_component": group.has_both and not scored and driver > 0,
    }
    return [code for code, lacking in lacks.items() if lacking]


def _of_body(answers: _Answers) -> list[str]:
    lacks = {
        "no_declaration": answers.said == 0,
        "all_expired": answers.said > 0 and answers.live == 0,
        "no_share_stated": answers.live > 0 and answers.with_share == 0,
    }
    return [code for code, lacking in lacks.items() if lacking]


def _too_little(parameters: Parameters, scores: Scores, half_width: np.ndarray) -> dict[str, np.ndarray]:
    """Tests of the lowest grade that is published as a score, where there is something to test."""
    least = next(test for test in parameters.confidence if test.grade == "C")
    known = scores.scored & (scores.K > 0)
    return {
        "incomplete": scores.scored & (least.completeness > scores.K),
        "unverified": known & (least.verification > scores.V),
        "out_of_date": known & (least.timeliness > scores.T),
        "uncertain": known & (half_width > least.half_width),
    }

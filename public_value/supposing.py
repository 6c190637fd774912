"""One body with a reader's changes: what may be shown of its score now and then, and what the changes would save."""

from collections.abc import Sequence
from dataclasses import dataclass

from public_value.changes import Asked
from public_value.evidence.kept import Kept
from public_value.evidence.moves import Moves, moves
from public_value.gate import Face, face, supposed_face
from public_value.methodology import Parameters
from public_value.savings import BASES, SCENARIOS, totals
from public_value.what_if import Comparison, changed, compare


@dataclass(frozen=True)
class Delta:
    """Points by which the score rises, and the P5 and P95 of that over paired draws."""

    points: float
    low: float
    high: float


@dataclass(frozen=True)
class Supposed:
    """`delta` is None where either number is hidden, because the one would give the other away.

    higher, lower  part of the draws in which the score is above, below what it is now
    savings        {basis, scenario, annual, npv10} of every basis that has a case, base-year £
    """

    now: Face
    then: Face
    delta: Delta | None
    higher: float
    lower: float
    moves: Moves
    savings: list[dict]


def suppose(parameters: Parameters, found: Kept, asked: Asked) -> Supposed:
    """Work all changes of one body out together, with the edition's own draws."""
    return suppose_each(parameters, [(found, asked)])[0]


def suppose_each(parameters: Parameters, cases: Sequence[tuple[Kept, Asked]]) -> list[Supposed]:
    """The same for several bodies of one edition, each by itself; at least one."""
    edition = cases[0][0].score.edition
    compared = compare(
        parameters,
        [(found.body, found.arrays, changed(parameters, found.arrays, asked.changes(found))) for found, asked in cases],
        seed=edition.seed,
        draws=edition.draws,
    )
    return [supposed(parameters, found, asked, compared, place) for place, (found, asked) in enumerate(cases)]


def supposed(parameters: Parameters, found: Kept, asked: Asked, compared: Comparison, place: int) -> Supposed:
    now = face(found.score)
    then = supposed_face(now, compared.after, place)
    ended = moves(parameters, found, asked.retired, asked.components)
    return Supposed(
        now=now,
        then=then,
        delta=delta_of(compared, place) if now.is_score and then.is_score else None,
        higher=float(compared.higher[place]),
        lower=float(compared.lower[place]),
        moves=ended,
        savings=savings_of(ended),
    )


def delta_of(compared: Comparison, place: int) -> Delta:
    """As with a score's own range, the figure at the nominal parameters is never outside."""
    points = float(compared.delta[place])
    low, high = float(compared.delta_p5[place]), float(compared.delta_p95[place])
    return Delta(points, min(points, low), max(points, high))


def savings_of(ended: Moves) -> list[dict]:
    """Summed scenario by scenario; declared and modelled apart."""
    if not ended.priced:
        return []
    sums = totals(ended.cases, 1)
    return [
        {
            "basis": basis,
            "scenario": scenario,
            "annual": float(sums.annual[b, s, 0]),
            "npv10": float(sums.npv[b, s, 0]),
        }
        for b, basis in enumerate(BASES)
        if sums.systems[b, 0]
        for s, scenario in enumerate(SCENARIOS)
    ]

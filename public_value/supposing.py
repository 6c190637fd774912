"""One body with a reader's changes: what may be shown of its score now and then, and what the changes would save."""

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
    """Work all changes out together, with the edition's own draws."""
    before = found.arrays
    after = changed(parameters, before, asked.changes(found))
    edition = found.score.edition
    compared = compare(parameters, [(found.body, before, after)], seed=edition.seed, draws=edition.draws)
    now = face(found.score)
    then = supposed_face(now, compared.after)
    ended = moves(parameters, found, asked.retired, asked.components)
    return Supposed(
        now=now,
        then=then,
        delta=delta_of(compared) if now.is_score and then.is_score else None,
        higher=float(compared.higher[0]),
        lower=float(compared.lower[0]),
        moves=ended,
        savings=savings_of(ended),
    )


def delta_of(compared: Comparison) -> Delta:
    """As with a score's own range, the figure at the nominal parameters is never outside."""
    points = float(compared.delta[0])
    low, high = float(compared.delta_p5[0]), float(compared.delta_p95[0])
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

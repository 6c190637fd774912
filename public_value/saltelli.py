"""Which of the Monte Carlo's uncertain inputs move scores most: its laws, sampled by a Saltelli design (1.11).

The inputs are the 13 common slots, and the two that each organisation draws for itself, varied for all at once as one
input each. The rows of the two sample matrices are uniform numbers by counter on streams of their own: "A:" or "B:"
before the name of the ordinary stream ("A:G", "B:O:leeds"). Those are "G" or begin with "O:", so no number is used
twice.
"""

from collections.abc import Collection, Iterator

from .methodology import Parameters, Variances, blocks, stream_key, variances
from .methodology.evidence import Integers
from .methodology.measures import Floats
from .montecarlo import (
    COMMON_SLOTS,
    OWN_SLOTS,
    CommonDraws,
    OwnUniforms,
    common_at,
    common_uniforms,
    drawn_points,
    own_uniforms,
)
from .terms import Terms

RUNS = 2_048
"""N, the rows of each sample matrix: first-order shares are then right to about 0.02, total-order ones to 0.01."""
MOST_BODIES = 500
FACTORS = (
    *("weight_S", "weight_N", "weight_F", "weight_C", "weight_O"),
    *("p", "q_pilot", "kappa_product", "kappa_custom", "rho", "g", "F_lo", "F_hi"),
    *("tau", "missing_F"),
)
"""The inputs in the order of their slots: those of "G", then those of "O:" + uid."""
MATRICES = ("A:", "B:")


def sampled(uids: Collection[str], seed: str, most: int = MOST_BODIES) -> list[str]:
    """At most so many of the organisations: those with the lowest keys of the streams "S:" + uid, in the order of uid.

    So who is chosen hangs on the seed and on nothing that is known of them.
    """
    chosen = sorted(uids, key=lambda uid: (stream_key(seed, f"S:{uid}"), uid))[:most]
    return sorted(chosen)


def score_variances(
    parameters: Parameters, terms: Terms, members: Integers, *, seed: str, runs: int = RUNS
) -> Variances:
    """Variances of the scores of `members` (places in `terms`, at least one, scored) by FACTORS, in points².

    Takes runs × (len(FACTORS) + 2) draws of each, and about 30 MB.
    """
    a, b = (common_uniforms(seed, runs, matrix=matrix) for matrix in MATRICES)
    first, *others = (_of_block(parameters, terms, members[block], seed, a, b) for block in blocks(len(members), runs))
    return sum(others, start=first)


def _of_block(parameters: Parameters, terms: Terms, block: Integers, seed: str, a: Floats, b: Floats) -> Variances:
    own_a, own_b = (own_uniforms(terms, block, seed, a.shape[1], matrix=matrix) for matrix in MATRICES)
    at_a, at_b = common_at(parameters, a), common_at(parameters, b)
    mixed = (drawn_points(terms, block, common, own) for common, own in _mixed(parameters, a, b, at_a, own_a, own_b))
    return variances(drawn_points(terms, block, at_a, own_a), drawn_points(terms, block, at_b, own_b), mixed)


def _mixed(
    parameters: Parameters, a: Floats, b: Floats, at_a: CommonDraws, own_a: OwnUniforms, own_b: OwnUniforms
) -> Iterator[tuple[CommonDraws, OwnUniforms]]:
    """AB_i for each input: what is drawn at A, with that input as at B."""
    for slot in range(COMMON_SLOTS):
        u = a.copy()
        u[slot] = b[slot]
        yield common_at(parameters, u), own_a
    for slot in range(OWN_SLOTS):
        yield at_a, _swapped(own_a, own_b, slot)


def _swapped(own: OwnUniforms, other: OwnUniforms, swapped: int) -> OwnUniforms:
    def uniforms_of(slot: int, places: Integers) -> Floats:
        return (other if slot == swapped else own)(slot, places)

    return uniforms_of

"""Which judgements move the scores most: shares of their variance, found by a Saltelli design (1.11)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from public_value.recompute.cells import Body, body_of
from public_value.recompute.draws import Stream, Uniforms, drawn_dials, drawn_points, stream
from public_value.recompute.publishing import bodies_with_score
from public_value.recompute.ranking import ENOUGH_PEERS
from public_value.recompute.reading import Pack
from public_value.recompute.scores import Dials, nominal
from public_value.recompute.sharing import Sharing
from public_value.recompute.terms import Terms, drawn_shares, terms_of

COMMON_FACTORS = (
    *("weight_S", "weight_N", "weight_F", "weight_C", "weight_O"),
    *("p", "q_pilot", "kappa_product", "kappa_custom", "rho", "g", "F_lo", "F_hi"),
)
OWN_FACTORS = ("tau", "missing_F")  # each in the order of its slots
TURNS_SHARES = ("q_pilot", "kappa_product", "kappa_custom", "rho", "g")  # the others leave S, R and O as they are
MOST_SAMPLED = 500
STILL = 1e-18  # the variance of a score that is the same in every run: what rounding leaves of it


@dataclass(frozen=True)
class Swapped:
    """The uniform numbers of a stream, one slot of them from another stream."""

    own: Stream
    other: Stream
    slot: int

    def __call__(self, draw: int, slot: int) -> float:
        return (self.other if slot == self.slot else self.own)(draw, slot)


@dataclass(frozen=True)
class Design:
    """The dials of each run: at A, at B, and at A with one factor as at B."""

    at_a: list[Dials]
    at_b: list[Dials]
    mixed: dict[str, list[Dials]]


@dataclass(frozen=True)
class Parts:
    """The variance of one body's scores, and what of it each factor brings on its own and together with others."""

    whole: float
    first: dict[str, float]
    total: dict[str, float]


def sensitivity(
    pack: Pack,
    sharing: Sharing,
    computed: Mapping[str, dict],
    label: str,
    runs: int,
    params: dict,
    progress: Callable[[int, int], None] | None = None,
) -> dict:
    """Shares of the variance of the scores, of at most 500 bodies with a score; None where they are fewer than ten."""
    chosen = sampled(bodies_with_score(pack, computed), label)
    if len(chosen) < ENOUGH_PEERS:
        return {"bodies": len(chosen), "runs": runs, "factors": None}
    design, found = design_of(label, runs, params), []
    for done, uid in enumerate(chosen, 1):
        body = body_of(pack, sharing, pack.organisations[uid], params)
        found.append(parts_of(body, design, label, params))
        if progress:
            progress(done, len(chosen))
    return {"bodies": len(chosen), "runs": runs, "factors": shares_of_variance(found)}


def sampled(uids: Sequence[str], label: str) -> list[str]:
    """Those with the lowest keys of the streams "S:" + uid, in the order of uid."""
    return sorted(sorted(uids, key=lambda uid: (stream(label, f"S:{uid}").key, uid))[:MOST_SAMPLED])


def design_of(label: str, runs: int, params: dict) -> Design:
    """The two matrices are the streams of the ordinary draws with "A:" and "B:" before their names."""
    a, b = stream(label, "A:G"), stream(label, "B:G")
    swapped = {name: Swapped(a, b, slot) for slot, name in enumerate(COMMON_FACTORS)}

    def dials(method: Uniforms) -> list[Dials]:
        return [drawn_dials(method, run, params) for run in range(runs)]

    return Design(dials(a), dials(b), {name: dials(method) for name, method in swapped.items()})


def parts_of(body: Body, design: Design, label: str, params: dict) -> Parts:
    """First order: Saltelli and others 2010, f(B)·(f(AB) − f(A)), f(B) about the mean. Total: Jansen 1999."""
    own_a, own_b = (stream(label, f"{matrix}:O:{body.organisation.uid}") for matrix in "AB")
    terms = terms_of(body, nominal(params), params)
    shares_at_a = run_shares(terms, design.at_a)
    at_a = run_scores(body, design.at_a, shares_at_a, own_a)
    at_b = run_scores(body, design.at_b, run_shares(terms, design.at_b), own_b)
    middle, runs = fsum([*at_a, *at_b]) / (2 * len(at_a)), len(at_a)
    first, total = {}, {}
    for name, mixed in mixed_scores(body, design, terms, shares_at_a, own_a, own_b):
        moved = [with_b - with_a for with_b, with_a in zip(mixed, at_a, strict=True)]
        first[name] = fsum((b - middle) * change for b, change in zip(at_b, moved, strict=True)) / runs
        total[name] = fsum(change * change for change in moved) / (2 * runs)
    return Parts(fsum((score - middle) ** 2 for score in [*at_a, *at_b]) / (2 * runs), first, total)


def mixed_scores(
    body: Body, design: Design, terms: Terms, shares_at_a: Sequence[Mapping], own_a: Stream, own_b: Stream
) -> Iterator[tuple[str, list[float]]]:
    """The scores at A with one factor as at B, for each factor."""
    for name, dials in design.mixed.items():
        shares = run_shares(terms, dials) if name in TURNS_SHARES else shares_at_a
        yield name, run_scores(body, dials, shares, own_a)
    for slot, name in enumerate(OWN_FACTORS):
        yield name, run_scores(body, design.at_a, shares_at_a, Swapped(own_a, own_b, slot))


def run_shares(terms: Terms, dials: Sequence[Dials]) -> list[dict[str, float]]:
    return [drawn_shares(terms, turned) for turned in dials]


def run_scores(body: Body, dials: Sequence[Dials], shares: Sequence[Mapping], own: Uniforms) -> list[float]:
    runs = enumerate(zip(dials, shares, strict=True))
    return [drawn_points(body, part, turned, own, run) for run, (turned, part) in runs]


def shares_of_variance(found: Sequence[Parts]) -> dict[str, dict[str, float | None]]:
    """By factor the sum over bodies of what it brings, over the sum of their variances; None where no score varies."""
    whole = fsum(parts.whole for parts in found)
    varies = whole > STILL * len(found)

    def share(amounts: list[float]) -> float | None:
        return fsum(amounts) / whole if varies else None

    return {
        name: {
            "first": share([parts.first[name] for parts in found]),
            "total": share([parts.total[name] for parts in found]),
        }
        for name in (*COMMON_FACTORS, *OWN_FACTORS)
    }

"""The Monte Carlo: bands, grades and rank intervals, from draws that anyone can repeat (1.10 to 1.12)."""

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, fsum

from public_value.recompute.cells import Body
from public_value.recompute.scores import (
    DIMENSIONS,
    Dials,
    dimensions,
    envelope_shares,
    frontline,
    index,
    nominal,
    peer_frontline,
)
from public_value.recompute.terms import drawn_shares, terms_of

SIXTY_FOUR_BITS = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15
SLOTS = 64
RANKED = ("A", "B", "C")
Uniforms = Callable[[int, int], float]
"""Numbers in [0, 1) by draw and slot."""


def mix64(z: int) -> int:
    """SplitMix64's finaliser on 64-bit integers (Steele, Lea and Flood 2014)."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & SIXTY_FOUR_BITS
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & SIXTY_FOUR_BITS
    return z ^ (z >> 31)


def splitmix64(key: int, position: int) -> int:
    """The generator's output at a position counted from 1."""
    return mix64((key + position * GOLDEN) & SIXTY_FOUR_BITS)


@dataclass(frozen=True)
class Stream:
    """Uniform numbers in [0, 1) by draw and slot; the same seed and name give the same numbers everywhere."""

    key: int

    def __call__(self, draw: int, slot: int) -> float:
        return (splitmix64(self.key, SLOTS * draw + slot + 1) >> 11) / 2**53


def stream(seed: str, name: str) -> Stream:
    digest = hashlib.sha256(f"PVI|{seed}|{name}".encode()).digest()
    return Stream(int.from_bytes(digest[:8], "big"))


def between(low: float, high: float, u: float) -> float:
    return low + (high - low) * u


def drawn_dials(method: Uniforms, draw: int, params: dict) -> Dials:
    mc = params["mc"]

    def noise(u: float) -> float:
        return between(1 - mc["w_noise"], 1 + mc["w_noise"], u)

    raw = {d: params["weights"][d] * noise(method(draw, slot)) for slot, d in enumerate(DIMENSIONS)}
    grid = mc["g_grid"]
    return Dials(
        weights={d: weight / fsum(raw.values()) for d, weight in raw.items()},
        p=between(mc["p_lo"], mc["p_hi"], method(draw, 5)),
        kappa={
            **params["kappa"],
            "product": between(*mc["kappa_product"], method(draw, 7)),
            "custom": between(*mc["kappa_custom"], method(draw, 8)),
        },
        rho={grade: between(mc["rho_lo"][grade], mc["rho_hi"][grade], method(draw, 9)) for grade in params["rho"]},
        q_stage={**params["q_stage"], "pilot": between(*mc["q_pilot"], method(draw, 6))},
        g=grid[floor(len(grid) * method(draw, 10))],
        f_lo_shift=mc["F_shift"] * (method(draw, 11) - 0.5),
        f_hi_shift=mc["F_shift"] * (method(draw, 12) - 0.5),
    )


def drawn_index(body: Body, dials: Dials, own: Stream, draw: int, params: dict) -> float:
    """The index of one draw, from the body's rows: the long way, for reading and for tests."""
    return drawn_points(body, envelope_shares(body, dials, params), dials, own, draw)


def drawn_points(body: Body, shares: Mapping[str, float], dials: Dials, own: Uniforms, draw: int) -> float:
    """The index of one draw: τ of the unknown mass at the peers' adoption, missing F up to the peers' median (1.9)."""
    f = frontline(body, dials)
    if f is None:
        f = own(draw, 1) * peer_frontline(body)
    return index(dimensions(body, shares, own(draw, 0) * shares["imputed"], f), dials)


def quantile(values: Sequence[float], at: float) -> float:
    """Type 7: linear between the order statistics."""
    ordered = sorted(values)
    position = (len(ordered) - 1) * at
    below = floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def add_draws(
    organisations: dict,
    bodies: Mapping[str, Body],
    label: str,
    draws: int,
    params: dict,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, array]:
    """Adds mc, grade, published and rank_interval to each organisation of the export.

    Gives the draws of those that get a score, as they are kept: rounded to single precision.
    """
    method = stream(label, "G")
    dials = [drawn_dials(method, draw, params) for draw in range(draws)]
    drawn = {}
    for done, (uid, body) in enumerate(bodies.items(), 1):
        drawn[uid] = drawn_scores(body, dials, stream(label, f"O:{uid}"), params)
        organisations[uid] |= graded(organisations[uid]["indicators"], drawn[uid], has_frontline(body, params), params)
        if progress:
            progress(done, len(bodies))
    intervals = dict(rank_intervals(organisations, bodies, drawn))
    for uid, entry in organisations.items():
        entry["rank_interval"] = intervals.get(uid)
    return {uid: array("f", points) for uid, points in drawn.items() if organisations[uid]["grade"] in RANKED}


def drawn_scores(body: Body, dials: Sequence[Dials], own: Stream, params: dict) -> list[float]:
    """The index of each draw, in points."""
    terms = terms_of(body, nominal(params), params)
    return [drawn_points(body, drawn_shares(terms, turned), turned, own, draw) for draw, turned in enumerate(dials)]


def has_frontline(body: Body, params: dict) -> bool:
    return frontline(body, nominal(params)) is not None


def graded(indicators: Mapping[str, float], drawn: Sequence[float], frontline_known: bool, params: dict) -> dict:
    mc = {name: quantile(drawn, at) for name, at in (("p5", 0.05), ("p50", 0.5), ("p95", 0.95))}
    grade = confidence(indicators, (mc["p95"] - mc["p5"]) / 2, frontline_known, params)
    published = "score" if grade in RANKED else "band" if grade == "D" else "not_published"
    return {"mc": mc, "grade": grade, "published": published}


def confidence(indicators: Mapping[str, float], half_width: float, frontline_known: bool, params: dict) -> str:
    """The first grade whose tests all pass, else E (1.10)."""
    for grade, least in sorted(params["confidence"].items()):
        enough = all(indicators[name] >= least[name] for name in ("K", "V", "T"))
        if enough and half_width <= least["H"] and (frontline_known or not least["F"]):
            return grade
    return "E"


def rank_intervals(
    organisations: Mapping[str, dict], bodies: Mapping[str, Body], drawn: Mapping[str, Sequence[float]]
) -> Iterator[tuple[str, list[int]]]:
    """The band of each graded organisation's rank among the graded members of its peer group (1.12, 1.18)."""
    groups: dict[str, list[str]] = {}
    for uid, body in bodies.items():
        if organisations[uid]["grade"] in RANKED:
            groups.setdefault(body.organisation.peer_group, []).append(uid)
    for peers in groups.values():
        ranks = ranks_by_draw([drawn[uid] for uid in peers])
        for uid, own in zip(peers, zip(*ranks, strict=True), strict=True):
            yield uid, [floor(quantile(own, 0.05)), ceil(quantile(own, 0.95))]


def ranks_by_draw(scores: Sequence[Sequence[float]]) -> Iterator[list[int]]:
    """For each draw the rank of every peer: 1 + the number strictly above."""
    for values in zip(*scores, strict=True):
        ordered = sorted(values)
        yield [1 + len(ordered) - bisect_right(ordered, value) for value in values]

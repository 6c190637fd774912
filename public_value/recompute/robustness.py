"""How much each part weighs in fact, and how far the order hangs on the way of adding up (1.7, 1.8)."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from math import fsum, sqrt

from public_value.recompute.publishing import bodies_with_score
from public_value.recompute.ranking import ENOUGH_PEERS
from public_value.recompute.reading import Pack
from public_value.recompute.scores import DIMENSIONS, power_mean

OTHER_WAYS = ("arithmetic", "geometric", "ampi", "merged", "equal_weights")
LEAST_COMPARED = 3  # any two points lie on a line
SAME_DECIMALS = 9  # to which values count as equal


def robustness(pack: Pack, computed: Mapping[str, dict], params: dict) -> dict:
    """Of the bodies with a score: weights over all of them, weights and orders within each kind; ten bodies at least.

    A figure is None where it is undefined.
    """
    groups: dict[str, list[dict]] = {}
    for uid in bodies_with_score(pack, computed):
        groups.setdefault(pack.organisations[uid].peer_group, []).append(computed[uid]["indicators"])
    everybody = [values for group in groups.values() for values in group]
    return {
        "bodies": len(everybody),
        "weights": weights_in_fact(everybody, params) if len(everybody) >= ENOUGH_PEERS else None,
        "groups": {
            slug: {"bodies": len(group), "weights": weights_in_fact(group, params), "order": orders(group, params)}
            for slug, group in groups.items()
            if len(group) >= ENOUGH_PEERS
        },
    }


def weights_in_fact(group: Sequence[Mapping[str, float]], params: dict) -> dict[str, dict]:
    """The squared correlation of each part with the index, and with that of equal weights."""
    added = [ways_of_adding(values, params) for values in group]

    def effective(part: str, way: str) -> float | None:
        found = correlation([values[part] for values in group], [ways[way] for ways in added])
        return None if found is None else found**2

    return {
        part: {
            "nominal": params["weights"][part],
            "effective": effective(part, "index"),
            "effective_equal": effective(part, "equal_weights"),
        }
        for part in DIMENSIONS
    }


def orders(group: Sequence[Mapping[str, float]], params: dict) -> dict[str, float | None]:
    """Spearman's correlation of the index with each other way of adding up: that of the ranks."""
    added = [ways_of_adding(values, params) for values in group]
    ranks = {way: mean_ranks([ways[way] for ways in added]) for way in ("index", *OTHER_WAYS)}
    return {way: correlation(ranks["index"], ranks[way]) for way in OTHER_WAYS}


def ways_of_adding(values: Mapping[str, float], params: dict) -> dict[str, float]:
    """The index of one body, 0 to 100, as the method has it and in the other ways (1.8)."""
    x, w, p = [values[part] for part in DIMENSIONS], [params["weights"][part] for part in DIMENSIONS], params["p"]
    shared = w[0] + w[1]
    merged = [(w[0] * x[0] + w[1] * x[1]) / shared, *x[2:]]
    floored = [max(value, params["geo_floor"]) for value in x]
    return {
        "index": 100 * power_mean(x, w, p),
        "arithmetic": 100 * power_mean(x, w, 1),
        "geometric": 100 * power_mean(floored, w, 0),
        "ampi": penalised(x, w),
        "merged": 100 * power_mean(merged, [shared, *w[2:]], p),
        "equal_weights": 100 * power_mean(x, [1 / len(x)] * len(x), p),
    }


def penalised(x: Sequence[float], w: Sequence[float]) -> float:
    """The adjusted Mazziotta–Pareto index with weights: on the scale 70 to 130, mean less variance over mean."""
    scaled = [70 + 60 * value for value in x]
    mean = fsum(weight * value for weight, value in zip(w, scaled, strict=True))
    variance = fsum(weight * (value - mean) ** 2 for weight, value in zip(w, scaled, strict=True))
    return 100 * (mean - variance / mean - 70) / 60


def mean_ranks(values: Sequence[float]) -> list[float]:
    """Rank from 1 for the lowest, equals at the mean of theirs."""
    rounded = [round(value, SAME_DECIMALS) for value in values]
    ordered = sorted(rounded)
    return [(bisect_left(ordered, value) + 1 + bisect_right(ordered, value)) / 2 for value in rounded]


def correlation(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Pearson's; None for fewer than three, or where one side is the same for all."""
    if len(a) < LEAST_COMPARED or any(len({round(value, SAME_DECIMALS) for value in side}) == 1 for side in (a, b)):
        return None
    a, b = ([value - fsum(side) / len(side) for value in side] for side in (a, b))
    together = fsum(one * other for one, other in zip(a, b, strict=True))
    alone = fsum(one * one for one in a) * fsum(one * one for one in b)
    return max(-1.0, min(1.0, together / sqrt(alone)))

"""The robustness of an edition's scores, from the published ones alone, so that nothing else can be read off it."""

from collections.abc import Iterable

import numpy as np

from public_value.methodology import DIMENSIONS, ENOUGH_PEERS, PANEL, Parameters, Robustness, robustness
from public_value.models import Edition, PublishedAs, Score


def robustness_figures(edition: Edition, parameters: Parameters) -> dict[str, object]:
    """`bodies`, `weights` and `groups` of an edition whose scores are recorded.

    Counted are bodies in lists with a published score (grade A to C). `weights` has for each dimension its `nominal`
    weight, its `effective` one and `effective_equal`, that under equal weights; None where fewer than 10 bodies count.
    `groups`, by slug, those with 10 or more: `bodies`, `weights`, and `order`, the Spearman correlation of the score
    with each way of adding up of the panel. A figure is None where it is undefined.
    """
    rows = list(
        Score.objects.of(edition)
        .listed()
        .filter(published_as=PublishedAs.SCORE)
        .order_by("organisation_id")
        .values_list("peer_group__slug", *DIMENSIONS)
    )
    x = np.array([row[1:] for row in rows], dtype=np.float64).reshape(-1, len(DIMENSIONS))
    slugs = np.array([row[0] or "" for row in rows], dtype=str)
    members = {slug: np.flatnonzero(slugs == slug) for slug in sorted({*slugs.tolist()} - {""})}
    return {
        "bodies": len(x),
        "weights": _weights(parameters, robustness(parameters, x)) if len(x) >= ENOUGH_PEERS else None,
        "groups": {slug: _group(parameters, x[own]) for slug, own in members.items() if len(own) >= ENOUGH_PEERS},
    }


def _group(parameters: Parameters, x: np.ndarray) -> dict[str, object]:
    found = robustness(parameters, x)
    order = {name: stated(found.order[name]) for name in PANEL}
    return {"bodies": len(x), "weights": _weights(parameters, found), "order": order}


def _weights(parameters: Parameters, found: Robustness) -> dict[str, dict[str, float | None]]:
    columns: Iterable = zip(
        DIMENSIONS, parameters.weights, found.effective.tolist(), found.effective_equal.tolist(), strict=True
    )
    return {
        name: {"nominal": nominal, "effective": stated(effective), "effective_equal": stated(equal)}
        for name, nominal, effective, equal in columns
    }


def stated(figure: float) -> float | None:
    """As an edition keeps it: to nine decimals, None where it is undefined, and no nought below nought."""
    return None if figure != figure else round(figure, 9) + 0.0

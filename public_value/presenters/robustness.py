"""How much each part of the index really weighs, and how far the order depends on the way of adding up."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.formatting import number
from public_value.methodology import DIMENSIONS, ENOUGH_PEERS, PANEL
from public_value.models import Edition
from public_value.wording import DIMENSIONS as NAMES

OFTEN = 3  # times its nominal weight from which openness weighs too much (method 1.7)
WAYS = {
    "arithmetic": gettext_lazy("A plain sum"),
    "geometric": gettext_lazy("A product"),
    "ampi": gettext_lazy("A sum less a penalty for imbalance"),
    "merged": gettext_lazy("Standardisation and duplication as one part"),
    "equal_weights": gettext_lazy("Equal weights"),
}
TOO_MUCH = gettext_lazy(
    "Openness weighs %(times)s times its weight. Above %(most)s times is too much: if it stays so, the next version of "
    "the method counts only open records in it."
)
WITHIN = gettext_lazy(
    "Openness weighs %(times)s times its weight. Above %(most)s times would be too much: if it stayed so, the next "
    "version of the method would count only open records in it."
)


def robustness(edition: Edition) -> dict | None:
    """What the page of an edition says of it; None for an edition that was calculated before there was any."""
    found = edition.robustness
    if not found:
        return None
    weights = found["weights"]
    return {
        "bodies": found["bodies"],
        "enough": ENOUGH_PEERS,
        "weights": weight_rows(weights) if weights else [],
        "openness": openness(weights["O"]) if weights else "",
        "ways": [WAYS[name] for name in PANEL],
        "groups": sorted(group_rows(edition), key=lambda row: row["label"]),
    }


def group_rows(edition: Edition) -> list[dict]:
    return [
        {
            "label": edition.peer_groups.get(slug, {}).get("label") or slug,
            "bodies": group["bodies"],
            "orders": [written(group["order"][name]) for name in PANEL],
        }
        for slug, group in edition.robustness["groups"].items()
    ]


def weight_rows(weights: dict) -> list[dict]:
    return [
        {
            "name": NAMES[name],
            "nominal": number(100 * weights[name]["nominal"]),
            "effective": hundred(weights[name]["effective"]),
            "equal": hundred(weights[name]["effective_equal"]),
        }
        for name in DIMENSIONS
    ]


def openness(weight: dict) -> str:
    """Whether openness keeps the bound beyond which the next version of the method drops a half of it."""
    if weight["effective"] is None:
        return _("Openness is the same for all of them, so what it weighs cannot be told.")
    times = {"times": number(weight["effective"] / weight["nominal"], 1), "most": number(OFTEN)}
    return (TOO_MUCH if weight["effective"] > OFTEN * weight["nominal"] else WITHIN) % times


def hundred(share: float | None) -> str:
    return "–" if share is None else number(100 * share)


def written(correlation: float | None) -> str:
    """Two places, cut and not rounded, so that 1.00 means the very same order."""
    if correlation is None:
        return "–"
    cut = int(abs(correlation) * 100 + 1e-9)
    return f"{'−' if correlation < 0 and cut else ''}{cut // 100}.{cut % 100:02}"

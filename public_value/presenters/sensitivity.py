"""Which of the method's judgements move the scores most."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.formatting import number, percent
from public_value.charts import Bar, Figure, bars
from public_value.methodology import ENOUGH_PEERS
from public_value.models import Edition

MOST_BARS = 5
# Short enough to stand beside a bar in whole.
FACTORS = {
    "weight_S": gettext_lazy("Weight of standardisation"),
    "weight_N": gettext_lazy("Weight of duplication avoided"),
    "weight_F": gettext_lazy("Weight of front-line focus"),
    "weight_C": gettext_lazy("Weight of commons"),
    "weight_O": gettext_lazy("Weight of openness"),
    "p": gettext_lazy("Penalty for a weak part"),
    "q_pilot": gettext_lazy("Credit of a pilot"),
    "kappa_product": gettext_lazy("Weight of product functions"),
    "kappa_custom": gettext_lazy("Weight of custom functions"),
    "rho": gettext_lazy("Credit of evidence"),
    "g": gettext_lazy("Cost at which credit ends"),
    "F_lo": gettext_lazy("Lower front-line goalpost"),
    "F_hi": gettext_lazy("Upper front-line goalpost"),
    "tau": gettext_lazy("Work that is not known"),
    "missing_F": gettext_lazy("Front-line share not stated"),
}


def sensitivity(edition: Edition) -> dict | None:
    """What the page of an edition says of it; None for an edition that was calculated before there was any."""
    found = edition.sensitivity
    if not found:
        return None
    factors = found["factors"] or {}
    return {
        "bodies": found["bodies"],
        "enough": ENOUGH_PEERS,
        "sampled": found["bodies"] < edition.robustness.get("bodies", 0),
        "told": bool(factors),
        "runs": found["runs"],
        "figure": picture(edition, factors) if varies(factors) else None,
    }


def varies(factors: dict) -> bool:
    return any(shares["total"] is not None for shares in factors.values())


def picture(edition: Edition, factors: dict) -> Figure:
    """Bars of what brings most; the table has everything, by what it brings with others."""
    ordered = sorted(factors, key=lambda name: (-factors[name]["total"], name))
    largest = ordered[:MOST_BARS]
    named = [
        _("%(factor)s %(share)s") % {"factor": FACTORS[name], "share": written(factors[name]["total"])}
        for name in largest
    ]
    figure = bars(
        id="judgements",
        title=_("What moves the scores most: %(factor)s") % {"factor": lower(str(FACTORS[largest[0]]))},
        overview=_("Share of the movement that each brings, with what it brings together with others: %(named)s.")
        % {"named": "; ".join(named)},
        rows=[Bar(str(FACTORS[name]), [factors[name]["total"]]) for name in largest],
        measure=_("In all"),
        show=written,
        source=_("edition %(label)s, method %(method)s") % {"label": edition.label, "method": edition.method_version},
    )
    columns = [_("What was varied"), _("On its own"), _("In all")]
    rows = [[str(FACTORS[name]), written(factors[name]["first"]), written(factors[name]["total"])] for name in ordered]
    return replace(figure, columns=columns, rows=rows, links=())


def written(share: float) -> str:
    """In whole percent. An estimate may come out below nothing, and is written so: nothing is hidden."""
    return percent(share) if share >= 0 else f"{number(round(100 * share))}%"


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]

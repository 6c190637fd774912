"""What sharing could save in a whole edition, and how that stands beside two claims about the United Kingdom.

A ladder, never an extrapolation: nothing is carried over from bodies that declared to bodies that did not.
"""

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from commons.formatting import financial_year, money, number, percent, significant
from public_value.methodology import Parameters, Saving
from public_value.models import Edition, SavingBasis, Scenario, Score, ScoreSaving
from public_value.presenters import ladder
from public_value.presenters.savings import amounts, central, estimate, in_prices, posts
from public_value.wording import GOVERNMENT_CLAIM, HEADLINE_CLAIM

GBP = "GBP"
_MILLION = 1_000_000


def of_edition(edition: Edition) -> dict | None:
    """The section of an edition's page, of bodies that existed on its day. Four queries.

    None where the edition was calculated before savings were.
    """
    if not edition.money:
        return None
    listed, parameters = Score.objects.of(edition).listed(), Parameters.from_json(edition.parameters)
    rows = list(
        ScoreSaving.objects.filter(score__in=listed)
        .values("basis", "scenario")
        .annotate(annual=Sum("annual"), npv10=Sum("npv10"), contracted=Sum("contracted"), bodies=Count("score"))
        .order_by("basis", "scenario")
    )
    first = ladder.of_edition(edition, rows)
    told = listed.aggregate(cost=Sum("own_cost"), bodies=Count("own_cost"))
    return {
        "rows": amounts(rows, parameters.saving.horizon),
        "bodies": {row["basis"]: number(row["bodies"]) for row in rows if row["scenario"] == Scenario.CENTRAL},
        "ladder": [
            *(first["rungs"] if first else []),
            *found(rows),
            *declared(told),
            *claims(edition, parameters.saving, told["cost"]),
        ],
        "realised": first,
        "posts": posts(edition, central(rows)),
        "prices": edition.base_financial_year,
    }


def found(rows: list[dict]) -> list[dict]:
    """The central saving a year of each basis."""
    names = {
        SavingBasis.DECLARED: (_("Identified"), _("a year, from costs and shares that bodies stated")),
        SavingBasis.MODELLED: (_("Modelled"), _("a year in other systems, whose cost or share is assumed")),
    }
    return [
        {"name": names[row["basis"]][0], "value": estimate(row["annual"]), "about": names[row["basis"]][1]}
        for row in rows
        if row["scenario"] == Scenario.CENTRAL
    ]


def declared(told: dict) -> list[dict]:
    if not told["bodies"]:
        return []
    about = _("a year, as stated by %(number)s bodies") % {"number": number(told["bodies"])}
    return [{"name": _("Cost of systems that bodies run themselves"), "value": estimate(told["cost"]), "about": about}]


def claims(edition: Edition, saving: Saving, cost: float | None) -> list[dict]:
    """The two claims and how much of the first one's base has been declared: of the United Kingdom's packs only."""
    if (edition.money["country"], edition.money["currency"]) != ("GB", GBP):
        return []
    words = HEADLINE_CLAIM["about"].format(reduction=percent(saving.headline_reduction))
    return [
        {"name": _("Coverage"), **coverage(edition, saving, cost)},
        {
            "name": HEADLINE_CLAIM["name"],
            "value": money(saving.headline_gbp, GBP),
            "about": f"{in_words(saving.headline_gbp, saving.headline_fy, edition)} {words}",
        },
        {
            "name": GOVERNMENT_CLAIM["name"],
            "value": money(GOVERNMENT_CLAIM["amount"], GBP),
            "about": GOVERNMENT_CLAIM["about"],
        },
    ]


def coverage(edition: Edition, saving: Saving, cost: float | None) -> dict:
    """Declared cost of own systems in parts per million of the base that the claim implies."""
    implied = saving.headline_gbp / saving.headline_reduction
    base = in_prices(implied, saving.headline_fy, edition)
    words = {"base": money(implied, GBP), "year": financial_year(saving.headline_fy)}
    if base is None:
        about = _(
            "The base that the claim below implies, %(base)s a year, is in prices of %(year)s; without a price index "
            "the two cannot be compared."
        )
        return {"value": _("not stated"), "about": about % words}
    about = _("of the base that the claim below implies, %(base)s a year in prices of %(year)s, is stated here")
    parts = number(significant(_MILLION * (cost or 0) / base), 1)
    return {"value": _("%(parts)s parts per million") % {"parts": parts}, "about": about % words}


def in_words(amount: float, year: str, edition: Edition) -> str:
    """In which prices an amount is, and what it is in those of the edition where that can be said."""
    stated = _("a year in prices of %(year)s") % {"year": financial_year(year)}
    real = in_prices(amount, year, edition)
    if real is None or year == edition.base_financial_year:
        return f"{stated}."
    now = {"amount": money(significant(real), GBP), "base": financial_year(edition.base_financial_year)}
    return _("%(stated)s, %(amount)s in prices of %(base)s.") % ({"stated": stated} | now)

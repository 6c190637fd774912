"""What sharing could save in a whole edition, and how that stands beside two claims about the United Kingdom.

A ladder, never an extrapolation: nothing is carried over from bodies that declared to bodies that did not.
"""

from typing import NamedTuple

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from commons.formatting import financial_year, money, number, percent, significant
from public_value.methodology import Parameters, Saving
from public_value.models import Edition, SavingBasis, Scenario, Score, ScoreSaving
from public_value.presenters.ladder import A_YEAR, Realised, contracted, realised, realised_of, rung
from public_value.presenters.savings import amounts, central, in_prices, posts
from public_value.wording import GOVERNMENT_CLAIM, HEADLINE_CLAIM

GBP = "GBP"
PER_MILLION = "parts_per_million"
_MILLION = 1_000_000


class Told(NamedTuple):
    """What the own systems of `tellers` bodies cost as they stated it, £ a year."""

    cost: float
    tellers: int


class Summed(NamedTuple):
    """`rows` {basis, scenario, annual, npv10, contracted, bodies} of the bases that there are, £; `realised` as
    `presenters.ladder.realised_of` gives it."""

    rows: list[dict]
    told: Told
    realised: Realised | None


def of_edition(edition: Edition, told: Told | None = None) -> dict | None:
    """The section of an edition's page, of bodies that existed on its day; `told` where it is known. Three queries at
    most.

    None where the edition was calculated before savings were.
    """
    if not edition.money:
        return None
    found, horizon = summed(edition, told), Parameters.from_json(edition.parameters).saving.horizon
    return {
        "rows": amounts(found.rows, horizon),
        "bodies": {basis: number(count) for basis, count in bodies(found.rows).items()},
        "ladder": rungs(edition, found),
        "realised": found.realised,
        "posts": posts(edition, central(found.rows)),
        "prices": edition.base_financial_year,
    }


def summed(edition: Edition, told: Told | None = None) -> Summed:
    """Two queries, and one more where it is not known what was told."""
    listed = Score.objects.of(edition).listed()
    rows = ScoreSaving.objects.filter(score__in=listed).values("basis", "scenario")
    sums = {name: Sum(name) for name in ("annual", "npv10", "contracted")}
    added = rows.annotate(**sums, bodies=Count("score"))
    told = told or Told(**listed.aggregate(cost=Sum("own_cost", default=0.0), tellers=Count("own_cost")))
    return Summed(list(added.order_by("basis", "scenario")), told, realised_of(edition, listed))


def bodies(rows: list[dict]) -> dict[str, int]:
    """How many bodies each basis is the sum of."""
    return {row["basis"]: row["bodies"] for row in rows if row["scenario"] == Scenario.CENTRAL}


def rungs(edition: Edition, found: Summed) -> list[dict]:
    """The ladder from its foot: rungs {code, name, amount, unit, value, about}, the amount also in words as `value`.

    None where the edition was calculated before savings were.
    """
    if not edition.money:
        return []
    saving = Parameters.from_json(edition.parameters).saving
    first = [realised(edition, found.realised), contracted(found.rows)] if found.realised else []
    return [*first, *identified(found.rows), *declared(found.told), *claims(edition, saving, found.told.cost)]


def identified(rows: list[dict]) -> list[dict]:
    """The central saving a year of each basis."""
    known = {
        SavingBasis.DECLARED: ("identified", _("Identified"), _("a year, from costs and shares that bodies stated")),
        SavingBasis.MODELLED: (
            "modelled",
            _("Modelled"),
            _("a year in other systems, whose cost or share is assumed"),
        ),
    }
    middle = [row for row in rows if row["scenario"] == Scenario.CENTRAL]
    named = [(*known[row["basis"]], row["annual"]) for row in middle]
    return [rung(code, name, amount, about) for code, name, about, amount in named]


def declared(told: Told) -> list[dict]:
    if not told.tellers:
        return []
    about = _("a year, as stated by %(number)s bodies") % {"number": number(told.tellers)}
    return [rung("own_systems", _("Cost of systems that bodies run themselves"), told.cost, about)]


def claims(edition: Edition, saving: Saving, cost: float) -> list[dict]:
    """The two claims and how much of the first one's base has been declared: of the United Kingdom's packs only."""
    if (edition.money["country"], edition.money["currency"]) != ("GB", GBP):
        return []
    words = HEADLINE_CLAIM["about"].format(reduction=percent(saving.headline_reduction))
    return [
        {"code": "coverage", "name": _("Coverage"), "unit": PER_MILLION, **coverage(edition, saving, cost)},
        {
            "code": "headline_claim",
            "name": HEADLINE_CLAIM["name"],
            "amount": saving.headline_gbp,
            "unit": A_YEAR,
            "value": money(saving.headline_gbp, GBP),
            "about": f"{in_words(saving.headline_gbp, saving.headline_fy, edition)} {words}",
        },
        {
            "code": "government_claim",
            "name": GOVERNMENT_CLAIM["name"],
            "amount": GOVERNMENT_CLAIM["amount"],
            "unit": A_YEAR,
            "value": money(GOVERNMENT_CLAIM["amount"], GBP),
            "about": GOVERNMENT_CLAIM["about"],
        },
    ]


def coverage(edition: Edition, saving: Saving, cost: float) -> dict:
    """Declared cost of own systems in parts per million of the base that the claim implies."""
    implied = saving.headline_gbp / saving.headline_reduction
    base = in_prices(implied, saving.headline_fy, edition)
    words = {"base": money(implied, GBP), "year": financial_year(saving.headline_fy)}
    if base is None:
        about = _(
            "The base that the claim below implies, %(base)s a year, is in prices of %(year)s; without a price index "
            "the two cannot be compared."
        )
        return {"amount": None, "value": _("not stated"), "about": about % words}
    about = _("of the base that the claim below implies, %(base)s a year in prices of %(year)s, is stated here")
    parts = significant(_MILLION * cost / base)
    value = _("%(parts)s parts per million") % {"parts": number(parts, 1)}
    return {"amount": parts, "value": value, "about": about % words}


def in_words(amount: float, year: str, edition: Edition) -> str:
    """In which prices an amount is, and what it is in those of the edition where that can be said."""
    stated = _("a year in prices of %(year)s") % {"year": financial_year(year)}
    real = in_prices(amount, year, edition)
    if real is None or year == edition.base_financial_year:
        return f"{stated}."
    now = {"amount": money(significant(real), GBP), "base": financial_year(edition.base_financial_year)}
    return _("%(stated)s, %(amount)s in prices of %(base)s.") % ({"stated": stated} | now)

"""A function's whole case for sharing: what all bodies that run systems of their own for it would save together."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncQuarter
from django.utils.translation import gettext as _

from catalogue.models import Function, Lifecycle
from commons.formatting import money, number
from public_value.methodology import Parameters
from public_value.models import Edition, EditionComment, RowKind, SavingBasis, Scenario, Score, ScoreLine
from public_value.presenters.edition import breadcrumbs
from public_value.presenters.savings import amounts, over

MOST_CANDIDATES = 50
COUNTS = ("systems", "bodies", "paused", "cases", "saving", "unprofitable", "priced")
_SUMS = {f"{what}_{name}": Sum(f"case_{what}_{name}") for what in ("annual", "npv") for name in Scenario.values}


def page(edition: Edition, function: Function) -> dict:
    """Four queries. Sums are made scenario by scenario; what is stated and what is assumed stay apart."""
    horizon = Parameters.from_json(edition.parameters).saving.horizon
    told, offers = told_of(edition, function), candidates(edition, function)
    return {
        "edition": edition,
        "function": function,
        "figures": {name: number(told[name]) for name in COUNTS}
        | {"any": told["systems"], "any_paused": told["paused"]},
        "cost": money(told["stated_cost"]) if told["priced"] else "",
        "rows": amounts(sums(edition, function), horizon),
        "prices": edition.base_financial_year,
        "quarters": quarters(contract_ends(edition, function)),
        "candidates": [one | {name: money(one[name]) for name in ("price", "fee")} for one in offers[:MOST_CANDIDATES]],
        "more_candidates": number(len(offers) - MOST_CANDIDATES) if len(offers) > MOST_CANDIDATES else "",
        "over": over(horizon),
        "breadcrumbs": breadcrumbs(edition, function.name),
    }


def told_of(edition: Edition, function: Function) -> dict:
    """COUNTS of systems that bodies run themselves, and the `stated_cost` of those that are `priced`, £ a year.

    What its body disputes is `paused`: a system of a body, and in nothing else here."""
    open_ones = not_paused(edition, function)
    return own_systems(edition, function).aggregate(
        systems=Count("pk"),
        bodies=Count("score", distinct=True),
        paused=Count("pk", filter=~open_ones),
        cases=Count("pk", filter=open_ones & Q(case_cost__isnull=False)),
        saving=Count("pk", filter=open_ones & Q(case_annual_central__gt=0)),
        unprofitable=Count("pk", filter=open_ones & Q(case_npv_central__lt=0)),
        priced=Count("cost", filter=open_ones),
        stated_cost=Sum("cost", filter=open_ones),
    )


def own_systems(edition: Edition, function: Function) -> QuerySet[ScoreLine]:
    """Of bodies that existed on the edition's day."""
    listed = Score.objects.of(edition).listed()
    return ScoreLine.objects.filter(score__in=listed, function=function, kind=RowKind.DUPLICATE)


def not_paused(edition: Edition, function: Function) -> Q:
    """Lines of the function whose body does not dispute it."""
    disputes = EditionComment.objects.about(edition.label, edition.revision).pausing().filter(function=function)
    return ~Q(score__organisation__in=disputes.values("organisation"))


def sums(edition: Edition, function: Function) -> list[dict]:
    """{basis, scenario, annual, npv10} of every basis that has a case."""
    priced = own_systems(edition, function).filter(not_paused(edition, function), case_cost__isnull=False)
    added = priced.values("case_modelled").annotate(**_SUMS).order_by("case_modelled")
    return [
        {
            "basis": SavingBasis.MODELLED if row["case_modelled"] else SavingBasis.DECLARED,
            "scenario": scenario,
            "annual": row[f"annual_{scenario}"],
            "npv10": row[f"npv_{scenario}"],
        }
        for row in added
        for scenario in Scenario.values
    ]


def contract_ends(edition: Edition, function: Function) -> dict:
    """How many contracts had `ended` by the edition's day, end in each quarter after it (by its first day, where there
    are any), and do not say (`not_stated`)."""
    counted = own_systems(edition, function).annotate(quarter=TruncQuarter("declaration__contract_end"))
    ended = Count("pk", filter=Q(declaration__contract_end__lte=edition.snapshot_date))
    grouped = counted.values("quarter").annotate(systems=Count("pk"), ended=ended)
    rows = list(grouped.order_by(F("quarter").asc(nulls_last=True)))
    to_come = [(row["quarter"], row["systems"] - row["ended"]) for row in rows if row["quarter"]]
    return {
        "ended": sum(row["ended"] for row in rows),
        "quarters": [(first, systems) for first, systems in to_come if systems],
        "not_stated": sum(row["systems"] for row in rows if row["quarter"] is None),
    }


def quarters(found: dict) -> list[dict]:
    """First those that had ended, last the silent."""
    to_come = [(quarter_words(first), systems) for first, systems in found["quarters"]]
    ends = (_("ended by the edition’s day"), found["ended"]), (_("end not stated"), found["not_stated"])
    said = [ends[0], *to_come, ends[1]]
    return [{"label": label, "systems": number(count)} for label, count in said if count]


def quarter_words(first: date) -> str:
    return _("%(first)s to %(last)s") % {
        "first": f"{first:%B}",
        "last": f"{date(first.year, first.month + 2, 1):%B %Y}",
    }


def candidates(edition: Edition, function: Function) -> list[dict]:
    """Shared components on offer for it, from A to Z, at the prices of the edition: £ a transaction, £ a year."""
    offers = edition.offers.filter(function=function).exclude(component__lifecycle=Lifecycle.DRAFT)
    fields = ("component__slug", "component__name", "price", "fee")
    rows: Iterable[tuple] = offers.order_by("component__name", "component__slug").values_list(*fields).distinct()
    return [{"slug": slug, "name": name, "price": price, "fee": fee} for slug, name, price, fee in rows]

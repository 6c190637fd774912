"""A function's whole case for sharing: what all bodies that run systems of their own for it would save together."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncQuarter
from django.utils.translation import gettext as _

from catalogue.models import Function, Lifecycle
from commons.formatting import money, number
from public_value.methodology import Parameters
from public_value.models import Edition, RowKind, SavingBasis, Scenario, Score, ScoreLine
from public_value.presenters.edition import breadcrumbs
from public_value.presenters.savings import amounts, over

MOST_CANDIDATES = 50
_SUMS = {f"{what}_{name}": Sum(f"case_{what}_{name}") for what in ("annual", "npv") for name in Scenario.values}


def page(edition: Edition, function: Function) -> dict:
    """Four queries. Sums are made scenario by scenario; what is stated and what is assumed stay apart."""
    systems, horizon = own_systems(edition, function), Parameters.from_json(edition.parameters).saving.horizon
    figures = systems.aggregate(
        systems=Count("pk"),
        bodies=Count("score", distinct=True),
        cases=Count("pk", filter=Q(case_cost__isnull=False)),
        saving=Count("pk", filter=Q(case_annual_central__gt=0)),
        unprofitable=Count("pk", filter=Q(case_npv_central__lt=0)),
        priced=Count("cost"),
        stated=Sum("cost"),
    )
    offers = candidates(edition, function)
    return {
        "edition": edition,
        "function": function,
        "figures": {name: number(value) for name, value in figures.items() if name != "stated"}
        | {"any": figures["systems"]},
        "cost": money(figures["stated"]) if figures["priced"] else "",
        "rows": amounts(sums(systems), horizon),
        "prices": edition.base_financial_year,
        "quarters": quarters(systems, edition.snapshot_date),
        "candidates": offers[:MOST_CANDIDATES],
        "more_candidates": number(len(offers) - MOST_CANDIDATES) if len(offers) > MOST_CANDIDATES else "",
        "over": over(horizon),
        "breadcrumbs": breadcrumbs(edition, function.name),
    }


def own_systems(edition: Edition, function: Function) -> QuerySet[ScoreLine]:
    """Of bodies that existed on the edition's day."""
    listed = Score.objects.of(edition).listed()
    return ScoreLine.objects.filter(score__in=listed, function=function, kind=RowKind.DUPLICATE)


def sums(systems: QuerySet[ScoreLine]) -> list[dict]:
    """{basis, scenario, annual, npv10} of every basis that has a case."""
    added = systems.filter(case_cost__isnull=False).values("case_modelled").annotate(**_SUMS).order_by("case_modelled")
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


def quarters(systems: QuerySet[ScoreLine], day: date) -> list[dict]:
    """Contracts that end in each quarter after the edition's day; first those that had ended, last the silent."""
    counted = systems.annotate(quarter=TruncQuarter("declaration__contract_end")).values("quarter")
    rows = list(
        counted.annotate(systems=Count("pk"), ended=Count("pk", filter=ended(day))).order_by(
            F("quarter").asc(nulls_last=True)
        )
    )
    gone, silent = sum(row["ended"] for row in rows), sum(row["systems"] for row in rows if row["quarter"] is None)
    to_come = [(quarter_words(row["quarter"]), row["systems"] - row["ended"]) for row in rows if row["quarter"]]
    said = [(_("ended by the edition’s day"), gone), *to_come, (_("end not stated"), silent)]
    return [{"label": label, "systems": number(count)} for label, count in said if count]


def ended(day: date) -> Q:
    return Q(declaration__contract_end__lte=day)


def quarter_words(first: date) -> str:
    return _("%(first)s to %(last)s") % {
        "first": f"{first:%B}",
        "last": f"{date(first.year, first.month + 2, 1):%B %Y}",
    }


def candidates(edition: Edition, function: Function) -> list[dict]:
    """Shared components on offer for it, from A to Z, at the prices of the edition."""
    offers = edition.offers.filter(function=function).exclude(component__lifecycle=Lifecycle.DRAFT)
    fields = ("component__slug", "component__name", "price", "fee")
    rows: Iterable[dict] = offers.order_by("component__name", "component__slug").values(*fields).distinct()
    return [
        {
            "slug": row["component__slug"],
            "name": row["component__name"],
            "price": money(row["price"]),
            "fee": money(row["fee"]),
        }
        for row in rows
    ]

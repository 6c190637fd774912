"""What the bodies that run a system of their own disclose: cost, contracts and reasons. What expired is left out."""

from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, Concat, ExtractQuarter, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.presenters import words
from commons import formatting
from registry import sums

REASONS_SHOWN = 10
QUARTERS = {1: "January to March", 2: "April to June", 3: "July to September", 4: "October to December"}


def disclosed(counted: QuerySet, figures: dict[str, Any]) -> dict:
    """`counted` are the own systems that count; `figures` what `function.answers` found about them."""
    groups: dict[str, list[tuple[str, int]]] = {"quarter": [], "reason": [], "cost": []}
    for what, value, systems in grouped(counted):
        groups[what].append((value, systems))
    return {
        "headline": headline(figures),
        "cost": cost(figures),
        "kept_back": kept_back([Decimal(cost) for cost, _systems in groups["cost"]], figures),
        "quarters": [{"label": quarter(value), "systems": systems} for value, systems in sorted(groups["quarter"])],
        "reasons": reasons(groups["reason"]),
    }


def headline(figures: dict[str, Any]) -> str:
    """“349 separate systems run by 349 public bodies”."""
    return _("%(systems)s run by %(bodies)s") % {
        "systems": words.own_systems(figures["systems"]),
        "bodies": words.bodies(figures["own"]),
    }


def cost(figures: dict[str, Any]) -> dict:
    """The range of the yearly costs that were disclosed, of how many systems, and in the prices of which years."""
    years = sorted({year for year in (figures["first_year"], figures["last_year"]) if year})
    return {
        "low": formatting.money(figures["low"], figures["currency"]),
        "high": formatting.money(figures["high"], figures["currency"]),
        "priced": figures["priced"],
        "years": [formatting.financial_year(year) for year in years],
    }


def kept_back(costs: list[Decimal], figures: dict[str, Any]) -> str:
    """How many bodies keep their costs back, and what all systems cost together where that gives none of them away."""
    kept = sums.kept_back(costs)
    if not kept.bodies:
        return ""
    said = ngettext(
        "%(count)s body keeps back what its systems cost.",
        "%(count)s bodies keep back what their systems cost.",
        kept.bodies,
    ) % {"count": formatting.number(kept.bodies)}
    total = sums.together(figures["stated"], kept)
    if total is None:
        return said
    return f"{said} " + _("With theirs, it comes to about %(sum)s a year.") % {
        "sum": formatting.money(total, figures["currency"])
    }


def grouped(counted: QuerySet) -> QuerySet:
    """(what, value, systems): how many contracts end in each quarter, how many systems have each reason, and what each
    body keeps back of its costs."""
    ends_in = Concat(ExtractYear("contract_end"), Value("-"), ExtractQuarter("contract_end"), output_field=CharField())
    ending = counted.exclude(contract_end=None).annotate(value=ends_in)
    reasoned = counted.exclude(reason="").annotate(value=F("reason"))
    held = sums.costs_kept_back(counted).annotate(
        what=Value("cost", output_field=CharField()), value=Cast("cost", CharField()), systems=Count("pk")
    )
    costs = held.values_list("what", "value", "systems")
    return tally(ending, "quarter").union(tally(reasoned, "reason"), costs, all=True)


def tally(rows: QuerySet, what: str) -> QuerySet:
    named = rows.order_by().annotate(what=Value(what, output_field=CharField()))
    return named.values_list("what", "value").annotate(systems=Count("pk"))


def quarter(value: str) -> str:
    """“April to June 2027”, from “2027-2”."""
    year, number = value.split("-")
    return f"{QUARTERS[int(number)]} {year}"


def reasons(found: list[tuple[str, int]]) -> list[dict]:
    """Why a shared component is not used, in the bodies' own words, the commonest first."""
    ordered = sorted(found, key=lambda one: (-one[1], one[0]))[:REASONS_SHOWN]
    return [{"reason": reason, "systems": words.own_systems(systems)} for reason, systems in ordered]

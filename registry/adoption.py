"""How far many bodies share: coverage, components, separate copies and contracts, counted by the database.

Every question is about the bodies in a `bodies` QuerySet, counts only what was confirmed in three years, and gives
how many bodies a sum of money comes from, so that a page can keep back sums of a few.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncQuarter

from catalogue.models import Lifecycle
from registry.answers import kind_of_body
from registry.listings.declarations import CURRENCY
from registry.models import Declaration, Organisation


class Group(NamedTuple):
    """Bodies that are alike: `declared` have said anything, `fresh` anything that still counts."""

    kind: str
    slug: str
    label: str
    nation: str
    region: str
    bodies: int
    declared: int
    fresh: int


def groups(on: date) -> Iterator[Group]:
    """Every existing body once, in groups of one kind, nation and region."""
    said = Declaration.objects.listed().current().filter(organisation=OuterRef("pk"))
    grouped = (
        Organisation.objects.existing(on)
        .annotate(kind=kind_of_body(), has_declared=Exists(said), has_fresh=Exists(said.fresh(on)))
        .order_by()
        .values_list("kind", "peer_group__slug", "peer_group__label", "nation", "region")
        .annotate(
            bodies=Count("pk"),
            declared=Count("pk", filter=Q(has_declared=True)),
            fresh=Count("pk", filter=Q(has_fresh=True)),
        )
    )
    for kind, slug, label, *rest in grouped:
        yield Group(kind, slug or "", label or "", *rest)


def counting(bodies: QuerySet, on: date, functions: list[int] | None) -> QuerySet:
    """What those bodies say that counts; `functions` None: for every function."""
    said = Declaration.objects.listed().current().fresh(on).filter(organisation__in=bodies).order_by()
    return said if functions is None else said.filter(function__in=functions)


def most_used(said: QuerySet, number: int) -> list[dict[str, Any]]:
    """{slug, name, bodies} of the components that most bodies use."""
    used = said.in_use().exclude(component__lifecycle=Lifecycle.DRAFT)
    rows = used.values(slug=F("component__slug"), name=F("component__name"))
    return list(rows.annotate(bodies=Count("organisation", distinct=True)).order_by("-bodies", "name", "slug")[:number])


def copies(said: QuerySet, number: int) -> list[dict[str, Any]]:
    """The functions with most separate systems: systems, bodies, the range of costs and who disclosed them."""
    priced = Q(annual_cost__isnull=False)
    rows = said.duplicates().values(
        currency=CURRENCY, key=F("function_id"), slug=F("function__slug"), name=F("function__name")
    )
    return list(
        rows.annotate(
            systems=Count("pk"),
            bodies=Count("organisation", distinct=True),
            disclosing=Count("organisation", distinct=True, filter=priced),
            low=Min("annual_cost"),
            high=Max("annual_cost"),
            first_year=Min("price_fy", filter=priced & ~Q(price_fy="")),
            last_year=Max("price_fy", filter=priced & ~Q(price_fy="")),
        )
        .filter(systems__gt=1)
        .order_by("-systems", "name", "slug")[:number]
    )


def reasons(said: QuerySet, functions: list[int], number: int) -> dict[int, list[tuple[str, int]]]:
    """By function id, the commonest stated reasons for a system of one's own and how many systems have each."""
    rows = said.duplicates().filter(function__in=functions).exclude(reason="").values_list("function_id", "reason")
    found: dict[int, list[tuple[str, int]]] = {}
    for function, reason, systems in rows.annotate(systems=Count("pk")).order_by("function_id", "-systems", "reason"):
        if len(found.setdefault(function, [])) < number:
            found[function].append((reason, systems))
    return found


class Ending(NamedTuple):
    """Contracts for one function that end in one quarter. `cost` is what `disclosing` bodies state for a year."""

    slug: str
    name: str
    quarter: date
    currency: str
    systems: int
    bodies: int
    disclosing: int
    cost: Decimal | None


def ending_together(said: QuerySet, on: date, number: int) -> list[Ending]:
    """Where at least two contracts end in one quarter, from today on, the soonest first."""
    rows = (
        said.duplicates()
        .filter(contract_end__gte=on)
        .annotate(quarter=TruncQuarter("contract_end"), currency=CURRENCY)
        .values_list("function__slug", "function__name", "quarter", "currency")
        .annotate(
            systems=Count("pk"),
            bodies=Count("organisation", distinct=True),
            disclosing=Count("organisation", distinct=True, filter=Q(annual_cost__isnull=False)),
            cost=Sum("annual_cost"),
        )
        .filter(systems__gt=1)
        .order_by("quarter", "-systems", "function__name")
    )
    return [Ending(*row) for row in rows[:number]]

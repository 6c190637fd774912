"""Sums of what bodies pay. One that few stand behind tells what one of them pays, so it is not shown anywhere.

A sum may take in costs that bodies keep back, as long as nobody can work out one of them from it: enough bodies keep
theirs back, no one of them makes up most of that, it is rounded, and it is of all bodies that exist, never of a
choice of them, because two such sums would differ by one body's cost.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet, Sum

from registry.models import Withheld

LARGEST_PART = Decimal("0.5")  # of what is kept back, that one body's may be
FIGURES = 2  # significant ones of a sum that takes in what is kept back


def is_shown(bodies: int) -> bool:
    """Whether a sum may be shown that so many bodies stand behind."""
    return bodies >= settings.SUMS_FROM_BODIES


class KeptBack(NamedTuple):
    """What bodies keep back of their costs: how many do, and what it comes to, None where that would give one away."""

    bodies: int
    total: Decimal | None


def costs_kept_back(declarations: QuerySet) -> QuerySet:
    """A row for each body that keeps costs of these declarations back: what they come to, as `cost`."""
    held = Withheld.objects.filter(field="annual_cost", declaration__in=declarations).order_by()
    return held.values("declaration__organisation").annotate(cost=Sum("amount"))


def kept_back(costs: Collection[Decimal]) -> KeptBack:
    """Of what each body keeps back: of all bodies that exist and keep anything back, one cost a body."""
    total = sum(costs, Decimal(0))
    safe = is_shown(len(costs)) and max(costs) <= LARGEST_PART * total
    return KeptBack(len(costs), total if safe else None)


def together(stated: Decimal | None, kept: KeptBack) -> Decimal | None:
    """What is stated and what is kept back, rounded to two significant figures; None where that may not be shown."""
    if kept.total is None:
        return None
    total = (stated or Decimal(0)) + kept.total
    return round(total, FIGURES - 1 - total.adjusted()) if total else total

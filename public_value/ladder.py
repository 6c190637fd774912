"""The ladder of an edition in figures, and the list of what its first rung is the sum of."""

from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from commons.formatting import significant
from commons.listing import Asked, Column, QueryListing, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from public_value.models import Edition, RealisedSaving, SavingBasis, Scenario, Score, ScoreSaving
from public_value.models.realised import ENOUGH, STRONG
from registry.models import Evidence

WEAK = next(grade for grade in ENOUGH if grade not in STRONG)
RUNGS = {
    "realised": "Stated cost of ended systems less that of what is shared instead, both at E2 or better; may be "
    "negative.",
    "realised_at_e1": "The same where one of the two is at E1 only. Not in `realised`.",
    "contracted": "Part of `identified`, never to be added to it: the body has stated at E1 or better that it plans, "
    "tries or partly uses a shared component.",
    "identified": "Central saving where cost and share are stated.",
    "modelled": "Central saving where one of them is assumed.",
}


class RealisedListing(QueryListing):
    """What bodies have saved by sharing, as far as they stated both costs, from A to Z.

    Amounts are a year in prices of the edition's base year. `saving` is `before` less `after` and may be negative. Only
    those with `evidence` E2 or E3 are in the rung that is called realised.
    """

    name = "realised"
    columns = (
        Column("organisation", "Organisation", kind="ref"),
        Column("function", "Function", kind="ref"),
        Column("evidence", "Evidence", "Of the weakest of the costs.", kind="choice", choices=dict(Evidence.choices)),
        Column("before", "Cost before", "Of the systems that ended.", kind="number"),
        Column("after", "Cost after", "Of the adoptions in their place.", kind="number"),
        Column("saving", "Saving", kind="number"),
        Column("since", "Day of the change", "It counts for three years from then.", kind="date"),
    )
    sorts = (Sort("organisation", "A to Z", ("score__organisation__name", "function__name")),)
    default_sort = "organisation"
    fields = {
        "organisation_slug": "score__organisation__slug",
        "organisation_name": "score__organisation__name",
        "function_slug": "function__slug",
        "function_name": "function__name",
        **{name: name for name in ("evidence", "before", "after", "saving", "since")},
    }

    def __init__(self, edition: Edition | None = None) -> None:
        self.edition = edition

    def base(self, asked: Asked) -> QuerySet:
        return RealisedSaving.objects.of(self.edition)

    def row(self, values: Row) -> Row:
        amounts = {name: round(values[name], 2) for name in ("before", "after", "saving")}
        refs = {name: reference(values, name) for name in ("organisation", "function")}
        return labelled(self.columns, values | amounts | refs)


def realised_sums(scores: QuerySet[Score]) -> dict[str, dict[str, Any]]:
    """By evidence of the weakest cost: `saving` a year, `cells` and `bodies`. One query."""
    rows = RealisedSaving.objects.filter(score__in=scores).values("evidence").order_by("evidence")
    saving = Sum(F("before") - F("after"))
    added = rows.annotate(total=saving, cells=Count("pk"), bodies=Count("score", distinct=True))
    return {row["evidence"]: {"saving": row["total"], "cells": row["cells"], "bodies": row["bodies"]} for row in added}


def figures(edition: Edition, scores: QuerySet[Score]) -> dict[str, float | None] | None:
    """RUNGS of the given scores of an edition, £ a year in full precision; None for a rung on which nothing stands.

    None as a whole where the edition was calculated before realised savings were. Two queries.
    """
    if edition.realised_unpriced is None:
        return None
    found = {grade: sums["saving"] for grade, sums in realised_sums(scores).items()}
    savings = ScoreSaving.objects.filter(score__in=scores, scenario=Scenario.CENTRAL).values("basis").order_by("basis")
    rows = savings.annotate(annual=Sum("annual"), contracted=Sum("contracted"))
    by_basis = {row["basis"]: row for row in rows}
    declared, modelled = by_basis.get(SavingBasis.DECLARED), by_basis.get(SavingBasis.MODELLED)
    return {
        "realised": total([found[grade] for grade in STRONG if grade in found]),
        "realised_at_e1": found.get(WEAK),
        "contracted": declared and declared["contracted"],
        "identified": declared and declared["annual"],
        "modelled": modelled and modelled["annual"],
    }


def total(amounts: list[float]) -> float | None:
    return sum(amounts) if amounts else None


def rounded(edition: Edition) -> dict[str, float | None] | None:
    """The rungs of listed bodies to two significant figures: as much as an estimate can carry."""
    found = figures(edition, Score.objects.of(edition).listed())
    return found and {name: significant(amount) for name, amount in found.items()}

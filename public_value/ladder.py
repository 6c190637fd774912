"""The ladder of an edition in figures, and the list of what its first rung is the sum of."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, JSONField, QuerySet, Sum
from django.db.models.functions import JSONObject

from commons.listing import Asked, Column, QueryListing, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from public_value.models import Edition, RealisedSaving, SavingBasis, Scenario, Score, ScoreSaving
from public_value.models.realised import ENOUGH, STRONG
from registry.models import Evidence

WEAK = next(grade for grade in ENOUGH if grade not in STRONG)
MOST_CASES = 20  # that are named beside their sum


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
    """By evidence of the weakest cost: `saving` a year, `cells`, and the first MOST_CASES of them by name as `cases`
    {organisation, name, function, function_name, before, after, since}. One query."""
    rows = RealisedSaving.objects.filter(score__in=scores).values("evidence").order_by("evidence")
    case = JSONObject(
        organisation="score__organisation__slug",
        name="score__organisation__name",
        function="function__slug",
        function_name="function__name",
        **{name: name for name in ("before", "after", "since")},
    )
    named = ArrayAgg(case, order_by=("score__organisation__name", "function__name", "function__slug"))
    first = Func(named, template=f"(%(expressions)s)[:{MOST_CASES}]", output_field=ArrayField(JSONField()))
    added = rows.annotate(total=Sum(F("before") - F("after")), cells=Count("pk"), cases=first)
    return {row["evidence"]: {"saving": row["total"], "cells": row["cells"], "cases": row["cases"]} for row in added}


def figures(edition: Edition, scores: QuerySet[Score]) -> dict[str, float | None] | None:
    """The lower rungs of the ladder for the given scores of an edition, £ a year in full precision; None for a rung on
    which nothing stands, and as a whole where the edition was calculated before realised savings were. Two queries.

    `realised`: stated cost of ended systems less that of what is shared instead, both at E2 or better, maybe negative;
    `realised_at_e1`: the same where one is at E1 only; `contracted`: a part of `identified`; `modelled`.
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

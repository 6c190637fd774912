"""The first two rungs of the ladder in words, and the cases that the first one is the sum of."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.formatting import number, significant
from public_value.evidence.basis import SETTLED_DAYS
from public_value.evidence.ladder import COUNTED_YEARS
from public_value.ladder import MOST_CASES, WEAK, realised_sums
from public_value.models import Edition, SavingBasis, Scenario, Score
from public_value.models.realised import STRONG
from public_value.presenters.savings import estimate

A_YEAR = "a_year"


class Realised(NamedTuple):
    """`sums` as `ladder.realised_sums` gives them; the first `cases` in words, of `total`."""

    sums: dict[str, dict]
    cases: list[dict]
    total: int


def realised_of(edition: Edition, scores: QuerySet[Score]) -> Realised | None:
    """Of the given scores of an edition; None where it was calculated before there was such a rung. One query."""
    if edition.realised_unpriced is None:
        return None
    sums = realised_sums(scores)
    found = [one | {"evidence": grade} for grade, of_grade in sums.items() for one in of_grade["cases"]]
    found.sort(key=lambda one: (one["name"], one["function_name"], one["function"]))
    return Realised(sums, [case_words(one) for one in found[:MOST_CASES]], sum(one["cells"] for one in sums.values()))


def rung(code: str, name: str, amount: float | None, about: str) -> dict:
    """One of money a year, to two significant figures; None where nothing stands on it."""
    value = _("none yet") if amount is None else estimate(amount)
    return {
        "code": code,
        "name": name,
        "amount": significant(amount),
        "unit": A_YEAR,
        "value": value,
        "about": about,
    }


def realised(edition: Edition, found: Realised) -> dict:
    strong = [found.sums[grade] for grade in STRONG if grade in found.sums]
    weak, amount = found.sums.get(WEAK), None
    if strong:
        amount = sum(one["saving"] for one in strong)
        cells = sum(one["cells"] for one in strong)
        about = ngettext(
            "a year, in %(cells)s case that states both costs, before and after, each confirmed (E2 or better).",
            "a year, in %(cells)s cases that state both costs, before and after, each confirmed (E2 or better).",
            cells,
        ) % {"cells": number(cells)}
    else:
        about = _("Nobody has yet stated both costs, before and after, each confirmed (E2).")
    more = _("%(amount)s more a year at E1, where a public source shows both.")
    unpriced = _("Ended systems that are not counted, because the year of their price has no index: %(number)s.")
    said = [
        about,
        more % {"amount": estimate(weak["saving"])} if weak else "",
        unpriced % {"number": number(edition.realised_unpriced)} if edition.realised_unpriced else "",
    ]
    return rung("realised", _("Realised"), amount, " ".join(filter(None, said)))


def contracted(rows: list[dict]) -> dict:
    """Part of what is identified: said so, and never added to it. `rows` are the sums by basis and scenario."""
    amount = begun(rows)
    about = _(
        "a year of the identified saving below, and never to be added to it: these bodies have stated, with a public "
        "source (E1) or better, that they plan, try or partly use a shared component for the function."
    )
    if not amount:
        about = _("No body with an identified saving has stated, with a public source (E1), that its move has begun.")
    return rung("contracted", _("Contracted"), amount or None, about)


def begun(rows: list[dict]) -> float:
    wanted = (SavingBasis.DECLARED, Scenario.CENTRAL)
    return next((row["contracted"] or 0.0 for row in rows if (row["basis"], row["scenario"]) == wanted), 0.0)


def case_words(one: dict) -> dict:
    return {
        "body": {"slug": one["organisation"], "name": one["name"]},
        "function": {"slug": one["function"], "name": one["function_name"]},
        "evidence": one["evidence"],
        "before": estimate(one["before"]),
        "after": estimate(one["after"]),
        "saving": estimate(one["before"] - one["after"]),
        "since": parse_date(one["since"]),
    }


def explained() -> list[dict]:
    """What each rung is, for the page of the method."""
    figures = {"years": number(COUNTED_YEARS), "days": number(SETTLED_DAYS)}
    said = [
        (
            _("Realised"),
            _(
                "A body ended a system of its own and uses a shared component for the same function, in whole or in "
                "part and for %(days)s days or more. What is saved is the cost of the systems that ended, as it was "
                "last stated, less the cost of all adoptions for the function. Both must be stated with evidence E2 or "
                "better; what E1 would add is told in words. It may be below nothing. It counts for %(years)s years "
                "from the day of the change: the first day of the adoption or, where that is later, the last day on "
                "which the old system was confirmed. A price whose year has no index is not counted. What bodies pay "
                "to the steward of a component is in their cost, and what the steward spends is not taken off again."
            ),
        ),
        (
            _("Contracted"),
            _(
                "Our reading, since the method names this rung and does not define it: the part of the identified "
                "saving in functions for which the body has stated, with evidence E1 or better, that it plans, tries "
                "or partly uses a shared component. What is live for less than %(days)s days is a trial still."
            ),
        ),
        (_("Identified"), _("The central saving of systems whose cost and share are stated.")),
        (_("Modelled"), _("The central saving of systems whose cost or share is assumed.")),
        (
            _("Coverage and claims"),
            _("How much of the base that a claim implies has been stated here, and what others say could be saved."),
        ),
    ]
    return [{"name": name, "text": text % figures} for name, text in said]

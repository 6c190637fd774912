"""The first two rungs of the ladder in words, and the cases that the first one is the sum of."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.formatting import number
from public_value.evidence.basis import SETTLED_DAYS
from public_value.evidence.ladder import COUNTED_YEARS
from public_value.ladder import WEAK, realised_sums
from public_value.models import Edition, RealisedSaving, SavingBasis, Scenario, Score
from public_value.models.realised import STRONG
from public_value.presenters.savings import estimate

MOST_CASES = 20


def of_edition(edition: Edition, rows: list[dict]) -> dict | None:
    """`rungs` and the `cases` of the first. `rows` are the sums of `ScoreSaving` by basis and scenario. Two queries.

    None where the edition was calculated before there were such rungs.
    """
    if edition.realised_unpriced is None:
        return None
    found = RealisedSaving.objects.of(edition)
    counted = realised_sums(Score.objects.of(edition).listed())
    total = sum(one["cells"] for one in counted.values())
    return {
        "rungs": [realised(edition, counted), contracted(rows)],
        "cases": [case_words(one) for one in listed(found)] if total else [],
        "total": total,
    }


def listed(found: QuerySet[RealisedSaving]) -> list[RealisedSaving]:
    related = found.select_related("score__organisation", "function")
    return list(related.order_by("score__organisation__name", "function__name", "pk")[:MOST_CASES])


def realised(edition: Edition, counted: dict[str, dict]) -> dict:
    strong = [counted[grade] for grade in STRONG if grade in counted]
    weak = counted.get(WEAK)
    if strong:
        value = estimate(sum(one["saving"] for one in strong))
        cells = sum(one["cells"] for one in strong)
        about = ngettext(
            "a year, in %(cells)s case that states both costs, before and after, each confirmed (E2 or better).",
            "a year, in %(cells)s cases that state both costs, before and after, each confirmed (E2 or better).",
            cells,
        ) % {"cells": number(cells)}
    else:
        value, about = _("none yet"), _("Nobody has yet stated both costs, before and after, each confirmed (E2).")
    more = _("%(amount)s more a year at E1, where a public source shows both.")
    unpriced = _("Ended systems that are not counted, because the year of their price has no index: %(number)s.")
    said = [
        about,
        more % {"amount": estimate(weak["saving"])} if weak else "",
        unpriced % {"number": number(edition.realised_unpriced)} if edition.realised_unpriced else "",
    ]
    return {"name": _("Realised"), "value": value, "about": " ".join(filter(None, said))}


def contracted(rows: list[dict]) -> dict:
    """Part of what is identified: said so, and never added to it."""
    amount = begun(rows)
    about = _(
        "a year of the identified saving below, and never to be added to it: these bodies have stated, with a public "
        "source (E1) or better, that they plan, try or partly use a shared component for the function."
    )
    if not amount:
        about = _("No body with an identified saving has stated, with a public source (E1), that its move has begun.")
    return {"name": _("Contracted"), "value": estimate(amount) if amount else _("none yet"), "about": about}


def begun(rows: list[dict]) -> float:
    wanted = (SavingBasis.DECLARED, Scenario.CENTRAL)
    return next((row["contracted"] or 0.0 for row in rows if (row["basis"], row["scenario"]) == wanted), 0.0)


def case_words(one: RealisedSaving) -> dict:
    return {
        "body": one.score.organisation,
        "function": one.function,
        "evidence": one.evidence,
        "before": estimate(one.before),
        "after": estimate(one.after),
        "saving": estimate(one.saving),
        "since": one.since,
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

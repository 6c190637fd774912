"""One component's page: what it is, how to use it, who does, how it fits, and what became of it."""

from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Component, Lifecycle
from catalogue.presenters import fit, offer, past, reviews, scorecard, usage, words
from catalogue.presenters.component_rows import described
from commons import formatting
from registry.models import ObjectState
from registry.presenters.under_review import in_words
from registry.scorecard import held

LEAD = 280
ENDING = (Lifecycle.DEPRECATED, Lifecycle.RETIRED)


def found(slug: str, on: date) -> Component:
    """The listed component with what its page needs beside it, read in one question. Raises Http404."""
    return get_object_or_404(listed(on), slug=slug)


@lru_cache(maxsize=1)
def listed(on: date) -> QuerySet[Component]:
    """Kept for the day and never read itself: to put this question together takes longer than to ask it."""
    return described(held(Component.objects.listed(), on))


def page(component: Component, on: date) -> dict:
    """`component` is as `found` gives it."""
    lead, rest = leading(component.summary)
    text = component.description.strip()
    return {
        "component": component,
        "lead": lead,
        "about": text.removeprefix(component.summary.strip()).strip() if text else rest,
        "ending": ending(component),
        "source_errors": source_errors(component),
        "returned": returned(component),
        "challenged": in_words(component.challenged),
        "functions": component.served,
        "stewards": stewards(component),
        "offer": offer.of(component),
        "usage": usage.of(component, on),
        "scorecard": scorecard.of(component, on),
        "reviews": reviews.of(component),
        "fit": fit.of(component, on),
        "history": past.of(component),
        "today": on,
        "breadcrumbs": [
            {"text": _("Components"), "href": reverse("catalogue:component_list")},
            {"text": component.name},
        ],
    }


def leading(summary: str) -> tuple[str, str]:
    """(the first sentences, the Markdown that follows them; where they are cut short, all of it)."""
    text = summary.strip()
    first = text.split("\n", 1)[0].strip()
    if len(first) > LEAD or first.endswith(":"):
        sentences = whole_sentences(first[:LEAD])
        if not sentences:
            return (first if len(first) <= LEAD else f"{first[:LEAD].rsplit(' ', 1)[0]}…"), text
        first = sentences
    return first, text.removeprefix(first).strip()


def whole_sentences(text: str) -> str:
    end = max(text.rfind(stop) for stop in (". ", "? ", "! "))
    return text[: end + 1]


def ending(component: Component) -> dict | None:
    """Said of a component that should not be taken up any more, with the one to take instead."""
    if component.lifecycle not in ENDING:
        return None
    successor = component.successor
    shown = successor is not None and successor.lifecycle != Lifecycle.DRAFT
    return {
        "lifecycle": component.get_lifecycle_display(),
        "successor": successor if shown else None,
        "on": offer.profile_of(component).ends_on,
        "told": words.bodies(component.told["bodies"]) if component.told else "",
    }


def source_errors(component: Component) -> dict | None:
    """Said of a component whose last good description is shown, because its source has errors or has it no more."""
    found = component.source_errors
    if not found:
        return None
    read = datetime.fromisoformat(found["read_at"]) if found["read_at"] else None
    return {
        "gone": found["state"] == ObjectState.MISSING,
        "read": timezone.localdate(read) if read else None,
        "href": reverse("registry:source", args=[found["source"]]),
    }


def returned(component: Component) -> dict | None:
    """That moderators returned it, until it changes."""
    found = component.returned
    return (
        {"day": timezone.localdate(datetime.fromisoformat(found["on"])), "reason": found["reason"]} if found else None
    )


def stewards(component: Component) -> list[dict]:
    return [
        {**steward, "share": formatting.percent(steward["share"]) if steward["share"] < 1 else ""}
        for steward in component.held
    ]

"""“Something wrong or missing?”: what is recorded of a thing, and what is under review of it already."""

from typing import Any

from django.utils.translation import gettext as _

from registry.actions.challenges import Subject
from registry.models import About, Challenge
from registry.presenters import challenged
from registry.presenters.challenges import thing

STANDING_SHOWN = 10


def page(subject: Subject) -> dict[str, Any]:
    standing = Challenge.objects.listed().standing().filter(thing=subject.thing)
    return {
        "subject": subject,
        "thing": thing(subject),
        "caption": ", ".join(part["text"] for part in thing(subject)),
        "facts": challenged.facts(subject),
        "standing": list(standing.order_by("raised_on", "pk")[:STANDING_SHOWN]),
        "is_missing": subject.about == About.MISSING,
        "breadcrumbs": crumbs(*thing(subject)[:1]),
    }


def crumbs(*above: dict[str, str]) -> list[dict[str, str]]:
    return [{"text": _("Home"), "href": "/"}, *above, {"text": _("Something wrong or missing?")}]

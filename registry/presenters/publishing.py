"""Editions that are not published yet, for who asks for that and who agrees."""

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from commons.exceptions import Refused
from public_value.actions.publication import refuse_unpublishable
from public_value.actions.publishing import computed_by, waiting
from public_value.models import STANDING, Edition, Publishing, Score
from registry.permissions import Actor, may_ask_to_publish, may_moderate


def editions(by: Actor) -> dict[str, Any]:
    """The newest day first; those that wait for somebody to agree are marked."""
    unpublished = Edition.objects.dated().exclude(state__in=STANDING).order_by("-snapshot_date", "-pk")
    asked = Publishing.objects.filter(edition__in=unpublished, computed_at=F("edition__computed_at"))
    known = set(asked.values_list("edition", flat=True))
    rows = [{"edition": one, "asked": one.pk in known} for one in unpublished]
    return {"rows": rows, "breadcrumbs": crumbs(by)}


def edition(found: Edition, by: Actor) -> dict[str, Any]:
    asked = waiting(found)
    return {
        "edition": found,
        "bodies": Score.objects.of(found).listed().count(),
        "problem": problem(found),
        "asked": asked,
        "own": asked is not None and by.person in (asked.asked_in.by, computed_by(found)),
        "may_ask": asked is None and not found.stands and may_ask_to_publish(by),
        "breadcrumbs": crumbs(by, str(found)),
    }


def problem(found: Edition) -> str:
    """Why it cannot be published today; blank where it can."""
    try:
        refuse_unpublishable(found)
    except Refused as refused:
        return str(refused)
    return ""


def crumbs(by: Actor, *more: str) -> list[dict[str, str]]:
    home = {"text": _("Workspaces"), "href": reverse("registry:workspace")}
    queue = [{"text": _("Things to review"), "href": reverse("registry:moderation")}] if may_moderate(by) else []
    here = {"text": _("Editions to publish")}
    if not more:
        return [home, *queue, here]
    return [home, *queue, here | {"href": reverse("registry:editions_to_publish")}, *({"text": text} for text in more)]

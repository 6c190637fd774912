"""The page on which a body answers a challenge, or moderators decide it: all that it needs to be judged by."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.actions.challenges.answering import OF_STATEMENTS, change_since
from registry.actions.challenges.subjects import answerers
from registry.models import Challenge, ChallengeState, ChallengeStep, Organisation, StepKind
from registry.permissions import Actor, may_answer_challenge, may_moderate
from registry.presenters import challenges

REPLIES = (StepKind.ASKED, StepKind.CHANGED, StepKind.KEPT, StepKind.UPHELD, StepKind.LEFT)


def is_asked(challenge: Challenge, by: Actor, on: date) -> bool:
    """Whether the challenge was put to whoever looks at it, settled or not."""
    return may_moderate(by) or may_answer_challenge(by, answerers(challenge, on))


def choices(challenge: Challenge, by: Actor, on: date) -> list[tuple[str, Any]]:
    """What can be answered now; nothing where it is nobody's turn here, or others'."""
    if not challenges.may_act(challenge, answerers(challenge, on), by):
        return []
    if challenge.state == ChallengeState.OPEN:
        return [
            ("agree", _("Agree: the record has been changed")),
            ("keep", _("Keep the record, because…")),
            ("ask", _("Ask for more")),
        ]
    return [("uphold", _("The challenge is right")), ("leave", _("The record stays as it is"))]


def page(challenge: Challenge, on: date) -> dict[str, Any]:
    bodies = answerers(challenge, on)
    crumb = {"text": challenge.reference, "href": challenge.get_absolute_url()}
    return challenges.shown(challenge, bodies, on) | {
        "is_decision": challenge.state == ChallengeState.ESCALATED,
        "last_reply": last_reply(challenge),
        "changing": where_to_change(challenge, bodies),
        "has_changed": change_since(challenge) is not None,
        "needs_change": challenge.about in OF_STATEMENTS,
        "breadcrumbs": challenges.crumbs(crumb, {"text": _("Answer")}),
    }


def last_reply(challenge: Challenge) -> dict[str, Any] | None:
    """What was last said to this challenge, or to an earlier one of the same thing."""
    of = ChallengeStep.objects.filter(Q(challenge=challenge) | Q(challenge__thing=challenge.thing), kind__in=REPLIES)
    last = of.select_related("recorded_in", "organisation", "declaration__component").order_by("-id").first()
    return challenges.told(last) if last else None


def where_to_change(challenge: Challenge, bodies: list[Organisation]) -> dict[str, str]:
    """The page on which the record itself is changed, or where it is to be read. Of one that has ended: its heir's."""
    if challenge.organisation is None and challenge.component is not None:
        address = reverse("catalogue:component", args=[challenge.component.slug])
        return {"text": challenge.component.name, "href": address}
    body = bodies[0] if bodies else challenge.organisation
    assert body is not None
    if challenge.function is not None:
        address = reverse("registry:cell", args=[body.slug, challenge.function.slug])
        return {"text": _("What %(body)s says of it") % {"body": body.name}, "href": address}
    return {"text": body.name, "href": reverse("registry:organisation", args=[body.slug])}

"""A challenge as everybody reads it, as a body answers it, and the marks that it leaves on other pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.models import Lifecycle
from catalogue.presenters.links import external
from commons.formatting import number
from commons.listing import Selection
from registry.actions.challenges import Subject
from registry.actions.challenges.subjects import answerers
from registry.models import About, Challenge, ChallengeState, ChallengeStep, Organisation, StepKind
from registry.permissions import Actor, may_answer_challenge, may_moderate
from registry.presenters import challenged
from registry.presenters.filtered import filtered
from registry.presenters.words import listed

COLOURS = {
    ChallengeState.OPEN.value: "yellow",
    ChallengeState.ASKED.value: "yellow",
    ChallengeState.ESCALATED.value: "orange",
    ChallengeState.ANSWERED.value: "blue",
    ChallengeState.DECIDED.value: "blue",
    ChallengeState.WITHDRAWN.value: "grey",
}
DID = {
    StepKind.RAISED: gettext_lazy("Somebody raised it"),
    StepKind.ASKED: gettext_lazy("%(body)s asked for more"),
    StepKind.REPLIED: gettext_lazy("Whoever raised it answered"),
    StepKind.CHANGED: gettext_lazy("%(body)s agreed and changed the record"),
    StepKind.KEPT: gettext_lazy("%(body)s kept the record as it is"),
    StepKind.ESCALATED: gettext_lazy("Whoever raised it did not agree, and asked the moderators"),
    StepKind.OVERDUE: gettext_lazy("Nobody answered in time, so it went to the moderators"),
    StepKind.UPHELD: gettext_lazy("The moderators decided that the challenge is right"),
    StepKind.LEFT: gettext_lazy("The moderators decided that the record stays as it is"),
    StepKind.WITHDRAWN: gettext_lazy("Whoever raised it took it back"),
}


def page(challenge: Challenge, by: Actor, on: date) -> dict[str, Any]:
    bodies = answerers(challenge, on)
    return shown(challenge, bodies, on) | {
        "may_answer": may_act(challenge, bodies, by),
        "breadcrumbs": crumbs({"text": challenge.reference}),
    }


def shown(challenge: Challenge, bodies: list[Organisation], on: date) -> dict[str, Any]:
    """What everybody may know of it."""
    steps = challenge.steps.select_related("recorded_in", "organisation", "declaration__component")
    return {
        "challenge": challenge,
        "heading": headings()[challenge.about == About.MISSING],
        "colour": COLOURS[challenge.state],
        "thing": thing(challenge),
        "evidence": external(challenge.evidence_url),
        "said": challenge.said.split("\n") if challenge.said else [],
        "now": challenged.now(challenge),
        "turn": turn(challenge, bodies),
        "bodies": bodies,
        "steps": [told(step) for step in steps.order_by("-pk")],
        "today": on,
    }


def headings() -> tuple[str, str]:
    return _("Someone says that this is wrong"), _("Someone says that something is missing")


def may_act(challenge: Challenge, bodies: list[Organisation], by: Actor) -> bool:
    if challenge.state == ChallengeState.OPEN:
        return may_answer_challenge(by, bodies)
    return challenge.state == ChallengeState.ESCALATED and may_moderate(by)


def turn(challenge: Challenge, bodies: list[Organisation]) -> str:
    """Who has to do what, by when."""
    names = listed(body.name for body in bodies)
    if challenge.state == ChallengeState.OPEN and not names:
        return _("Nobody looks after this, so the moderators are asked to answer.")
    waiting = {
        ChallengeState.OPEN.value: _("%(names)s is asked to answer.") if len(bodies) < 2 else _("Asked are %(names)s."),
        ChallengeState.ASKED.value: _("Whoever raised it is asked for more."),
        ChallengeState.ESCALATED.value: _("The moderators are asked to decide."),
    }
    return waiting.get(challenge.state, "") % {"names": names}


def told(step: ChallengeStep) -> dict[str, Any]:
    """One step: who did what, when, and in which words."""
    body = step.organisation.name if step.organisation else _("The moderators")
    return {
        "on": timezone.localdate(step.recorded_in.at),
        "did": str(DID[StepKind(step.kind)]) % {"body": body},
        "text": step.text,
        "evidence": external(step.evidence_url),
        "changed": bool(step.changed_in_id),
        "href": statement_of(step),
    }


def statement_of(step: ChallengeStep) -> str:
    """Where the statement that was made instead can be read."""
    one = step.declaration
    if one is None or (one.component is not None and one.component.lifecycle == Lifecycle.DRAFT):
        return ""
    return reverse("registry_api:declaration", args=[one.pk])


def thing(about: Challenge | Subject) -> list[dict[str, str]]:
    """What it is about, part by part, each with its page: a body, a function, a component."""
    parts = []
    if about.organisation:
        parts.append(named(about.organisation, "registry:organisation"))
    if about.function:
        parts.append(named(about.function, "catalogue:function"))
    if about.component:
        parts.append(named(about.component, "catalogue:component"))
    if about.system:
        parts.append({"text": about.system, "href": ""})
    if about.about == About.PAYMENT and about.organisation:
        spending = reverse("registry:spending", args=[about.organisation.slug])
        parts.append({"text": _("a payment"), "href": f"{spending}#lines"})
    return parts


def named(row: Any, address: str) -> dict[str, str]:
    return {"text": row.name, "href": reverse(address, args=[row.slug])}


def crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    text, home = _("Challenges"), {"text": _("Home"), "href": "/"}
    return [home, {"text": text, "href": reverse("registry:challenge_list")}, *more] if more else [home, {"text": text}]


def list_page(selection: Selection, page: Page) -> dict[str, Any]:
    total = selection.total
    rows = [row | {"colour": COLOURS[row["state"]], "thing": thing_in_words(row)} for row in page.object_list]
    heading = ngettext("%(total)s challenge", "%(total)s challenges", total) % {"total": number(total)}
    return filtered(
        selection,
        page,
        rows,
        name=_("Challenges"),
        heading=heading,
        noun=_("challenges"),
        empty=_("Nobody has said yet that something here is wrong or missing."),
        breadcrumbs=crumbs(),
    )


def thing_in_words(row: Mapping[str, Any]) -> str:
    """“Ash Council, Take payments: Sorrelpost”, from a row of the list."""
    body, work = (row[name]["name"] if row[name] else "" for name in ("organisation", "function"))
    last = (row["component"] or {}).get("name") or row["system"] or ""
    what = {
        About.COMPONENT.value: _("%(name)s: its description") % {"name": last},
        About.ORGANISATION.value: _("%(name)s: its record") % {"name": body},
        About.PAYMENT.value: _("%(name)s: a payment") % {"name": body},
        About.MISSING.value: _("%(name)s, %(function)s: something missing") % {"name": body, "function": work},
    }
    return what.get(row["about"], f"{body}, {work}" + (f": {last}" if last else ""))

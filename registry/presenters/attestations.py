"""What a body is asked to attest, what it attested, and who attests what it says itself: rows for its page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.presenters.links import external
from commons import formatting
from registry.actions.attestations.costs import costed
from registry.actions.declarations.rows import said_of, with_all
from registry.independence import caps
from registry.models import Attestation, AttestationKind, AttestationState, Declaration, Organisation
from registry.permissions import Actor, may_attest_cost, may_attest_use, may_draft

VIEWS = {
    "asked": gettext_lazy("Asked of us"),
    "given": gettext_lazy("What we answered"),
    "ours": gettext_lazy("Who attests what we say"),
    "costs": gettext_lazy("What our systems cost"),
}
COLOURS = {
    AttestationState.ASKED: "blue",
    AttestationState.ATTESTED: "green",
    AttestationState.DECLINED: "yellow",
    AttestationState.LAPSED: "grey",
    AttestationState.WITHDRAWN: "yellow",
    AttestationState.VOID: "grey",
}


def asked_of(body: Organisation, on: date) -> QuerySet[Attestation]:
    """What can be answered today, the most pressing first."""
    waiting = Attestation.objects.asked_of(body).asked().filter(due_on__gte=on)
    return waiting.with_statement().filter(statement__isnull=False).order_by("due_on", "pk")


def given(body: Organisation) -> QuerySet[Attestation]:
    return Attestation.objects.given_by(body).with_statement().order_by("-answered_on", "-pk")


def matching(attestations: QuerySet[Attestation], text: str, state: str = "") -> QuerySet[Attestation]:
    for word in text.split():
        attestations = attestations.filter(
            Q(organisation__name__icontains=word)
            | Q(function__name__icontains=word)
            | Q(component__name__icontains=word)
        )
    return attestations.filter(state=state) if state else attestations


def rows(attestations: Iterable[Attestation], on: date) -> list[dict[str, Any]]:
    """Each with what is stated now. Two queries."""
    found = list(attestations)
    keys = [one.statement for one in found if one.statement]
    stated = {one.pk: one for one in Declaration.objects.filter(pk__in=keys)}
    capped = caps([(one.pk, one.evidence) for one in stated.values()], on)
    return [row(one, stated.get(one.statement), capped) for one in found]


def row(one: Attestation, stated: Declaration | None, capped: dict) -> dict[str, Any]:
    return {
        "attestation": one,
        "statement": stated,
        "stage": stated.get_stage_display() if stated else "",
        "source": external(stated.source_url) if stated else "",
        "colour": COLOURS[AttestationState(one.state)],
        "cap": capped[stated.pk].words if stated and stated.pk in capped and one.state == "attested" else "",
    }


def ours(body: Organisation, on: date) -> list[dict[str, Any]]:
    """Each use that the body declares, with what became of its attestation."""
    used = Declaration.objects.current().in_use().filter(organisation=body)
    statements = list(used.select_related("function", "component").order_by("function__name", "component__name", "pk"))
    capped = caps([(one.pk, one.evidence) for one in statements], on)
    last: dict[tuple[int, int], Attestation] = {}
    for one in Attestation.objects.of_use().filter(organisation=body).select_related("steward").order_by("pk"):
        if one.state != AttestationState.VOID:
            last[one.function_id, one.component_id] = one
    return [
        {
            "statement": one,
            "attestation": (found := last.get((one.function_id, one.component_id))),
            "colour": COLOURS[AttestationState(found.state)] if found else "",
            "cap": capped[one.pk].words if one.pk in capped else "",
            "can_ask": one.evidence == "E1" and (found is None or found.state in ("declined", "lapsed", "withdrawn")),
        }
        for one in statements
    ]


def told(body: Organisation, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What the public reads of who attests a body's uses, by the slugs of function and component: a query, or none."""
    asked = set(keys)
    if not asked:
        return {}
    components = {component for _function, component in asked}
    about = Attestation.objects.of_use().filter(organisation=body, component__slug__in=components)
    names = ("function__slug", "component__slug", "state", "steward__name", "answered_on")
    rows = about.exclude(state=AttestationState.VOID).order_by("pk").values_list(*names)
    found = {(function, component): (state, steward, day) for function, component, state, steward, day in rows}
    return {key: in_words(*found[key]) for key in asked & found.keys()}


def in_words(state: str, steward: str | None, answered_on: date | None) -> str:
    """“Attested by Sorrel on 3 May 2026”; of what nobody answers, that."""
    if state == AttestationState.ATTESTED:
        said = {"steward": steward, "day": formatting.plain_date(answered_on)}
        return _("Attested by %(steward)s on %(day)s") % said
    if state == AttestationState.ASKED:
        return _("The steward is asked to attest it")
    return str(AttestationState(state).label)


def costs(body: Organisation) -> dict[str, list]:
    """The systems whose cost can be attested, and those whose cost is."""
    able = with_all(costed(body).select_related("function")).order_by("function__name", "pk")
    standing = Attestation.objects.standing().filter(kind=AttestationKind.COST, organisation=body)
    return {
        "able": [{"statement": one, "said": said_of(one)} for one in able],
        "attested": list(standing.select_related("function", "answered_in__by").order_by("function__name", "pk")),
    }


def views(body: Organisation, actor: Actor) -> dict[str, bool]:
    """What the person may do on the page."""
    return {
        "may_answer": may_attest_use(actor, body),
        "may_ask": may_draft(actor, body),
        "may_attest_cost": may_attest_cost(actor, body),
    }

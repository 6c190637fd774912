"""Asking for an exemption of a system that a body runs itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue.describing.cleaning import prose, web_address
from catalogue.models import Function
from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.models import Act, Declaration, Event, Exemption, ExemptionOutcome, ExemptReason, Organisation
from registry.models.withheld import NOT_NAMED
from registry.permissions import Actor, may_ask_for_exemption

MOST_MONTHS = 24
LONGEST_TEXT = 4_000


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What is asked, and what speaks for it. `system` is what the body's statement calls it."""

    system: str
    reason: ExemptReason
    text: str
    evidence_url: str
    until: date


@transaction.atomic
def ask_for_exemption(*, organisation: Organisation, function: Function, asking: Asking, by: Actor) -> Exemption:
    """Ask a panel to exempt one of the body's own systems until a day, at most 24 months from now.

    Where it was exempt before, it is a renewal, and what speaks for it has to be something new.
    Raises Refused: not allowed, no such system, asked already, no reason, no evidence or the old one, or a day that is
    past or too far.
    """
    organisation = locked(organisation)
    if not may_ask_for_exemption(by, organisation):
        raise Refused(f"Only an owner of {organisation} asks for an exemption.")
    refuse_ended(organisation)
    refuse_system(organisation, function, asking.system)
    text, evidence = prose(asking.text, LONGEST_TEXT), web_address(asking.evidence_url)
    before = last_granted(organisation, function, asking.system)
    refuse_asking(asking, text, evidence, before, timezone.localdate())
    facts = {"system": asking.system, "reason": asking.reason.value, "until": asking.until, "evidence_url": evidence}
    event = Event.objects.create(
        act=Act.ASK_FOR_EXEMPTION,
        **by.signature,
        source=evidence,
        detail=about(organisation, function) | facts | {"until": asking.until.isoformat()},
    )
    made: dict[str, Any] = {"organisation": organisation, "function": function, "renews": before, "asked_in": event}
    try:
        with transaction.atomic():
            return Exemption.objects.create(text=text, **facts, **made)
    except IntegrityError:
        raise Refused(f"An exemption of {asking.system} has been asked for already: a panel decides it.") from None


@transaction.atomic
def take_back_exemption(*, exemption: Exemption, by: Actor) -> Exemption:
    """Take back what the body asked for. Raises Refused: not allowed, or the panel has decided."""
    exemption = waiting(exemption)
    if not may_ask_for_exemption(by, exemption.organisation):
        raise Refused(f"Only an owner of {exemption.organisation} takes it back.")
    detail = {"exemption": exemption.pk} | about(exemption.organisation, exemption.function)
    decide(exemption, ExemptionOutcome.WITHDRAWN, Event.objects.create(
        act=Act.TAKE_BACK_EXEMPTION, **by.signature, detail=detail
    ))  # fmt: skip
    return exemption


def waiting(exemption: Exemption) -> Exemption:
    """As it is now, and nobody else acts on it until the act is done. Raises Refused: decided already."""
    rows = Exemption.objects.select_for_update(of=("self",)).select_related("organisation__peer_group", "function")
    found = rows.get(pk=exemption.pk)
    if found.outcome:
        raise Refused("This was decided already.")
    return found


def decide(exemption: Exemption, outcome: ExemptionOutcome, event: Event) -> None:
    exemption.outcome, exemption.decided_in = outcome, event
    exemption.save(update_fields=["outcome", "decided_in"])


def refuse_system(organisation: Organisation, function: Function, system: str) -> None:
    runs = Declaration.objects.current().duplicates().filter(organisation=organisation, function=function)
    if not runs.filter(system=system).exists():
        raise Refused(f"{organisation} does not say that it runs “{system}” for {function}. Declare it first.")
    if system.startswith(NOT_NAMED):
        raise Refused("The panel and everybody else have to know which system it is: show its name first.")


def refuse_asking(asking: Asking, text: str, evidence: str, before: Exemption | None, today: date) -> None:
    if not text:
        raise Refused("Say what speaks for it: the panel and everybody else read it.")
    if not evidence:
        raise Refused("Give the web address of the evidence: a law, an assessment, a calculation.")
    if before is not None and evidence == before.evidence_url:
        raise Refused("A renewal needs new evidence: this address is the one that was given before.")
    if not today < asking.until <= last_day(today):
        raise Refused(f"Choose a day after today, and at most {MOST_MONTHS} months away.")


def last_day(today: date) -> date:
    """24 months from now, on the same day of the month or the last that there is."""
    year = today.year + MOST_MONTHS // 12
    return today.replace(year=year, day=28) if (today.month, today.day) == (2, 29) else today.replace(year=year)


def last_granted(organisation: Organisation, function: Function, system: str) -> Exemption | None:
    named = {"organisation": organisation, "function": function, "system": system}
    return Exemption.objects.filter(outcome=ExemptionOutcome.GRANTED, **named).order_by("-pk").first()


def about(organisation: Organisation, function: Function) -> dict[str, str]:
    return {"organisation": organisation.slug, "function": function.slug}

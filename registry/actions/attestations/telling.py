"""The letter to a body of what became of its statements: one a day at most, about the days until yesterday."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commons.formatting import plain_date
from registry.actions.challenges.subjects import heirs, people_to_write_to
from registry.actions.choosing import wanting
from registry.actions.post import write_letter
from registry.models import (
    Attestation,
    AttestationKind,
    AttestationState,
    Audit,
    AuditResult,
    Event,
    Letter,
    LetterKind,
    Organisation,
)

LOOKED_BACK = timedelta(days=7)  # so that a worker that was away tells it later; shorter than letters are kept
TEXT = """What became of statements of {body} on {day} at the {service}:

{parts}

Look at them, change what is not so, or ask again where that is possible: {page}
{costs}
You get one letter a day at most about this. Stop these letters: {account}
"""


class Outcome(StrEnum):
    ATTESTED = "attested"
    DECLINED = "declined"
    WITHDRAWN = "taken back"
    FAILED = "not confirmed by an audit"


HEADINGS = {
    Outcome.ATTESTED: "Attested:",
    Outcome.DECLINED: "Not attested. It counts as before, and you can ask again after 90 days:",
    Outcome.WITHDRAWN: "Taken back. The statement counts as it did before it was attested:",
    Outcome.FAILED: "Not confirmed by an audit. For 12 months all that this steward attested counts as "
    "“Evidence published”:",
}


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    of: Attestation
    on: date
    reason: str
    given_in: Event


def tell_bodies(on: date | None = None) -> int:
    """Write to each body what it has not been told of yet, a letter for each day; how many such letters.

    What somebody did themselves is not in their letter. Safe with any number of workers.
    """
    today = on or timezone.localdate()
    found: dict[tuple[int, date], list[Answer]] = defaultdict(list)
    for one in answers(today - LOOKED_BACK, today):
        found[one.of.organisation_id, one.on].append(one)
    return sum(tell(said, today) for _key, said in sorted(found.items(), key=lambda item: item[0]))


def answers(first: date, end: date) -> Iterator[Answer]:
    """What was attested, declined, taken back or not confirmed from the first day on, and before the end."""
    days = (first, end - timedelta(days=1))
    known = Attestation.objects.select_related(
        "organisation", "function", "component", "steward", "answered_in__by", "ended_in__by"
    )
    answered = {AttestationState.ATTESTED: Outcome.ATTESTED, AttestationState.DECLINED: Outcome.DECLINED}
    for one in known.filter(answered_on__range=days, state__in=answered).order_by("pk"):
        yield Answer(answered[AttestationState(one.state)], one, one.answered_on, one.reason, one.answered_in)
    for one in known.filter(ended_on__range=days, state=AttestationState.WITHDRAWN).order_by("pk"):
        yield Answer(Outcome.WITHDRAWN, one, one.ended_on, one.reason, one.ended_in)
    of = [f"attestation__{name}" for name in ("organisation", "function", "component", "steward")]
    failed = Audit.objects.select_related(*of, "decided_in__by")
    for audit in failed.filter(decided_on__range=days, result=AuditResult.FAILED).order_by("pk"):
        yield Answer(Outcome.FAILED, audit.attestation, audit.decided_on, audit.reason, audit.decided_in)


def tell(said: Sequence[Answer], today: date) -> bool:
    """Whether anybody was still to be told of one body's day. Of a body that has ended its successors hear."""
    body, day = said[0].of.organisation, said[0].on
    about = f"answers to {body.slug} on {day}"
    if Letter.objects.filter(about__startswith=f"{about} to ").exists():
        return False
    read_by: dict[str, Organisation] = {}
    for reader in heirs([body], today):
        for address in wanting(LetterKind.ATTESTED, people_to_write_to(reader)):
            read_by.setdefault(address, reader)
    told = False
    for address, reader in read_by.items():
        others = [one for one in said if not is_by(address, one)]
        if others:
            told = True
            write_letter(
                to=address,
                about=about,
                subject=f"{body}: {counted(others)}",
                text=text(others, body, reader),
                kind=LetterKind.ATTESTED,
            )
    return told


def is_by(address: str, one: Answer) -> bool:
    return one.given_in.by is not None and one.given_in.by.email.lower() == address.lower()


def counted(said: Iterable[Answer]) -> str:
    """“2 attested, 1 declined”."""
    outcomes = [one.outcome for one in said]
    return ", ".join(f"{outcomes.count(one):,} {one}" for one in Outcome if one in outcomes)


def text(said: Sequence[Answer], body: Organisation, reader: Organisation) -> str:
    page = f"{settings.SITE_ADDRESS}{reverse('registry:attestations', args=[reader.slug])}"
    costs = any(one.of.kind == AttestationKind.COST for one in said)
    return TEXT.format(
        body=body,
        day=plain_date(said[0].on),
        service=settings.SERVICE_NAME,
        parts="\n\n".join(parts(said)),
        page=f"{page}?show=ours",
        costs=f"What systems cost: {page}?show=costs\n" if costs else "",
        account=f"{settings.SITE_ADDRESS}{reverse('account_letters')}",
    )


def parts(said: Sequence[Answer]) -> Iterator[str]:
    for outcome, heading in HEADINGS.items():
        lines = [line(one) for one in said if one.outcome == outcome]
        if lines:
            yield "\n".join([heading, *lines])


def line(one: Answer) -> str:
    whom = f"by {one.of.steward}" if one.of.steward else "what it costs, by a finance attestor"
    first = f"- {one.of.function}: {one.of.subject}, {whom}"
    reason = "\n  ".join(one.reason.splitlines())
    return f"{first}\n  The reason given: {reason}" if reason else first

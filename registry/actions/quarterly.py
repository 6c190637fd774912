"""The one letter of a quarter to each body's people: what is to be confirmed, and what else waits for them."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from registry import quarterly_letters
from registry.actions.bodies import locked
from registry.actions.declarations.confirming import confirmable
from registry.actions.declarations.rows import with_all
from registry.actions.post import write_letter
from registry.models import (
    Act,
    Attestation,
    Challenge,
    ChallengeState,
    Declaration,
    Event,
    LetterKind,
    Membership,
    Organisation,
    QuarterlyLetter,
    QuarterlyReader,
    Role,
)
from registry.permissions import Actor
from registry.quarterly_letters import Waiting

READING = (Role.OWNER, Role.EDITOR)
CONTRACTS_WITHIN = timedelta(days=180)
FRESH_FOR = timedelta(days=365)


def quarter_of(on: date) -> str:
    return f"{on.year}Q{(on.month + 2) // 3}"


def write_quarterly(on: date | None = None) -> int:
    """Write to the bodies that have something to confirm and had no letter this quarter; how many letters.

    Safe with any number of workers: whoever records the letter of a body and a quarter writes it.
    """
    on = on or timezone.localdate()
    return sum(write_to(body, on) for body in list(due(on).values_list("pk", flat=True)))


def due(on: date) -> QuerySet[Organisation]:
    """Bodies with owners or editors and something to confirm, that had no letter this quarter."""
    told = QuarterlyLetter.objects.filter(organisation=OuterRef("pk"), quarter=quarter_of(on))
    waiting = Declaration.objects.current().to_confirm(on).filter(organisation=OuterRef("pk"))
    team = readers().filter(organisation=OuterRef("pk"))
    return Organisation.objects.existing(on).filter(Exists(team), Exists(waiting), ~Exists(told)).order_by("pk")


def readers() -> QuerySet[Membership]:
    """Owners and editors who have not stopped these letters."""
    stopped = Q(person__quarterly_reader__stopped_at__isnull=False)
    return Membership.objects.standing().filter(role__in=READING, person__is_active=True).exclude(stopped)


@transaction.atomic
def write_to(key: int, on: date) -> int:
    """To how many of a body's people the letter went; 0 where another worker wrote it."""
    quarter = quarter_of(on)
    letter, first = QuarterlyLetter.objects.get_or_create(organisation_id=key, quarter=quarter)
    if not first:
        return 0
    body = locked(Organisation(pk=key))
    waiting = what_waits(body, on)
    people = {one.person_id: one.person for one in readers().filter(organisation=body).select_related("person")}
    for person in people.values():
        reader, _made = QuarterlyReader.objects.get_or_create(person=person)
        write_letter(
            to=person.email,
            about=f"quarter {quarter} of {body.slug}",
            subject=quarterly_letters.subject(body, waiting),
            text=quarterly_letters.text(body, waiting, quarter, reader),
            kind=LetterKind.CONFIRM,
            stop=reverse("registry:stop_quarterly", args=[reader.pk]),
        )
    letter.readers = len(people)
    letter.save(update_fields=["readers"])
    return len(people)


def what_waits(body: Organisation, on: date) -> Waiting:
    """Counts alone: what a body keeps back is in no letter."""
    current = Declaration.objects.current().filter(organisation=body)
    found = list(with_all(current.to_confirm(on)))
    ends = Q(contract_end__range=(on, on + CONTRACTS_WITHIN))
    held = Q(withheld__field="contract_end", withheld__day__range=(on, on + CONTRACTS_WITHIN))
    asked = Attestation.objects.asked_of(body).asked().filter(due_on__gte=on)
    return Waiting(
        ready=sum(1 for one in found if confirmable(one)),
        lacking=sum(1 for one in found if not confirmable(one)),
        ageing=sum(1 for one in found if one.confirmed and not one.is_expired(on) and one.confirmed < on - FRESH_FOR),
        expired=sum(1 for one in found if one.is_expired(on)),
        attestations=asked.with_statement().filter(statement__isnull=False).count(),
        challenges=Challenge.objects.filter(organisation=body, state=ChallengeState.OPEN).count(),
        contracts=current.filter(ends | held).distinct().count(),
    )


@transaction.atomic
def stop_quarterly(*, reader: QuarterlyReader, by: Actor) -> None:
    """Write no more of these letters to somebody. Twice is as good as once."""
    stopped = QuarterlyReader.objects.filter(pk=reader.pk, stopped_at=None).update(stopped_at=timezone.now())
    if stopped:
        Event.objects.create(act=Act.STOP_QUARTERLY, **by.signature)


@transaction.atomic
def resume_quarterly(*, reader: QuarterlyReader, by: Actor) -> None:
    """Write them again, from the next quarter on."""
    if QuarterlyReader.objects.filter(pk=reader.pk, stopped_at__isnull=False).update(stopped_at=None):
        Event.objects.create(act=Act.RESUME_QUARTERLY, **by.signature)

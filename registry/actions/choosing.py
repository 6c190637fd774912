"""Which letters somebody gets that can be done without."""

from collections.abc import Iterable

from django.db import transaction

from registry.models import Act, Event, LetterKind, Person, UnwantedLetter
from registry.permissions import Actor

OPTIONAL = (LetterKind.ADOPTED, LetterKind.ATTESTED, LetterKind.WAITING)
"""Kinds that somebody can do without. What is owed, to decide or to sign in, always goes."""


@transaction.atomic
def choose_letters(*, person: Person, wanted: Iterable[LetterKind], by: Actor) -> None:
    """Which of the letters that can be done without somebody gets from now on."""
    wanted = set(wanted)
    unwanted = [kind for kind in OPTIONAL if kind not in wanted]
    detail = {"unwanted": [kind.value for kind in unwanted]}
    Event.objects.create(act=Act.CHOOSE_LETTERS, **by.signature, detail=detail)
    UnwantedLetter.objects.filter(person=person).exclude(kind__in=unwanted).delete()
    UnwantedLetter.objects.bulk_create(
        [UnwantedLetter(person=person, kind=kind) for kind in unwanted], ignore_conflicts=True
    )


def wanting(kind: LetterKind, addresses: Iterable[str]) -> list[str]:
    """Those of the addresses whose people want letters of a kind. A body's own address wants all."""
    unwanted = UnwantedLetter.objects.filter(kind=kind).values_list("person__email", flat=True)
    refused = {email.lower() for email in unwanted}
    return [email for email in addresses if email.lower() not in refused]

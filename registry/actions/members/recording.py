"""What an act on a role records, and what people write about one."""

from registry.models import Act, Event, Organisation, Person, Role
from registry.permissions import Actor

LONGEST_REASON, LONGEST_NAME = 1000, 200


def record(act: Act, person: Person, organisation: Organisation | None, role: Role, by: Actor) -> Event:
    """The person is named by number: what an event says is public, and stays."""
    detail = {"person": person.pk, "organisation": organisation.slug if organisation else None, "role": role.value}
    return Event.objects.create(act=act, **by.signature, detail=detail)


def tidy(text: str) -> str:
    return " ".join(text.split())[:LONGEST_REASON]

"""Who looks after the two, and hears of their merge."""

from collections.abc import Sequence

from catalogue.models import Component
from registry.actions.post import write_letter
from registry.letters import merge_letter
from registry.models import Event, Organisation, Stewardship


def looking_after(kept: Component, merged: Component) -> list[Organisation]:
    """The bodies that look after one of the two now, from A to Z."""
    said = Stewardship.objects.current().filter(component__in=[kept, merged])
    return list(Organisation.objects.filter(pk__in=said.values("organisation")))


def write_to(bodies: Sequence[Organisation], kept: Component, merged: Component, event: Event) -> None:
    """A letter to each whose address is known, owed with the merge."""
    keeping = set(Stewardship.objects.current().filter(component=kept).values_list("organisation", flat=True))
    for body in bodies:
        write_letter(
            to=body.contact_email,
            about=f"event {event.pk} {body.slug}",
            subject=f"{merged} is merged into {kept}",
            text=merge_letter(body, kept, merged, keeps=body.pk in keeping),
        )

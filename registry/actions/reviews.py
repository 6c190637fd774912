"""What bodies say about the components that they took up."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from catalogue.models import Component, Lifecycle
from commons.exceptions import Refused
from registry.models import Act, Event, Organisation, Review
from registry.models.review import LONGEST, LONGEST_WEEKS, tries
from registry.permissions import Actor, may_review


@transaction.atomic
def write_review(
    *,
    organisation: Organisation,
    component: Component,
    went_well: str = "",
    blocked: str = "",
    weeks_to_adopt: int | None = None,
    written_on: date | None = None,
    by: Actor,
) -> Review:
    """Record what a body found; an earlier review of it is superseded. The same words again change nothing.

    Raises Refused: not allowed, no adoption, nothing said, too long, or a day that is still to come.
    """
    # The same lock as an adoption's: two reviews at once see each other, and the sentence below is true.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    went_well, blocked = tidy(went_well), tidy(blocked)
    day = written_on or timezone.localdate()
    refuse_review(organisation, component, went_well, blocked, weeks_to_adopt, day, by)
    said = {"went_well": went_well, "blocked": blocked, "weeks_to_adopt": weeks_to_adopt}
    before = current(organisation, component)
    if before and all(getattr(before, name) == value for name, value in said.items()):
        return before
    event = Event.objects.create(act=Act.WRITE_REVIEW, **by.signature, detail=about(organisation, component))
    if before:
        supersede(before, event)
    return Review.objects.create(
        organisation=organisation, component=component, written_on=day, recorded_in=event, **said
    )


def tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def refuse_review(
    organisation: Organisation,
    component: Component,
    went_well: str,
    blocked: str,
    weeks: int | None,
    written_on: date,
    by: Actor,
) -> None:
    if not may_review(by, organisation):
        raise Refused(f"You may not write in the name of {organisation}.")
    if component.lifecycle == Lifecycle.DRAFT or not tries(organisation, component).exists():
        raise Refused(f"{organisation} has not declared that it uses {component}, or did. Declare that first.")
    if not went_well and not blocked:
        raise Refused("Say what went well, or what stood in the way.")
    if max(len(went_well), len(blocked)) > LONGEST:
        raise Refused(f"A text may have {LONGEST:,} characters.")
    if any(text[:1] in tuple("=+-@") for text in (went_well, blocked) if text):
        raise Refused("A text may not begin with =, +, - or @, which a spreadsheet would run as a formula.")
    if weeks is not None and not 0 <= weeks <= LONGEST_WEEKS:
        raise Refused(f"Give the time to adopt in weeks, from 0 to {LONGEST_WEEKS}.")
    if written_on > timezone.localdate():
        raise Refused("The day of the review is still to come.")


@transaction.atomic
def withdraw_review(*, organisation: Organisation, component: Component, by: Actor) -> Review:
    """Take a body's review back. Raises Refused: not allowed, or there is none."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_review(by, organisation):
        raise Refused(f"You may not write in the name of {organisation}.")
    found = current(organisation, component)
    if found is None:
        raise Refused(f"{organisation} has no review of {component}.")
    event = Event.objects.create(act=Act.WITHDRAW_REVIEW, **by.signature, detail=about(organisation, component))
    return supersede(found, event)


def current(organisation: Organisation, component: Component) -> Review | None:
    return Review.objects.current().filter(organisation=organisation, component=component).first()


def supersede(review: Review, event: Event) -> Review:
    review.superseded_in = event
    review.save(update_fields=["superseded_in"])
    return review


def about(organisation: Organisation, component: Component) -> dict:
    return {"organisation": organisation.slug, "component": component.slug}

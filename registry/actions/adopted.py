"""The letter to who looks after a component when a body first says that it uses it."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from registry.actions.challenges.subjects import people_to_write_to
from registry.actions.post import write_letters
from registry.grading import in_use
from registry.letters import component_page
from registry.models import (
    STAGES_IN_USE,
    Act,
    Declaration,
    Event,
    LetterKind,
    Membership,
    Organisation,
    Person,
    Role,
    Stewardship,
    UnwantedLetter,
)
from registry.permissions import Actor

OPTIONAL = (LetterKind.ADOPTED,)
"""Kinds that somebody can do without. What is owed, to decide or to sign in, always goes."""
TEXT = """{body} says at the {service} that it uses {component}, which {steward} looks after.

What it says: {statements}
All who use it: {adopters}

You get one letter about each body and component. Stop these letters: {account}
"""


def tell_stewards(declarations: Iterable[Declaration], event: Event) -> None:
    """In the act that declares. Nothing where the body has said before that it uses the component, and of its own."""
    using = {one.component_id: one for one in declarations if in_use(one)}
    if not using:
        return
    body = next(iter(using.values())).organisation
    before = Declaration.objects.filter(organisation=body, component__in=using, stage__in=STAGES_IN_USE)
    new = set(using) - set(before.exclude(recorded_in=event).values_list("component", flat=True))
    kept = Stewardship.objects.current().filter(component__in=new).exclude(organisation=body)
    for one in kept.select_related("component", "organisation"):
        write_letters(
            to=wanting(one.organisation),
            about=f"adopted {one.component.slug} by {body.slug}",
            subject=f"{body} uses {one.component}",
            text=TEXT.format(
                body=body,
                service=settings.SERVICE_NAME,
                component=one.component,
                steward=one.organisation,
                statements=f"{settings.SITE_ADDRESS}{reverse('registry:statements', args=[body.slug])}",
                adopters=f"{component_page(one.component.slug)}adopters/",
                account=f"{settings.SITE_ADDRESS}{reverse('account_letters')}",
            ),
            kind=LetterKind.ADOPTED,
        )


def wanting(body: Organisation) -> list[str]:
    """The body's own address, its owners and its steward's officers, without those who do not want such letters."""
    officers = Membership.objects.standing().filter(
        organisation=body, role=Role.STEWARDS_OFFICER, person__is_active=True
    )
    found = [*people_to_write_to(body), *officers.order_by("pk").values_list("person__email", flat=True)]
    unwanted = UnwantedLetter.objects.filter(kind=LetterKind.ADOPTED).values_list("person__email", flat=True)
    refused = {email.lower() for email in unwanted}
    return [email for email in found if email.lower() not in refused]


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

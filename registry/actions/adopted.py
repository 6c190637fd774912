"""The letter to who looks after a component when a body first says that it uses it."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from registry.actions.challenges.subjects import people_to_write_to
from registry.actions.choosing import wanting
from registry.actions.post import write_letters
from registry.grading import in_use
from registry.letters import component_page
from registry.models import (
    STAGES_IN_USE,
    Declaration,
    Event,
    LetterKind,
    Membership,
    Organisation,
    Role,
    Stewardship,
)

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
            to=wanting(LetterKind.ADOPTED, people_of(one.organisation)),
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


def people_of(steward: Organisation) -> list[str]:
    """The body's own address, its owners and its steward's officers."""
    officers = Membership.objects.standing().filter(
        organisation=steward, role=Role.STEWARDS_OFFICER, person__is_active=True
    )
    return [*people_to_write_to(steward), *officers.order_by("pk").values_list("person__email", flat=True)]

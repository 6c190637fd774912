"""Components that bodies have added themselves."""

from catalogue.models import Component
from registry.actions.tokens import issue_token
from registry.models import Act, Organisation, Scope, SourceObject
from registry.permissions import COMMAND_LINE
from tests import factories


def described(body: Organisation, **fields) -> Component:
    """By its token."""
    component = factories.component(**fields)
    token = (
        body.tokens.first()
        or issue_token(organisation=body, name="Writer", scopes=[Scope.CATALOGUE_WRITE], by=COMMAND_LINE).token
    )
    event = factories.event(act=Act.DESCRIBE_COMPONENT, token=token, source="https://git.example/x")
    factories.stewardship(component=component, organisation=body, recorded_in=event)
    return component


def harvested(body: Organisation, **fields) -> Component:
    """From its source, which does not say that the body looks after it."""
    component = factories.component(**fields)
    source = factories.source(organisation=body)
    SourceObject.objects.create(source=source, identifier=component.slug, component=component, made=True, state="good")
    return component

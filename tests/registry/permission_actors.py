"""Who asks in the permission matrix: people with their sessions, and tokens."""

import time
from collections.abc import Mapping
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from registry.actions.tokens import issue_token, revoke_token
from registry.models import (
    Organisation,
    Person,
    Role,
    Scope,
    Token,
)
from registry.models.membership import OF_A_BODY
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.registry.permission_world import MAIL, OF_A_TOKEN, SURNAME, TEAM, World


def make_people(world: World, foreign: Organisation, ended: Organisation, merged: Organisation) -> None:
    """A body's team is one person with every role of it where the table does not tell the roles apart: grants only add
    up, so what all of them may not, none may."""
    roles = dict(zip(TEAM, OF_A_BODY, strict=True))
    for name, role in roles.items():
        signed_in(world, name, {world.own: [role]})
    for name, body in (("foreign team", foreign), ("ended team", ended), ("merged team", merged)):
        signed_in(world, name, {body: OF_A_BODY})
    for role in (Role.ANALYST, Role.MODERATOR, Role.OPERATOR):
        signed_in(world, role.value, {None: [role]})
    signed_in(world, "owner by a code", {world.own: [Role.OWNER]}, second_factor=False)
    signed_in(world, "moderator by a code", {None: [Role.MODERATOR]}, second_factor=False)
    signed_in(world, "operator by a code", {None: [Role.OPERATOR]}, second_factor=False)
    signed_in(world, "somebody", {})
    gone = signed_in(world, "deactivated", {world.own: OF_A_BODY})
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    world.sessions["session"] = world.sessions["operator"]


def signed_in(world: World, name: str, roles: Mapping, *, second_factor: bool = True) -> Person:
    person = factories.person(name=f"{SURNAME} {name}", email=f"{len(world.sessions)}@{MAIL}")
    for body, named in roles.items():
        for role in named:
            factories.membership(person=person, organisation=body, role=role)
    if any(Role.OPERATOR in named for named in roles.values()):
        Person.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(person)
    session = client.session
    method = "mfa" if second_factor else "code"
    session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    world.sessions[name] = session.session_key
    return person


def make_tokens(world: World, foreign: Organisation, ended: Organisation, merged: Organisation) -> None:
    given = {scope.value: (world.own, [scope]) for scope in OF_A_TOKEN}
    bodies = {"foreign token": foreign, "ended token": ended, "merged token": merged}
    bodies |= dict.fromkeys(("revoked token", "expired token"), world.own)
    given |= {name: (body, OF_A_TOKEN) for name, body in bodies.items()}
    given |= {
        "registry catalogue:write": (None, [Scope.CATALOGUE_WRITE]),
        "registry webhooks:write": (None, [Scope.WEBHOOKS_WRITE]),
        "registry token": (None, OF_A_TOKEN),
    }
    for name, (body, scopes) in given.items():
        world.secrets[name] = issue_token(organisation=body, name=name, scopes=scopes, by=COMMAND_LINE).secret
    world.secrets["token"] = world.secrets["registry token"]
    revoke_token(token=Token.objects.get(name="revoked token"), by=COMMAND_LINE)
    today = timezone.localdate()
    Token.objects.filter(name="expired token").update(issued_on=today - timedelta(days=9), expires_on=today)

"""Asking for a role, and the answer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.actions.members.letters import named, tell, tell_of_asking, workspace
from registry.actions.members.recording import record, tidy
from registry.actions.members.refusals import refuse_first_owner, refuse_granting, refuse_looked_at, refuse_receiving
from registry.models import Act, Event, Membership, Organisation, Role
from registry.models.membership import OF_A_BODY
from registry.permissions import Actor

ASKED_A_DAY = 10  # by one person: each asking is a letter to somebody


@transaction.atomic
def ask_for_role(*, organisation: Organisation, role: Role, reason: str = "", by: Actor) -> Membership:
    """Ask to be in a body's team. Its owners answer; a first owner is answered by a moderator, and answers the others.

    Raises Refused: not signed in, no such role, asked or had already, asked too often, or a first owner with another's
    address.
    """
    organisation = locked(organisation)
    if by.person is None:
        raise Refused("Sign in first: a role is somebody's own.")
    if role not in OF_A_BODY:
        raise Refused("A body's team has no such role. Choose one of the list.")
    refuse_ended(organisation)
    if Membership.objects.filter(person=by.person, organisation=organisation, role=role, ended_in=None).exists():
        raise Refused(f"You have this role of {organisation}, or have asked for it, already.")
    refuse_first_owner(by.person.email, organisation, role, by)
    since = timezone.now() - timedelta(days=1)
    if Event.objects.filter(act=Act.ASK_FOR_ROLE, by=by.person, at__gt=since).count() >= ASKED_A_DAY:
        raise Refused("You have asked for many roles today. Ask for more tomorrow.")
    event = record(Act.ASK_FOR_ROLE, by.person, organisation, role, by)
    asked = Membership.objects.create(
        person=by.person, organisation=organisation, role=role, asked_in=event, reason=tidy(reason)
    )
    tell_of_asking(asked)
    return asked


@transaction.atomic
def grant_role(*, membership: Membership, by: Actor) -> Membership:
    """Grant what was asked for.

    Raises Refused: not allowed, answered already, one's own, a body or a person that is gone, or a first owner with
    another's address.
    """
    membership = asked(membership)
    person, organisation, role = membership.person, membership.organisation, Role(membership.role)
    refuse_granting(organisation, role, by)
    refuse_ended(organisation)
    refuse_receiving(person, by)
    refuse_first_owner(person.email, organisation, role, by)
    refuse_looked_at(membership, by)
    membership.granted_in = record(Act.GRANT_ROLE, person, organisation, role, by)
    membership.save(update_fields=["granted_in"])
    tell(membership, f"You are now {named(membership)}", f"Your workspace: {workspace()}")
    return membership


@transaction.atomic
def refuse_role(*, membership: Membership, reason: str, by: Actor) -> Membership:
    """Refuse what was asked for, and say why. Raises Refused: not allowed, answered already, no reason."""
    membership = asked(membership)
    refuse_granting(membership.organisation, Role(membership.role), by)
    if not tidy(reason):
        raise Refused("Say why: whoever asked is told.")
    refuse_looked_at(membership, by)
    membership.ended_in = record(Act.REFUSE_ROLE, membership.person, membership.organisation, Role(membership.role), by)
    membership.reason = tidy(reason)
    membership.save(update_fields=["ended_in", "reason"])
    tell(membership, f"You are not {named(membership)}", f"The reason given: {membership.reason}")
    return membership


def asked(membership: Membership) -> Membership:
    if membership.organisation_id:
        locked(membership.organisation)
    found = Membership.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    membership = found.get(pk=membership.pk)
    if membership.granted_in_id or membership.ended_in_id:
        raise Refused("This was answered already. Look at the list again.")
    return membership

"""A role that is given without being asked for, and its end."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.actions.members.letters import named, tell, workspace
from registry.actions.members.owners import acting_owners
from registry.actions.members.recording import LONGEST_NAME, record
from registry.actions.members.refusals import refuse_first_owner, refuse_granting, refuse_receiving
from registry.models import Act, Membership, Organisation, Person, Role
from registry.permissions import Actor, may_end_role, may_moderate


@transaction.atomic
def invite(*, organisation: Organisation | None, email: str, role: Role, name: str = "", by: Actor) -> Membership:
    """Give somebody a role without their asking; whoever has never signed in can do so now, whatever their domain.

    Without a body: a role of the registry. What they have asked for is granted by it.
    Raises Refused: not allowed, no address, oneself, they have it already, or a first owner with another's address.
    """
    if organisation is not None:
        organisation = locked(organisation)
        refuse_ended(organisation)
    refuse_granting(organisation, role, by)
    person = known_or_new(email, name)
    refuse_receiving(person, by)
    if organisation is not None:
        refuse_first_owner(person.email, organisation, role, by)
    asked_for = {"person": person, "organisation": organisation, "role": role}
    membership = Membership.objects.filter(**asked_for, ended_in=None).first() or Membership(**asked_for)
    if membership.granted_in_id:
        raise Refused(f"{person} has this role already.")
    membership.granted_in = record(Act.GRANT_ROLE, person, organisation, role, by)
    membership.save()
    keep_operators_flag(person)
    tell(membership, f"You are now {named(membership)}", f"Sign in with this address: {workspace()}")
    return membership


@transaction.atomic
def end_role(*, membership: Membership, by: Actor) -> Membership:
    """End a role, or take back one's asking. Raises Refused: not allowed, ended already, or a body's last owner."""
    if membership.organisation_id:
        locked(membership.organisation)
    membership = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
    if not may_end_role(by, membership):
        raise Refused(
            "Only an owner, a moderator, or the person themself ends a role."
            if membership.organisation_id
            else "Only an operator, or the person themself, ends a role of the registry."
        )
    if membership.ended_in_id:
        raise Refused("This role has ended already.")
    if is_last_owner(membership) and not may_moderate(by):
        raise Refused(
            f"{membership.organisation} has no other owner. Make somebody else an owner first, or ask a moderator."
        )
    membership.ended_in = record(Act.END_ROLE, membership.person, membership.organisation, Role(membership.role), by)
    membership.save(update_fields=["ended_in"])
    keep_operators_flag(membership.person)
    if by.person is None or by.person.pk != membership.person_id:
        tell(membership, f"You are no longer {named(membership)}", f"Your workspaces: {workspace()}")
    return membership


def is_last_owner(membership: Membership) -> bool:
    if membership.role != Role.OWNER or not membership.granted_in_id:
        return False
    return not acting_owners(membership.organisation).exclude(pk=membership.pk).exists()


def known_or_new(email: str, name: str) -> Person:
    """The person with this address, locked: one change of their roles at a time."""
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"“{email}” is no email address.") from None
    if not Person.objects.filter(email__iexact=email).exists():
        try:
            with transaction.atomic():
                Person.objects.create_user(email, name=" ".join(name.split())[:LONGEST_NAME])
        except IntegrityError:
            pass  # somebody else has just invited them
    return Person.objects.select_for_update().get(email__iexact=email)


def keep_operators_flag(person: Person) -> None:
    """Django's own pages know operators by a flag: it follows the role."""
    operates = Membership.objects.standing().filter(person=person, role=Role.OPERATOR).exists()
    had = Membership.objects.filter(person=person, role=Role.OPERATOR).exists()
    if had and operates != person.is_superuser:
        person.is_staff = person.is_superuser = operates
        person.save(update_fields=["is_staff", "is_superuser"])

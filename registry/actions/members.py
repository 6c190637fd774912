"""Who is what for a body, or for the registry: asked for, granted, refused, ended."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from commons.exceptions import Refused
from registry import domains
from registry.actions.bodies import locked, refuse_ended
from registry.actions.looking import settle
from registry.actions.post import write_letter, write_letters
from registry.models import Act, Event, Membership, Organisation, Person, Role, Waiting
from registry.models.membership import OF_A_BODY, MembershipQuerySet
from registry.permissions import Actor, is_operator, may_end_role, may_grant_role, may_moderate

LONGEST_REASON, LONGEST_NAME = 1000, 200
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


def keep_operators_flag(person: Person) -> None:
    """Django's own pages know operators by a flag: it follows the role."""
    operates = Membership.objects.standing().filter(person=person, role=Role.OPERATOR).exists()
    had = Membership.objects.filter(person=person, role=Role.OPERATOR).exists()
    if had and operates != person.is_superuser:
        person.is_staff = person.is_superuser = operates
        person.save(update_fields=["is_staff", "is_superuser"])


def asked(membership: Membership) -> Membership:
    if membership.organisation_id:
        locked(membership.organisation)
    found = Membership.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    membership = found.get(pk=membership.pk)
    if membership.granted_in_id or membership.ended_in_id:
        raise Refused("This was answered already. Look at the list again.")
    return membership


def acting_owners(organisation: Organisation) -> MembershipQuerySet:
    """Those of its owners who can still sign in."""
    return Membership.objects.standing().owners().filter(organisation=organisation, person__is_active=True)


def acting_operators() -> MembershipQuerySet:
    return acting(Role.OPERATOR)


def acting_moderators() -> MembershipQuerySet:
    return acting(Role.MODERATOR)


def acting(role: Role) -> MembershipQuerySet:
    """Whoever has this role of the registry and can still sign in."""
    return Membership.objects.standing().filter(role=role, person__is_active=True)


def owned(organisation: Organisation) -> bool:
    return acting_owners(organisation).exists()


def refuse_granting(organisation: Organisation | None, role: Role, by: Actor) -> None:
    has_owner = organisation is not None and owned(organisation)
    if not may_grant_role(by, organisation, role, owned=has_owner):
        raise Refused(
            f"Only an owner of {organisation} decides this."
            if has_owner
            else "A first owner is approved by a moderator, a role of the registry by an operator."
        )


def refuse_receiving(person: Person, by: Actor) -> None:
    if by.person is not None and by.person.pk == person.pk:
        raise Refused("Nobody gives themself a role. Ask another owner, or a moderator.")
    if not person.is_active:
        raise Refused(f"{person} may not sign in any more. Ask an operator of the registry.")


def refuse_looked_at(membership: Membership, by: Actor) -> None:
    """Among moderators one at a time answers; the body's own people do not wait for them."""
    if may_moderate(by):
        settle(Waiting.OWNER, membership.pk, by)


def refuse_first_owner(email: str, organisation: Organisation, role: Role, by: Actor) -> None:
    """A body's first owner is verified twice: by their address, and by a moderator. Operators answer for themselves."""
    if role != Role.OWNER or owned(organisation) or is_operator(by) or domains.is_of_body(email, organisation):
        return
    raise Refused(
        f"The first owner of {organisation} signs in with an address of {organisation}"
        f" ({', '.join(domains.of_body(organisation)) or 'none is known yet'}), and {email} is another. "
        "Ask a colleague to be the first, or ask the registry to add the domain."
    )


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


def record(act: Act, person: Person, organisation: Organisation | None, role: Role, by: Actor) -> Event:
    """The person is named by number: what an event says is public, and stays."""
    detail = {"person": person.pk, "organisation": organisation.slug if organisation else None, "role": role.value}
    return Event.objects.create(act=act, **by.signature, detail=detail)


def tidy(text: str) -> str:
    return " ".join(text.split())[:LONGEST_REASON]


def named(membership: Membership) -> str:
    """“editor of Birch Council”."""
    return f"{membership.get_role_display().lower()} of {membership.organisation or 'the registry'}"


def workspace() -> str:
    return f"{settings.SITE_ADDRESS}{reverse('registry:workspace')}"


def tell(membership: Membership, subject: str, rest: str) -> None:
    write_letter(
        to=membership.person.email,
        about=f"membership {membership.pk} {membership.ended_in_id or membership.granted_in_id}",
        subject=subject,
        text=f"{subject} at the {settings.SERVICE_NAME}.\n\n{rest}\n",
    )


def tell_of_asking(membership: Membership) -> None:
    """Its owners. Where there are none, the moderators of who wants to be the first; others wait for that one."""
    person, body = membership.person, membership.organisation
    write_letters(
        to=answerers(body, Role(membership.role)),
        about=f"membership {membership.pk} asked",
        subject=f"Somebody asks to be {named(membership)}",
        text=f"{person} ({person.email}) asks to be {named(membership)}.\n\n"
        f"Approve or refuse: {settings.SITE_ADDRESS}{reverse('registry:members', args=[body.slug])}\n",
    )


def answerers(organisation: Organisation, role: Role) -> list[str]:
    """The addresses of whoever can answer today who asks for this role of a body."""
    people = acting_owners(organisation)
    if role == Role.OWNER and not people.exists():
        people = acting_moderators()
    return list(people.values_list("person__email", flat=True))

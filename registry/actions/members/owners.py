"""Who decides about roles today."""

from registry.models import Membership, Organisation, Role
from registry.models.membership import MembershipQuerySet


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


def answerers(organisation: Organisation, role: Role) -> list[str]:
    """The addresses of whoever can answer today who asks for this role of a body."""
    people = acting_owners(organisation)
    if role == Role.OWNER and not people.exists():
        people = acting_moderators()
    return list(people.values_list("person__email", flat=True))

"""Who decides about roles today."""

from registry.models import Membership, Organisation, Role
from registry.models.membership import MembershipQuerySet


def acting_owners(organisation: Organisation) -> MembershipQuerySet:
    """Those of its owners who can still sign in."""
    return Membership.objects.standing().owners().filter(organisation=organisation, person__is_active=True)


def acting_operators() -> MembershipQuerySet:
    return Membership.objects.standing().filter(role=Role.OPERATOR, person__is_active=True)


def owned(organisation: Organisation) -> bool:
    return acting_owners(organisation).exists()


def answerers(organisation: Organisation, role: Role) -> list[str]:
    """The addresses of whoever can answer today who asks for this role of a body."""
    people = acting_owners(organisation)
    if role == Role.OWNER and not people.exists():
        people = Membership.objects.standing().filter(role=Role.MODERATOR, person__is_active=True)
    return list(people.values_list("person__email", flat=True))

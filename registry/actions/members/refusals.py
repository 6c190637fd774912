"""Why a role is not given."""

from commons.exceptions import Refused
from registry import domains
from registry.actions.looking import settle
from registry.actions.members.owners import owned
from registry.models import Membership, Organisation, Person, Role, Waiting
from registry.permissions import Actor, is_operator, may_grant_role, may_moderate


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

"""What stands behind a statement: who attests it, who counts it, who looks whether attestations hold."""

from typing import TYPE_CHECKING

from registry.models.token import Scope
from registry.permissions.actors import Actor, may_act_for
from registry.permissions.moderation import may_moderate

if TYPE_CHECKING:
    from registry.models import Organisation


def may_attest_use(actor: Actor, steward: "Organisation") -> bool:
    """Whether it may attest who uses what this body looks after: people whom the body has named, never a program."""
    return actor.person is not None and Scope.USE_ATTEST in actor.grants.get(steward.pk, frozenset())


def may_attest_cost(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may attest what this body's systems cost. That they did not declare themselves is asked beside."""
    return actor.person is not None and Scope.FINANCE_ATTEST in actor.grants.get(organisation.pk, frozenset())


def may_report_usage(actor: Actor, steward: "Organisation") -> bool:
    """Whether it may say who uses what this body looks after: its machines' counts, and claims to be confirmed."""
    return may_act_for(actor, steward, Scope.USAGE_WRITE)


def may_audit(actor: Actor) -> bool:
    """Whether it may see and decide the audits of attestations. To others they are not shown."""
    return may_moderate(actor)

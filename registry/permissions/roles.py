"""What each role may do, and which count only with a second factor."""

from collections.abc import Mapping

from registry.models.membership import Role
from registry.models.token import Scope

EVERYTHING = frozenset(Scope)
ATTESTING = frozenset({Scope.FINANCE_ATTEST, Scope.USE_ATTEST})
READING = frozenset({Scope.WORKSPACE_READ})
EDITING = READING | {Scope.DECLARATIONS_DRAFT, Scope.SOURCES_WRITE, Scope.ASSEMBLIES_WRITE}
ROLES: Mapping[Role, frozenset[Scope]] = {
    Role.READER: READING,
    Role.EDITOR: EDITING,
    Role.OWNER: EDITING
    | {Scope.DECLARATIONS_WRITE, Scope.CATALOGUE_WRITE, Scope.WEBHOOKS_WRITE, Scope.MEMBERS_WRITE}
    | {Scope.USE_ATTEST, Scope.USAGE_WRITE},
    Role.FINANCE_ATTESTOR: READING | {Scope.FINANCE_ATTEST},
    Role.STEWARDS_OFFICER: READING | {Scope.USE_ATTEST, Scope.USAGE_WRITE},
    Role.ANALYST: frozenset({Scope.ANALYSE}),
    Role.MODERATOR: frozenset({Scope.ANALYSE, Scope.MODERATE}),
    Role.OPERATOR: EVERYTHING - ATTESTING,
}
"""What each role may do: for its body, or everywhere where it is one of the registry."""
STRONG = frozenset({Role.OWNER, Role.MODERATOR, Role.OPERATOR})

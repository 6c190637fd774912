"""May this be done? Pure functions that views and API ask before the act; they read no database.

An actor holds *grants*: what it may do for which bodies. A token brings its scopes for its own body, a person those of
each role that they have (ROLES); an operator may do everything for every body, except to attest: that is for people
whom the body itself has named.

Some roles count only where the person signed in with a second factor (STRONG). Without one they are *held back*.

Where the very existence of a thing is secret, whoever may not see it is answered as if there were none: 404, not 403.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from registry.models.membership import OF_A_BODY, OF_THE_REGISTRY, Role
from registry.models.token import FOR_TOKENS, Scope, Token

if TYPE_CHECKING:
    from registry.models import Membership, Organisation, Person, Waiting

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


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks. `grants` are by the id of a body; `everywhere` is what it may do for all bodies and the registry.

    `held_back` are roles that count as soon as the person signs in with a second factor.
    """

    person: "Person | None" = None
    token: Token | None = None
    grants: Mapping[int, frozenset[Scope]] = field(default_factory=dict)
    everywhere: frozenset[Scope] = frozenset()
    held_back: frozenset[Role] = frozenset()

    @property
    def is_anonymous(self) -> bool:
        return not self.grants and not self.everywhere and self.person is None and self.token is None

    @property
    def signature(self) -> dict[str, Any]:
        """Who acted, as an event records it: `Event.objects.create(**by.signature, …)`."""
        return {"by": self.person, "token": self.token}


ANYBODY = Actor()
COMMAND_LINE = Actor(everywhere=EVERYTHING)
"""Whoever may run commands on the registry's machine."""


def of_token(token: Token) -> Actor:
    scopes = frozenset(map(Scope, token.scopes))
    if token.organisation_id is None:
        return Actor(token=token, everywhere=scopes)
    return Actor(token=token, grants={token.organisation_id: scopes})


def of_person(
    person: Any,
    memberships: "Collection[Membership]" = (),
    *,
    second_factor: bool = False,
    own_machine: bool = False,
) -> Actor:
    """A person who is signed in; anybody else is ANYBODY.

    `memberships` are their standing ones of bodies that exist and of the registry; `second_factor`: whether they signed
    in with one; `own_machine`: the registry runs on its operator's own machine, who needs none there.
    """
    if not person.is_authenticated or not person.is_active:
        return ANYBODY
    roles = [(one.organisation_id, Role(one.role)) for one in memberships]
    if person.is_staff and person.is_superuser:
        roles.append((None, Role.OPERATOR))
    strong = (STRONG if second_factor else frozenset()) | ({Role.OPERATOR} if own_machine else frozenset())
    counted = [(body, role) for body, role in roles if role in strong or role not in STRONG]
    grants: dict[int, frozenset[Scope]] = {}
    for body, role in counted:
        if body is not None:
            grants[body] = grants.get(body, frozenset()) | ROLES[role]
    everywhere = frozenset[Scope]().union(*(ROLES[role] for body, role in counted if body is None))
    held_back = frozenset(role for _, role in roles) - frozenset(role for _, role in counted)
    return Actor(person=person, grants=grants, everywhere=everywhere, held_back=held_back)


def is_operator(actor: Actor) -> bool:
    """Whether it acts for the registry as a whole: the root catalogue, every body, moderation."""
    return Scope.OPERATE in actor.everywhere


def may_act_for(actor: Actor, organisation: "Organisation", scope: Scope) -> bool:
    """Whether it may do what `scope` names in the name of this body."""
    return scope in actor.everywhere or scope in actor.grants.get(organisation.pk, frozenset())


def may_write_catalogue(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may add components that this body looks after, and change how the body itself is shown."""
    return may_act_for(actor, organisation, Scope.CATALOGUE_WRITE)


def may_write_component(actor: Actor, stewards: "Collection[Organisation]") -> bool:
    """Whether it may change a component that these bodies look after now. One that nobody looks after: operators."""
    return may_write_root_catalogue(actor) or any(may_write_catalogue(actor, steward) for steward in stewards)


def may_review(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may say what this body found when it took a component up: as who declares what it uses."""
    return may_act_for(actor, organisation, Scope.DECLARATIONS_WRITE)


def may_answer_challenge(actor: Actor, bodies: "Collection[Organisation]") -> bool:
    """Whether it may answer for one of the bodies that a challenge is put to. Where there is none: moderators."""
    if not bodies:
        return may_moderate(actor)
    return any(may_act_for(actor, body, Scope.DECLARATIONS_WRITE) for body in bodies)


def may_write_root_catalogue(actor: Actor) -> bool:
    """Whether it may write what belongs to no body: catalogues, publishers, components without a steward."""
    return is_operator(actor) and Scope.CATALOGUE_WRITE in actor.everywhere


def may_keep_sources(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may say where this body's descriptions are harvested from."""
    return may_act_for(actor, organisation, Scope.SOURCES_WRITE)


def may_choose_difference(
    actor: Actor, organisation: "Organisation", stewards: "Collection[Organisation]", *, made: bool
) -> bool:
    """Whether it may choose between a source of this body and what is recorded of a component.

    Whoever looks after the component may; where nobody does, also the body whose source the component was `made` from.
    """
    return may_write_component(actor, stewards) or (not stewards and made and may_write_catalogue(actor, organisation))


def body_of(actor: Actor) -> "Organisation | None":
    """The body whose token it is; None for the registry's own and for people."""
    return actor.token.organisation if actor.token is not None else None


def may_write_somewhere(actor: Actor, scope: Scope) -> bool:
    """Whether it may do what `scope` names for any body at all."""
    return scope in actor.everywhere or any(scope in scopes for scopes in actor.grants.values())


def may_add_software(actor: Actor, publishers: Collection[int] | None) -> bool:
    """Whether it may add software to a catalogue whose publishers have these ids; None: the root, which is for all."""
    if may_write_root_catalogue(actor):
        return True
    wanting = {body for body, scopes in actor.grants.items() if Scope.CATALOGUE_WRITE in scopes}
    return bool(wanting if publishers is None else wanting.intersection(publishers))


def may_keep_webhooks(actor: Actor, organisation: "Organisation | None") -> bool:
    """Whether it may see and change the webhooks of this body; None: the registry's own."""
    if organisation is None:
        return is_operator(actor) and Scope.WEBHOOKS_WRITE in actor.everywhere
    return may_act_for(actor, organisation, Scope.WEBHOOKS_WRITE)


def may_write_assembly(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may save, change and withdraw what this body puts together."""
    return may_act_for(actor, organisation, Scope.ASSEMBLIES_WRITE)


def may_plan_assembly(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may declare that the body plans to use what it has put together."""
    return may_write_assembly(actor, organisation) and may_act_for(actor, organisation, Scope.DECLARATIONS_WRITE)


def may_moderate(actor: Actor) -> bool:
    """Whether it may decide what waits for a moderator."""
    return Scope.MODERATE in actor.everywhere


def may_look_at(actor: Actor, kind: "Waiting") -> bool:
    """Whether it may look at, and so claim, what waits of this kind: people who decide it."""
    return actor.person is not None and (may_second_edition(actor) if kind == "edition" else may_moderate(actor))


def may_ask_to_publish(actor: Actor) -> bool:
    """Whether it may ask for an edition to be published: operators. Another person has to agree."""
    return actor.person is not None and is_operator(actor)


def may_ask_for_exemption(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may ask a panel for an exemption of this body's own system, and take that back: its owners alone."""
    own = actor.grants.get(organisation.pk, frozenset())
    return actor.person is not None and Scope.DECLARATIONS_WRITE in own


def may_sit(actor: Actor, organisation: "Organisation", *, as_steward: bool) -> bool:
    """Whether it may sit on a panel for this body: its owners and steward's officers, and where it is asked as a body
    of the same kind its editors too. By a role of the body itself: moderators and operators have no voice."""
    if actor.person is None:
        return False
    own = actor.grants.get(organisation.pk, frozenset())
    wanted = {Scope.DECLARATIONS_WRITE, Scope.USE_ATTEST} | (set() if as_steward else {Scope.DECLARATIONS_DRAFT})
    return bool(own & wanted)


def may_sit_somewhere(actor: Actor) -> bool:
    """Whether it may sit on some panel, or look on: moderators do."""
    wanted = {Scope.DECLARATIONS_WRITE, Scope.USE_ATTEST, Scope.DECLARATIONS_DRAFT}
    return actor.person is not None and (may_moderate(actor) or any(own & wanted for own in actor.grants.values()))


def may_second_edition(actor: Actor) -> bool:
    """Whether it may agree to what somebody else asks to publish: analysts, moderators and operators, as people."""
    return actor.person is not None and Scope.ANALYSE in actor.everywhere


def may_judge_pairs(actor: Actor) -> bool:
    """Whether it may see which components may be one, and say that they are not. To others it is not shown."""
    return may_moderate(actor) or may_write_root_catalogue(actor)


def may_see_workspace(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may see what this body prepares and keeps to itself. To others there is no such page."""
    return may_act_for(actor, organisation, Scope.WORKSPACE_READ)


def may_draft(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may prepare declarations of this body, and confirm those that stand."""
    return may_act_for(actor, organisation, Scope.DECLARATIONS_DRAFT)


def may_declare(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may publish what this body says about itself."""
    return may_act_for(actor, organisation, Scope.DECLARATIONS_WRITE)


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


def names_shown_to(actor: Actor) -> frozenset[int] | None:
    """The ids of the bodies whose people it may see by name in what was recorded; None: of all. To others they are
    roles."""
    if may_moderate(actor) or Scope.WORKSPACE_READ in actor.everywhere:
        return None
    return frozenset(body for body, scopes in actor.grants.items() if Scope.WORKSPACE_READ in scopes)


def may_see_members(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may see who is in the body's team. Moderators see it of every body: they approve first owners."""
    return may_see_workspace(actor, organisation) or may_moderate(actor)


def may_grant_role(actor: Actor, organisation: "Organisation | None", role: Role, *, owned: bool) -> bool:
    """Whether it may give, or refuse, somebody a role. `owned`: whether the body has an owner who can.

    Owners do it for their body. The first owner is approved by a moderator; roles of the registry by an operator.
    """
    if organisation is None:
        return is_operator(actor) and role in OF_THE_REGISTRY and actor.token is None
    if role not in OF_A_BODY or actor.token is not None:
        return False
    if may_act_for(actor, organisation, Scope.MEMBERS_WRITE):
        return True
    return role == Role.OWNER and not owned and may_moderate(actor)


def may_end_role(actor: Actor, membership: "Membership") -> bool:
    """Whoever may grant it, the person themself and, of a role of a body, a moderator."""
    if actor.person is not None and actor.person.pk == membership.person_id:
        return True
    if membership.organisation is not None and may_moderate(actor):
        return True
    return may_grant_role(actor, membership.organisation, Role(membership.role), owned=True)


def may_plan_reorganisation(actor: Actor) -> bool:
    """Whether it may plan, second, change and cancel what becomes of bodies."""
    return may_moderate(actor)


def may_issue_token(actor: Actor, organisation: "Organisation | None", scopes: Collection[Scope]) -> bool:
    """Operators, and owners for their own body: nobody hands out more than they have."""
    if is_operator(actor) and actor.everywhere.issuperset(scopes):
        return True
    if organisation is None or actor.token is not None:
        return False
    own = actor.grants.get(organisation.pk, frozenset())
    return Scope.MEMBERS_WRITE in own and own.issuperset(scopes) and set(FOR_TOKENS).issuperset(scopes)


def may_revoke_token(actor: Actor, token: Token) -> bool:
    if is_operator(actor) or (actor.token is not None and actor.token.pk == token.pk):
        return True
    own = actor.grants.get(token.organisation_id or 0, frozenset())
    return actor.token is None and Scope.MEMBERS_WRITE in own

"""Who acts, and on what: three bodies with people and tokens, three functions, four components."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from registry.actions.tokens import issue_token
from registry.models import Membership, Organisation, Person, Role, Scope, Token
from registry.permissions import ANYBODY, COMMAND_LINE, Actor, of_person, of_token
from registry.signed_in import memberships
from tests import factories

ROLES = (Role.OWNER, Role.EDITOR, Role.READER)
NEVER, UNTIL = "Vault", "Locker"
"""What names of systems begin with that are kept back for good, or until a day."""


@dataclass
class World:
    bodies: list[Organisation] = field(default_factory=list)
    functions: list = field(default_factory=list)
    components: list = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    secrets: dict[int, str] = field(default_factory=dict)
    """Of each token by its id."""
    answered: set[str] = field(default_factory=set)
    """Evidence links that have ever answered."""
    shown_from: dict[str, date] = field(default_factory=dict)
    """From which day each kept-back name may be seen; those kept back for good are in `never`."""
    never: set[str] = field(default_factory=set)
    numbers: count = field(default_factory=lambda: count(1))

    def actor(self, place: int, body: Organisation | None = None) -> Actor:
        """As the pages know somebody who is signed in with a second factor, or a program by its token. Every second
        time one of the body's own, if it has any."""
        every = [*self.people, *self.usable_tokens(), None]
        if body is not None and place % 2:
            own = Membership.objects.standing().filter(organisation=body).select_related("person").order_by("pk")
            every = [one.person for one in own] or every
        who = every[place // 2 % len(every)]
        if who is None:
            return ANYBODY
        if isinstance(who, Token):
            return of_token(who)
        return of_person(who, memberships(who), second_factor=True)

    def owner_of(self, body: Organisation) -> Actor:
        role = Membership.objects.standing().owners().filter(organisation=body).order_by("pk").first()
        return of_person(role.person, memberships(role.person), second_factor=True) if role else ANYBODY

    def moderator(self, place: int) -> Actor:
        who = self.people[place % 2]
        return of_person(who, memberships(who), second_factor=True)

    def usable_tokens(self) -> list[Token]:
        return list(Token.objects.filter(revoked_at=None).select_related("organisation").order_by("pk"))

    def body(self, place: int) -> Organisation:
        """Also those that a reorganisation has made, and those that have ended."""
        every = list(Organisation.objects.order_by("pk"))
        return every[place % len(every)]


def make() -> World:
    world = World()
    group = factories.peer_group(slug=f"kind-{next(NUMBERS)}")
    for _ in range(2):
        moderator = factories.person(name="Moderator")
        factories.membership(person=moderator, organisation=None, role=Role.MODERATOR)
        world.people.append(moderator)
    world.functions = [factories.function() for _ in range(3)]
    world.components = [factories.component(functions=world.functions) for _ in range(4)]
    for place in range(3):
        body = factories.organisation(peer_group=group, homepage=f"https://body-{place}.example/")
        world.bodies.append(body)
        factories.stewardship(component=world.components[place], organisation=body)
        for role in ROLES:
            person = factories.person(email=f"{role}-{next(NUMBERS)}@body-{place}.example")
            factories.membership(person=person, organisation=body, role=role)
            world.people.append(person)
        given = issue_token(organisation=body, name="Program", scopes=[Scope.DECLARATIONS_WRITE], by=COMMAND_LINE)
        world.secrets[given.token.pk] = given.secret
    return world


NUMBERS = count(1)

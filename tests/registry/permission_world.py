"""The world that the permission matrix is asked in: who asks, what there is, and what each write sends.

A new route needs two things here where it is not open to everybody: what stands in its address (PLACES), and what a
write sends so that whoever may is not told of a mistake (SENT).
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from catalogue.models import Slot
from public_value.preview import following
from registry.actions.assemblies import AssemblyChoice, save_assembly
from registry.actions.challenges import raise_challenge
from registry.actions.challenges.letters import own_page
from registry.actions.declarations import declare
from registry.actions.deprecations import deprecate_component
from registry.actions.plans import plan_assembly
from registry.actions.reorganisations import plan_reorganisation
from registry.actions.search import refresh_search
from registry.actions.tokens import issue_token, revoke_token
from registry.actions.webhooks import create_webhook
from registry.areas import areas
from registry.models import (
    Act,
    Alert,
    Catalog,
    DeclarationKind,
    Difference,
    Job,
    JobKind,
    Membership,
    Organisation,
    Pair,
    Person,
    Review,
    Role,
    Scope,
    SourceObject,
    Subject,
    Succession,
    Token,
)
from registry.models.membership import OF_A_BODY
from registry.permissions import ANYBODY, COMMAND_LINE, of_person, of_token
from registry.presenters import challenged
from registry.said import Said
from tests import factories
from tests.public_value.published import published
from tests.registry.reorganisations.plans import merge

SURNAME, MAIL = "Zephyrine", "inside.example"
"""What everybody's name and address have in them, and no public answer."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OF_A_TOKEN = tuple(scope for scope in Scope if scope.value.endswith(":write") and scope != Scope.MEMBERS_WRITE)
BAD_TOKENS = ("revoked token", "expired token", "ended token", "merged token")
TEAM = ("reader", "editor", "owner", "finance attestor", "steward's officer")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "team": TEAM,
    "editors": ("editor", "owner"),
    "outside teams": ("foreign team", "ended team", "merged team"),
    "held back": ("owner by a code", "moderator by a code", "operator by a code"),
    "operators": ("operator",),
    "moderators": ("moderator", "operator"),
    "bad tokens": BAD_TOKENS,
    "signed in": (
        "somebody",
        *TEAM,
        *("foreign team", "ended team", "merged team", "analyst", "moderator", "operator"),
        *("owner by a code", "moderator by a code", "operator by a code"),
    ),
    "unsigned": ("anybody", "session"),
    "all registry tokens": ("registry catalogue:write", "registry webhooks:write", "registry token"),
}
"""Names in the table that stand for several."""
PEOPLE = (
    "anybody",
    "somebody",
    *TEAM,
    *GROUPS["outside teams"],
    "analyst",
    "moderator",
    "operator",
    *GROUPS["held back"],
    "deactivated",
)
TOKENS = (
    "anybody",
    "session",
    *(scope.value for scope in OF_A_TOKEN),
    "foreign token",
    *BAD_TOKENS,
    *GROUPS["all registry tokens"],
)
SIGNED_OUT = {"anybody", "deactivated", "session", "token", *BAD_TOKENS}
"""Who is answered as nobody."""


def is_api(route: str) -> bool:
    return route.startswith(("api/v1/", "v1/"))


def routes() -> list[str]:
    """Every address that the URLconf knows, as it is written there."""
    return list(dict.fromkeys(walk(get_resolver().url_patterns)))


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route


@dataclass
class World:
    """`sessions` and `secrets` by the actor's name in the table; `things` by what stands in an address."""

    own: Organisation
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))
    sessions: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    sent: dict[tuple[str, str], Any] = field(default_factory=dict)

    def address(self, method: str, route: str) -> str:
        """Raises LookupError where nobody has said what stands in it."""
        address = f"{method} {route}"
        for before, after in PLACES:
            address = address.replace(before, after)
        if route.startswith("admin/"):
            for before, after in ADMIN_PLACES:
                address = re.sub(before, after, address)
        for name, value in self.things.items():
            address = address.replace(f"[{name}]", value)
        if re.search(r"[<\[(^]", address):
            raise LookupError(f"{route}: say in PLACES of {__name__} what stands there: {address}")
        return f"/{address.removeprefix(f'{method} ')}"

    def ask(self, actor: str, method: str, route: str) -> str:
        """What it comes to: “yes”, “sign in”, or the status."""
        return outcome(self.answer(actor, method, route))

    def answer(self, actor: str, method: str, route: str) -> HttpResponseBase:
        """Nothing stays of what was asked."""
        address, sent = self.address(method, route), self.sent.get((method, route))
        headers = {"If-Match": "*"} if is_api(route) else {}
        if actor in self.secrets:
            headers["Authorization"] = f"Bearer {self.secrets[actor]}"
        client = Client(raise_request_exception=False)
        client.handler = self.handler  # its middleware takes longer to load than most answers
        if actor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        body, kind = encoded(route, sent)
        if method == "GET":
            address, body = f"{address}?{urlencode(sent)}" if sent else address, ""
        with transaction.atomic():
            response = client.generic(method, address, body, content_type=kind, headers=headers)
            transaction.set_rollback(True)
        return response


def encoded(route: str, sent: Any) -> tuple[str, str]:
    if is_api(route):
        return ("" if sent is None else json.dumps(sent)), "application/json"
    return urlencode(sent or {}, doseq=True), "application/x-www-form-urlencoded"


def outcome(response: HttpResponseBase) -> str:
    """Being told what is wrong with a form (400, 409) is no leave: it has its number."""
    if response.streaming:
        b"".join(response)
    if response.status_code in (301, 302) and urlsplit(response["Location"]).path in signing_in():
        return "sign in"
    return "yes" if response.status_code < 400 else str(response.status_code)


def signing_in() -> tuple[str, ...]:
    return resolve_url(settings.LOGIN_URL), resolve_url("admin:login")


# Who asks


def make_people(world: World, foreign: Organisation, ended: Organisation, merged: Organisation) -> None:
    """A body's team is one person with every role of it where the table does not tell the roles apart: grants only add
    up, so what all of them may not, none may."""
    roles = dict(zip(TEAM, OF_A_BODY, strict=True))
    for name, role in roles.items():
        signed_in(world, name, {world.own: [role]})
    for name, body in (("foreign team", foreign), ("ended team", ended), ("merged team", merged)):
        signed_in(world, name, {body: OF_A_BODY})
    for role in (Role.ANALYST, Role.MODERATOR, Role.OPERATOR):
        signed_in(world, role.value, {None: [role]})
    signed_in(world, "owner by a code", {world.own: [Role.OWNER]}, second_factor=False)
    signed_in(world, "moderator by a code", {None: [Role.MODERATOR]}, second_factor=False)
    signed_in(world, "operator by a code", {None: [Role.OPERATOR]}, second_factor=False)
    signed_in(world, "somebody", {})
    gone = signed_in(world, "deactivated", {world.own: OF_A_BODY})
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    world.sessions["session"] = world.sessions["operator"]


def signed_in(world: World, name: str, roles: Mapping, *, second_factor: bool = True) -> Person:
    person = factories.person(name=f"{SURNAME} {name}", email=f"{len(world.sessions)}@{MAIL}")
    for body, named in roles.items():
        for role in named:
            factories.membership(person=person, organisation=body, role=role)
    if any(Role.OPERATOR in named for named in roles.values()):
        Person.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(person)
    session = client.session
    method = "mfa" if second_factor else "code"
    session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    world.sessions[name] = session.session_key
    return person


def make_tokens(world: World, foreign: Organisation, ended: Organisation, merged: Organisation) -> None:
    given = {scope.value: (world.own, [scope]) for scope in OF_A_TOKEN}
    bodies = {"foreign token": foreign, "ended token": ended, "merged token": merged}
    bodies |= dict.fromkeys(("revoked token", "expired token"), world.own)
    given |= {name: (body, OF_A_TOKEN) for name, body in bodies.items()}
    given |= {
        "registry catalogue:write": (None, [Scope.CATALOGUE_WRITE]),
        "registry webhooks:write": (None, [Scope.WEBHOOKS_WRITE]),
        "registry token": (None, OF_A_TOKEN),
    }
    for name, (body, scopes) in given.items():
        world.secrets[name] = issue_token(organisation=body, name=name, scopes=scopes, by=COMMAND_LINE).secret
    world.secrets["token"] = world.secrets["registry token"]
    revoke_token(token=Token.objects.get(name="revoked token"), by=COMMAND_LINE)
    today = timezone.localdate()
    Token.objects.filter(name="expired token").update(issued_on=today - timedelta(days=9), expires_on=today)


# What there is


def make() -> World:
    group = factories.peer_group(slug="kind")
    own, foreign, ended, merged = (
        factories.organisation(slug=slug, name=slug.title(), peer_group=group, homepage=f"https://{slug}.example/")
        for slug in ("own", "foreign", "ended", "merged")
    )
    world = World(own)
    make_people(world, foreign, ended, merged)
    make_tokens(world, foreign, ended, merged)
    Succession.objects.create(predecessor=merged, successor=own)
    for body in (ended, merged):
        body.end = timezone.localdate()
        body.save()
    make_components(world, foreign)
    make_challenge(world)
    make_reorganisation(world)
    make_account(world)
    make_team(world)
    make_open_catalog(world)
    refresh_search()
    return world


def publish(world: World) -> None:
    """An edition of the index, and the live preview: for who reads them. It takes seconds."""
    published()
    following.follow(60)


def make_components(world: World, foreign: Organisation) -> None:
    own, day = world.own, timezone.localdate()
    function = factories.function(slug="work")
    kept, twin, ending, heir = (
        factories.component(slug=slug, name=slug.title(), functions=[function])
        for slug in ("kept", "twin", "ending", "heir")
    )
    factories.component(slug="places", kind="dataset")
    for component in (kept, twin, ending):
        factories.stewardship(component=component, organisation=own)
    factories.adoption(organisation=own, component=kept, function=function, annual_cost=1000)
    Review.objects.create(
        organisation=own, component=kept, written_on=day, went_well="It works", recorded_in=factories.event()
    )
    deprecate_component(component=ending, successor=heir, ends_on=day + timedelta(days=99), by=COMMAND_LINE)
    pair = Pair.objects.create(first=kept, second=twin, reasons=[{"kind": "name", "same": True}], found_on=day)
    blueprint = factories.blueprint(slug="plan", function=function)
    slot = factories.slot(slug="plan-slot", step=factories.step(blueprint=blueprint), functions=[function])
    saved, planned = (
        save_assembly(organisation=own, blueprint=blueprint, name=slug, choice=chosen(slot, slug), by=COMMAND_LINE)
        for slug in ("heir", "twin")
    )
    plan_assembly(assembly=planned, by=COMMAND_LINE)
    source = factories.source(organisation=own)
    thing = SourceObject.objects.create(source=source, identifier="kept", component=kept, made=True, state="good")
    now = timezone.now()
    difference = Difference.objects.create(thing=thing, field="name", ours="Kept", theirs="Other", found_at=now)
    job = Job.objects.create(kind=JobKind.PREVIEW, started_at=now, heartbeat_at=now)
    said = [Said(kind=DeclarationKind.DUPLICATE, system="Old system", contact="Us")]
    owner = Membership.objects.get(organisation=own, role=Role.OWNER, person__name=f"{SURNAME} owner")
    by = of_person(owner.person, [owner], second_factor=True)
    act = declare(organisation=own, function=factories.function(slug="more"), statements=said, by=by).event
    alert = Alert.objects.create(email="reader@x.example", search="", asked_at=now)
    declaration = own.declarations.first()
    world.things |= {
        "pair": str(pair.pk),
        "saved": str(saved.uuid),
        "planned": str(planned.uuid),
        "source": str(source.pk),
        "difference": str(difference.pk),
        "job": str(job.pk),
        "alert": str(alert.pk),
        "declaration": str(declaration.pk),
        "act": str(act.pk),
        "stands": str(own.declarations.get(component__slug="kept").pk),
    }
    world.sent |= component_bodies(own, day + timedelta(days=60))


def chosen(slot: Slot, slug: str) -> AssemblyChoice:
    return AssemblyChoice(slots={slot.slug: slug})


DECLARED = {"organisation": "own", "function": "more", "kind": "duplicate", "system": "Another", "contact": "Us"}
CELL = "workspace/<slug:slug>/functions/<slug:function>/"
SOURCE = {"organisation": "own", "kind": "file", "address": "https://x.example/y.yml"}


def component_bodies(own: Organisation, day) -> dict[tuple[str, str], Any]:
    """What is sent about components, sources and assemblies."""
    ends = {"ends_on-day": day.day, "ends_on-month": day.month, "ends_on-year": day.year}
    ours = {"name": "Ours", "slots": {"plan-slot": "heir"}}
    save = "blueprints/<slug:slug>/save/"
    return {
        ("POST", "components/<slug:slug>/deprecate/"): {"successor": "heir", "confirm": "1", **ends},
        ("POST", "components/<slug:slug>/reviews/write/"): {"organisation": own.pk, "went_well": "Much"},
        ("POST", "differences/<int:pk>/"): {"choice": "kept"},
        ("POST", "pairs/<int:pk>/"): {"reason": "They are two"},
        ("POST", save): {"name": "Ours", "organisation": "own"},
        ("POST", "assemblies/<uuid:uuid>/fork/"): {"name": "Ours", "organisation": "own"},
        **{("POST", f"api/v1/sources{kind}"): SOURCE for kind in ("", ".json", ".csv")},
        **{("POST", f"api/v1/declarations{kind}"): DECLARED for kind in ("", ".json", ".csv")},
        ("PUT", "api/v1/organisations/<path:key>/declarations/<slug:function>"): {"statements": []},
        ("POST", "api/v1/organisations/<path:key>/confirmations"): {
            "declarations": [own.declarations.get(component__slug="kept").pk]
        },
        ("PATCH", "api/v1/sources/<int:key>"): {"every_days": 2},
        ("PUT", "api/v1/components/<slug:component>/reviews/<slug:organisation>"): {"went_well": "Much"},
        ("POST", "api/v1/assemblies"): {"organisation": "own", "blueprint": "plan", **ours},
        ("PUT", "api/v1/assemblies/<uuid:uuid>"): ours,
        ("POST", "api/v1/assemblies/<uuid:uuid>/forks"): {"name": "Ours", "organisation": "own"},
        ("POST", "api/v1/similar"): {"text": "Sends messages to people about their applications"},
        ("GET", "api/v1/suggestions"): {"q": "kep"},
        ("POST", "workspace/<slug:slug>/confirm/"): {"declaration": own.declarations.get(component__slug="kept").pk},
        ("POST", "workspace/<slug:slug>/declarations/<int:pk>/edit/"): {"stage": "pilot"},
        ("POST", "workspace/<slug:slug>/functions/<slug:function>/replace/"): {"version": "[]"},
        ("POST", "workspace/<slug:slug>/functions/<slug:function>/<int:place>/<slug:step>/"): {
            "how": "not_responsible"
        },
        ("POST", "already/"): {"text": "Sends messages to people"},
        ("POST", "tools/validate"): {"text": "name: X"},
        ("POST", "tools/validate/"): {"text": "name: X"},
        ("POST", "alerts/new/"): {"email": "other@x.example"},
    }


def make_challenge(world: World) -> None:
    """Somebody challenges what “own” says of the component that it uses."""
    number = world.own.declarations.current().get(component__slug="kept").pk
    subject = challenged.of_declaration(number)
    challenge = raise_challenge(subject=subject, claim="They left it.", by=ANYBODY).challenge
    world.things |= {"challenge": challenge.reference, "mine": own_page(challenge).strip("/")}
    said = {"about": "organisation", "organisation": "own", "claim": "Its name is wrong"}
    world.sent |= {
        ("POST", "challenges/<str:reference>/answer/"): {"choice": "keep", "text": "They did not"},
        ("POST", "challenges/<str:reference>/mine/<str:secret>/"): {"act": "withdraw"},
        **{("POST", f"api/v1/challenges{kind}"): said for kind in ("", ".json", ".csv")},
    }


def make_reorganisation(world: World) -> None:
    """Two other bodies are to become one; somebody who is not asked here has planned it."""
    slugs = ("north", "south", "east", "west")
    north, south, *_rest = (factories.organisation(slug=slug, name=slug.title()) for slug in slugs)
    day = timezone.localdate() + timedelta(days=400)
    planner = factories.membership(organisation=None, role=Role.MODERATOR, person=factories.person(name=SURNAME))
    plan = merge([north, south], day=day)
    made = plan_reorganisation(plan=plan, by=of_person(planner.person, [planner], second_factor=True))
    world.things |= {"reorganisation": str(made.pk), "area": areas()[0].slug}
    dated = {"vesting_day-day": day.day, "vesting_day-month": day.month, "vesting_day-year": day.year}
    asked = {"kind": "merge", "area": "The coast", "before": "north\nsouth", "after": "Coast Council", **dated}
    world.sent |= {
        ("POST", "reorganisations/new/"): asked | {"before": "east\nwest", "area": "The hills", "after": "Hills"},
        ("POST", "reorganisations/<int:pk>/change/"): asked,
        ("POST", "reorganisations/<int:pk>/cancel/"): {"reason": "It is off"},
    }


def make_account(world: World) -> None:
    """What is somebody's own, and nobody else's: their second factor, and where they are signed in."""
    other = factories.person(name=f"{SURNAME} other", email=f"other@{MAIL}")
    factor = Authenticator.objects.create(user=other, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    client.force_login(other)
    session = UserSession.objects.create(
        user=other, session_key=client.session.session_key, ip="192.0.2.1", user_agent="Test"
    )
    world.things |= {"factor": str(factor.pk), "session": str(session.pk)}
    world.sent |= {
        ("POST", "sign-in/"): {"email": f"new@{MAIL}"},
        ("POST", "account/name/"): {"name": f"{SURNAME} again"},
        ("POST", "account/address/"): {"email": f"newer@{MAIL}"},
    }


def make_team(world: World) -> None:
    own = world.own
    asked = Membership.objects.create(
        person=factories.person(name=f"{SURNAME} asking", email=f"asking@{MAIL}"),
        organisation=own,
        role=Role.EDITOR,
        asked_in=factories.event(act=Act.ASK_FOR_ROLE),
    )
    other = factories.membership(organisation=own, role=Role.READER)
    token = issue_token(organisation=own, name="Crawler", scopes=[Scope.CATALOGUE_WRITE], by=COMMAND_LINE).token
    world.things |= {"asked": str(asked.pk), "other": str(other.pk), "token": str(token.pk)}
    members = "workspace/<slug:slug>/members/"
    world.sent |= {
        ("POST", "organisations/<slug:slug>/join/"): {"role": "stewards_officer", "reason": "I keep it"},
        ("POST", f"{members}invite/"): {"email": "new@own.example", "role": "reader"},
        ("POST", f"{members}<int:pk>/refuse/"): {"reason": "No"},
        ("POST", "workspace/<slug:slug>/tokens/issue/"): {"name": "New", "scopes": ["catalogue:write"], "days": 9},
    }


def make_open_catalog(world: World) -> None:
    catalog = Catalog.objects.create(name="Coast", alternative_id="coast")
    by = of_token(Token.objects.select_related("organisation").get(name="webhooks:write"))
    hook = create_webhook(subject=Subject.SOFTWARE, subject_uuid=None, url="https://hooks.example/1", secret="", by=by)
    world.things |= {"catalog": str(catalog.uuid), "hook": str(hook.uuid), "own": str(world.own.uuid)}
    world.things["kept"] = str(world.own.stewardships.get(component__slug="kept").component.uuid)
    software = {"url": "https://code.example/new", "publiccodeYml": "name: New"}
    publisher = {"description": "New", "codeHosting": [{"url": "https://code.example/n"}]}
    seen, measured, another = {"message": "Seen"}, {"size": {"v": 1}}, {"url": "https://hooks.example/2"}
    world.sent |= {
        ("POST", "v1/software"): software,
        ("PATCH", "v1/software/<str:id>"): {"vitality": "1"},
        ("PATCH", "v1/software/<str:id>/analysis"): measured,
        ("POST", "v1/software/<str:id>/logs"): seen,
        ("POST", "v1/logs"): seen,
        ("POST", "v1/catalogs"): {"name": "N", "alternativeId": "n", "sources": [{"url": "https://x.example/n"}]},
        ("PATCH", "v1/catalogs/<str:id>"): {"name": "Shore", "sources": [{"url": "https://x.example/s"}]},
        ("PATCH", "v1/catalogs/<str:id>/analysis"): measured,
        ("POST", "v1/catalogs/<str:id>/publishers"): publisher,
        ("PATCH", "v1/catalogs/<str:catalog_id>/publishers/<str:id>"): {"active": True},
        ("POST", "v1/catalogs/<str:id>/software"): software,
        ("PATCH", "v1/catalogs/<str:catalog_id>/software/<str:id>"): {"vitality": "1"},
        ("POST", "v1/catalogs/<str:id>/logs"): seen,
        ("POST", "v1/publishers"): publisher,
        ("PATCH", "v1/publishers/<str:id>"): {"active": True},
        ("PATCH", "v1/webhooks/<str:id>"): another,
        **{
            ("POST", f"v1/{where}/webhooks"): another
            for where in ("software", "software/<str:id>", "publishers", "publishers/<str:id>")
        },
    }


ADMIN_PLACES = (
    (r"\^\(\?P<app_label>.*", "registry/"),
    (r"\(\?P<url>.*", "nowhere/"),
    (r"<\w+:\w+>", "1"),
)
PLACES = (
    ("^.*$", "nowhere"),
    ("components/<slug:slug>/reinstate/", "components/ending/reinstate/"),
    ("components/<slug:slug>.jsonld", "components/places.jsonld"),
    ("blueprints/<slug:slug>/save/", "blueprints/plan/save/?slot-plan-slot=heir&body=own"),
    ("DELETE api/v1/assemblies/<uuid:uuid>/plan", "DELETE api/v1/assemblies/[planned]/plan"),
    ("api/v1/components/<slug:component>/reviews/<slug:organisation>", "api/v1/components/kept/reviews/own"),
    ("public-value/components/<slug:slug>", "public-value/components/kept"),
    ("components/<slug:slug>", "components/kept"),
    ("components/<str:key>", "components/kept"),
    ("functions/<slug:slug>", "functions/work"),
    ("functions/<str:key>", "functions/work"),
    ("blueprints/<slug:slug>", "blueprints/plan"),
    ("blueprints/<str:key>", "blueprints/plan"),
    ("assemblies/<uuid:uuid>/undo/", "assemblies/[planned]/undo/"),
    ("assemblies/<uuid:uuid>", "assemblies/[saved]"),
    ("challenges/<str:reference>/mine/<str:secret>/", "[mine]/"),
    ("challenges/<str:reference>", "challenges/[challenge]"),
    ("challenges/<str:key>", "challenges/[challenge]"),
    ("feedback/declarations/<int:key>", "feedback/declarations/[stands]"),
    ("feedback/payments/<int:key>", "feedback/payments/1"),
    ("feedback/organisations/<slug:organisation>", "feedback/organisations/own"),
    ("reorganisations/<int:pk>", "reorganisations/[reorganisation]"),
    ("reorganisations/<int:key>", "reorganisations/[reorganisation]"),
    ("areas/<slug:slug>", "areas/[area]"),
    ("alerts/<uuid:pk>", "alerts/[alert]"),
    ("organisations/<slug:slug>", "organisations/own"),
    ("organisations/<path:key>", "organisations/own"),
    ("declarations/<int:key>", "declarations/[declaration]"),
    ("sources/<int:pk>", "sources/[source]"),
    ("sources/<int:key>", "sources/[source]"),
    ("differences/<int:pk>", "differences/[difference]"),
    ("pairs/<int:pk>/merge/<slug:keep>", "pairs/[pair]/merge/kept"),
    ("pairs/<int:pk>", "pairs/[pair]"),
    ("jobs/<int:pk>", "jobs/[job]"),
    ("members/<int:pk>/end", "members/[other]/end"),
    ("members/<int:pk>", "members/[asked]"),
    ("tokens/<int:pk>", "tokens/[token]"),
    ("workspace/<slug:slug>", "workspace/own"),
    ("functions/<slug:function>", "functions/work"),
    ("declarations/<slug:function>", "declarations/work"),
    ("<int:place>/remove", "0/remove"),
    ("<int:place>/<slug:step>", "0/how"),
    ("acts/<int:pk>", "acts/[act]"),
    ("declarations/<int:pk>/edit", "declarations/[stands]/edit"),
    ("sign-in/with/<slug:name>", "sign-in/with/nobody"),
    ("sign-in/with/<slug:provider_id>", "sign-in/with/nobody"),
    ("account/factors/<int:pk>", "account/factors/[factor]"),
    ("account/sessions/<int:pk>", "account/sessions/[session]"),
    ("<str:label>", "2026Q3"),
    ("editions/<str:key>", "editions/2026Q3"),
    ("revisions/<int:revision>", "revisions/1"),
    ("revisions/<int:key>", "revisions/1"),
    ("scores/<str:key>", "scores/own"),
    ("<slug:organisation>", "own"),
    ("problems/<slug:code>", "problems/not-found"),
    ("v1/software/<str:id>", "v1/software/[kept]"),
    ("v1/publishers/<str:id>", "v1/publishers/[own]"),
    ("v1/webhooks/<str:id>", "v1/webhooks/[hook]"),
    ("v1/catalogs/<str:catalog_id>/publishers/<str:id>", "v1/catalogs/%E2%88%85/publishers/[own]"),
    ("v1/catalogs/<str:catalog_id>/software/<str:id>", "v1/catalogs/%E2%88%85/software/[kept]"),
    ("v1/catalogs/<str:id>", "v1/catalogs/[catalog]"),
)
"""What stands in an address, first to last: names of things in square brackets are those of the world."""

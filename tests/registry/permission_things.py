"""What there is in the world of the permission matrix, and what each write sends."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from catalogue.models import Component, Slot
from public_value.models import Edition
from public_value.preview import following
from registry.actions.assemblies import AssemblyChoice, save_assembly
from registry.actions.body_requests import AskedBody, ask_for_body
from registry.actions.challenges import raise_challenge
from registry.actions.challenges.letters import own_page
from registry.actions.declarations import declare
from registry.actions.deprecations import deprecate_component
from registry.actions.exemptions import ask_for_exemption
from registry.actions.exemptions.asking import Asking
from registry.actions.imports import receive_import, work_due
from registry.actions.looking import look_at
from registry.actions.plans import plan_assembly
from registry.actions.proposals import propose_merge
from registry.actions.reorganisations import plan_reorganisation
from registry.actions.search import refresh_search
from registry.actions.tokens import issue_token
from registry.actions.webhooks import create_webhook
from registry.actions.withdrawals import ask_to_withdraw
from registry.areas import areas
from registry.models import (
    Act,
    Alert,
    Attestation,
    Audit,
    Catalog,
    Claim,
    DeclarationKind,
    Difference,
    ExemptReason,
    Job,
    JobKind,
    Membership,
    Organisation,
    Pair,
    PanelSeat,
    QuarterlyReader,
    Review,
    Role,
    Scope,
    SourceObject,
    Subject,
    Succession,
    Token,
    Waiting,
)
from registry.permissions import ANYBODY, COMMAND_LINE, of_person, of_token
from registry.presenters import challenged
from registry.said import Said
from tests import factories
from tests.public_value.published import published
from tests.registry.permission_actors import make_people, make_tokens
from tests.registry.permission_world import MAIL, SURNAME, World
from tests.registry.reorganisations.plans import merge


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
    make_attestations(world)
    make_challenge(world)
    make_import(world)
    make_reorganisation(world)
    make_moderation(world, foreign)
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
KINDS = ("", ".json", ".csv", ".xlsx", ".ods")  # in which a list of the API answers: a write goes to any
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
        **{("POST", f"api/v1/sources{kind}"): SOURCE for kind in KINDS},
        **{("POST", f"api/v1/declarations{kind}"): DECLARED for kind in KINDS},
        ("PUT", "api/v1/organisations/<path:key>/declarations/<str:function>"): {"statements": []},
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


def make_import(world: World) -> None:
    """A preview with one good row and one problem."""
    table = b"function,system\nmore,Sent\nnowhere,Sent\n"
    imported = receive_import(organisation=world.own, file=BytesIO(table), name="own.csv", by=COMMAND_LINE).imported
    work_due()
    world.things |= {"import": str(imported.pk), "import_job": str(imported.job_id)}
    page, another = "workspace/<slug:slug>/import/", "function,system\nmore,Sent again\n"
    world.sent |= {
        ("POST", page): {"text": another},
        ("POST", f"{page}<int:pk>/columns/"): {"column-0": "function", "column-1": "system"},
        ("POST", "api/v1/imports"): {"organisation": "own", "table": another},
        ("POST", "api/v1/imports/<int:key>/apply"): {"apply": "good"},
    }


def make_attestations(world: World) -> None:
    """“own” is asked as a steward, has attested something, asks others, and has a system whose cost can be attested."""
    own, today = world.own, timezone.localdate()
    function = factories.function(slug="proof")
    kept = Component.objects.get(slug="kept")
    user, theirs = factories.organisation(slug="user"), factories.component(slug="theirs", functions=[function])
    factories.stewardship(component=theirs, organisation=user)
    asking = factories.adoption(organisation=own, component=theirs, function=function)
    costly = factories.duplicate(organisation=own, function=function, annual_cost=1)
    factories.adoption(organisation=user, component=kept, function=function)
    event, other = factories.event(), factories.function(slug="proof-given")
    about = {"kind": "use", "organisation": user, "component": kept, "asked_in": event, "asked_on": today}
    asked = Attestation.objects.create(state="asked", function=function, due_on=today, **about)
    answer = {"answered_in": event, "answered_on": today, "steward": own}
    given = Attestation.objects.create(state="attested", function=other, due_on=today, **about, **answer)
    claim = Claim.objects.create(component=kept, function=function, organisation=user, steward=own, claimed_in=event)
    audit = Audit.objects.create(attestation=given, steward=own, year=2025, seed="0", drawn_in=event)
    world.things |= {"given": str(given.pk), "claim": str(claim.pk), "audit": str(audit.pk)}
    page = "workspace/<slug:slug>/attestations/"
    claimed = [{"organisation": "user", "function": "work"}]
    world.sent |= {
        ("POST", "audits/<int:pk>/"): {"result": "passed", "reason": "Seen"},
        ("POST", "workspace/<slug:slug>/claims/new/"): {"component": "kept", "text": "user"},
        ("POST", "api/v1/components/<slug:slug>/claims"): {"claims": claimed},
        ("POST", "api/v1/components/<slug:slug>/usage"): {
            "usage": [{**claimed[0], "month": "2026-01", "transactions": 7}]
        },
        ("POST", f"{page}answer/"): {"chosen": asked.pk},
        ("POST", f"{page}ask/"): {"chosen": asking.pk},
        ("POST", f"{page}costs/"): {"chosen": costly.pk},
        ("POST", f"{page}<int:pk>/withdraw/"): {"reason": "They left"},
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
        **{("POST", f"api/v1/challenges{kind}"): said for kind in KINDS},
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


def make_moderation(world: World, foreign: Organisation) -> None:
    """One of everything that waits: what two people are needed for was begun by somebody who is not asked here."""
    own, day = world.own, timezone.localdate()
    other = factories.membership(organisation=None, role=Role.OPERATOR, person=factories.person(name=SURNAME))
    by = of_person(other.person, [other], second_factor=True)
    unowned = factories.organisation(slug="unowned", name="Unowned", homepage="https://unowned.example/")
    asking = factories.person(name=f"{SURNAME} first", email="first@unowned.example")
    owner = Membership.objects.create(
        person=asking, organisation=unowned, role=Role.OWNER, asked_in=factories.event(act=Act.ASK_FOR_ROLE)
    )
    wanted = ask_for_body(body=AskedBody(name="Dune Council"), by=of_person(asking))
    fresh, gone, first, second = (
        factories.component(slug=slug, name=slug.title()) for slug in ("fresh", "gone", "first", "second")
    )
    token = Token.objects.get(name="catalogue:write")
    factories.stewardship(
        component=fresh, organisation=own, recorded_in=factories.event(act=Act.DESCRIBE_COMPONENT, token=token)
    )
    factories.stewardship(component=gone, organisation=own)
    factories.adoption(organisation=foreign, component=gone)
    withdrawal = ask_to_withdraw(component=gone, reason="It is old", by=COMMAND_LINE)
    look_at(kind=Waiting.BODY, key="0", by=by)
    pair = Pair.objects.create(first=first, second=second, reasons=[{"kind": "name", "same": True}], found_on=day)
    propose_merge(pair=pair, kept=first, by=by)
    system = factories.duplicate(organisation=own, system="Ledger")
    asked = Asking(
        system="Ledger",
        reason=ExemptReason.LAW,
        text="The law says so",
        evidence_url="https://law.example/1",
        until=day + timedelta(days=300),
    )
    its_owner = Membership.objects.get(organisation=own, role=Role.OWNER, person__name=f"{SURNAME} owner")
    exemption = ask_for_exemption(
        organisation=own,
        function=system.function,
        asking=asked,
        by=of_person(its_owner.person, [its_owner], second_factor=True),
    )
    PanelSeat.objects.create(
        exemption=exemption,
        number=1,
        person=other.person,
        organisation=unowned,
        group="unowned",
        as_steward=False,
        taken_in=factories.event(act=Act.TAKE_SEAT),
    )
    another = factories.duplicate(organisation=own, system="Another ledger")
    now = timezone.now()
    edition = Edition.objects.create(  # a correction is public once it is published
        label="2020Q1", revision=2, erratum="A volume", snapshot_date=day, draws=1, started_at=now, computed_at=now
    )
    world.things |= {
        "owner asked": str(owner.pk),
        "body asked": str(wanted.pk),
        "withdrawal": str(withdrawal.pk),
        "proposed": str(pair.pk),
        "own system": str(another.pk),
        "exemption": str(exemption.pk),
        "edition": str(edition.pk),
    }
    until = day + timedelta(days=200)
    dated = {"until-day": until.day, "until-month": until.month, "until-year": until.year}
    agreed = {"choice": "yes"}
    world.sent |= {
        ("POST", "moderation/owners/<int:pk>/"): agreed,
        ("POST", "moderation/bodies/<int:pk>/"): agreed | {"name": "Dune Council"},
        ("POST", "moderation/components/<slug:slug>/"): agreed,
        ("POST", "moderation/withdrawals/<int:pk>/"): {"choice": "yes"},
        ("POST", "moderation/editions/<int:pk>/"): {"act": "ask"},
        ("POST", "pairs/<int:pk>/second/"): agreed,
        ("POST", "components/<slug:slug>/withdraw/"): {"reason": "It is old", "confirm": "1"},
        ("POST", "organisations/new/"): {"name": "Reed Council"},
        ("POST", "exemptions/<int:pk>/sit/"): {"body": "foreign", "as": "peer"},
        ("POST", "exemptions/<int:pk>/vote/"): {"choice": "yes", "reason": "They are right"},
        ("POST", "workspace/<slug:slug>/declarations/<int:pk>/exemption/"): {
            "reason": "law",
            "text": "The law says so",
            "evidence_url": "https://law.example/2",
            **dated,
        },
    }


def make_account(world: World) -> None:
    """What is somebody's own, and nobody else's: their second factor, and where they are signed in."""
    other = factories.person(name=f"{SURNAME} other", email=f"other@{MAIL}")
    reader = QuarterlyReader.objects.create(person=other)
    factor = Authenticator.objects.create(user=other, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    client.force_login(other)
    session = UserSession.objects.create(
        user=other, session_key=client.session.session_key, ip="192.0.2.1", user_agent="Test"
    )
    world.things |= {"factor": str(factor.pk), "session": str(session.pk), "quarterly": str(reader.pk)}
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

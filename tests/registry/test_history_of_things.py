"""What was done to a source, a planned reorganisation, a challenge: by whom, when, what before and after."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from registry.actions.challenges import escalate_challenge, escalate_overdue, keep_record, raise_challenge
from registry.actions.challenges.secrets import secret_of
from registry.actions.reorganisations import (
    Plan,
    PlannedBody,
    cancel_reorganisation,
    change_reorganisation,
    plan_reorganisation,
    second_reorganisation,
)
from registry.actions.sources import add_source, change_source, stop_source
from registry.models import Act, ReorganisationKind, Role
from registry.permissions import ANYBODY, COMMAND_LINE, of_person
from registry.presenters import challenged
from tests import factories
from tests.registry.reorganisations.plans import SOON, abolish, acting, carried_out, merge, operators, rename, split

pytestmark = pytest.mark.django_db
ADDRESS = "https://ash.example/publiccode.yml"


@pytest.fixture
def ash():
    return factories.organisation(slug="ash", name="Ash Council")


@pytest.fixture
def owner(ash):
    membership = factories.membership(organisation=ash, role=Role.OWNER, person=factories.person(name="Ada Byron"))
    return of_person(membership.person, [membership], second_factor=True)


@pytest.fixture
def source(ash, owner):
    return add_source(organisation=ash, kind="file", address=ADDRESS, contact="ada@ash.example", by=owner)


@pytest.fixture
def plan(ash):
    """Planned, changed, seconded."""
    elm = factories.organisation(slug="elm", name="Elm Council")
    first, second = (acting(person) for person in operators())
    made = merge([ash, elm], day=SOON)
    planned = plan_reorganisation(plan=made, by=first)
    changed = replace(made, vesting_day=SOON + timedelta(days=30), area="Greater Marrowshire")
    planned = change_reorganisation(reorganisation=planned, plan=changed, by=second)
    return second_reorganisation(reorganisation=planned, by=first)


@pytest.fixture
def challenge(ash, owner):
    said = factories.adoption(organisation=ash, component=factories.component(name="Till"))
    made = raise_challenge(subject=challenged.of_declaration(said.pk), claim="They left it.", by=ANYBODY).challenge
    return keep_record(challenge=made, reason="We did not.", by=owner)


def history_of(thing) -> str:
    return f"{thing.get_absolute_url()}history/"


def read(client, thing, form=""):
    response = client.get(history_of(thing), {"format": form} if form else {})
    assert response.status_code == 200
    return (b"".join(response.streaming_content) if form else response.content).decode()


def table(client, thing) -> list[dict]:
    return list(csv.DictReader(io.StringIO(read(client, thing, "csv"), newline="")))


def test_source_says_who_named_changed_and_stopped_it(client, source, owner, django_assert_max_num_queries):
    change_source(source=source, every_days=7, looked_after=True, contact="bob@ash.example", by=owner)
    stop_source(source=source, by=owner)
    with django_assert_max_num_queries(8):
        page = read(client, source)
    rows = table(client, source)
    assert [row["act"] for row in rows] == ["stop_source", "change_source", "add_source"]
    assert {row["who"] for row in rows} == {"Owner of Ash Council"}
    assert rows[1]["before"] == "Days between readings: 1; Looked after by the body: not said"
    assert rows[1]["after"] == "Days between readings: 7; Looked after by the body: yes"
    assert rows[2]["before"] == ""
    assert "Belongs to: Ash Council" in rows[2]["after"]
    assert "No longer read since: not stated" in rows[0]["before"]
    for text in (page, str(rows)):
        assert "ada@ash.example" not in text
        assert "bob@ash.example" not in text
    assert history_of(source) in client.get(source.get_absolute_url()).content.decode()


def test_source_says_to_whom_a_reorganisation_passed_it(client, ash, source):
    elm = factories.organisation(slug="elm", name="Elm Council")
    done = carried_out(merge([ash, elm]))
    newest, oldest = table(client, source)
    assert newest["act"] == "carry_out_reorganisation"
    assert newest["source"] == f"Reorganisation “{done.area}”"
    assert (newest["before"], newest["after"]) == ("Belongs to: Ash Council", "Belongs to: Marrow Council")
    assert oldest["who"] == "Owner of Ash Council"


def test_source_without_a_known_act_says_so(client):
    assert "Nothing has been recorded yet" in read(client, factories.source())


def test_plan_says_what_was_planned_before_each_change(client, plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = read(client, plan)
    rows = table(client, plan)
    assert [row["act"] for row in rows] == ["second_reorganisation", "change_reorganisation", "plan_reorganisation"]
    assert rows[1]["before"].startswith("Area: Marrowshire; First day of what comes after: ")
    assert rows[1]["after"].startswith("Area: Greater Marrowshire; First day of what comes after: ")
    assert "Bodies" not in rows[1]["after"]
    assert "Bodies: Ash Council and Elm Council to Marrow Council" in rows[2]["after"]
    assert {row["who"] for row in rows} == {"Operator of the registry"}
    assert "Operator 1" not in page
    shown = client.get(plan.get_absolute_url()).content.decode()
    assert shown.count("Operator of the registry") == 3
    assert history_of(plan) in shown


def created(name) -> Plan:
    kind = ReorganisationKind.CREATE
    return Plan(kind=kind, area="Oakshire", vesting_day=SOON, becomings=(PlannedBody(name=name),))


@pytest.mark.parametrize(
    ("plan_of", "words"),
    [
        (lambda ash: rename(ash, "Ashes Council", day=SOON), "Bodies: Ashes Council"),
        (lambda ash: split(ash, day=SOON), "Bodies: Ash Council to North and South"),
        (lambda ash: abolish(ash, day=SOON), "Bodies: Ash Council ends"),
        (lambda _: created("Oak Council"), "Bodies: Oak Council begins"),
    ],
)
def test_every_kind_of_plan_says_what_becomes_of_whom(client, ash, plan_of, words):
    planned = plan_reorganisation(plan=plan_of(ash), by=acting(operators().first))
    assert words in table(client, planned)[0]["after"]


def test_plan_says_why_it_was_cancelled(client, plan):
    operator = factories.membership(organisation=None, role=Role.OPERATOR)
    operator = of_person(operator.person, [operator], second_factor=True)
    cancel_reorganisation(reorganisation=plan, reason="The order was quashed.", by=operator)
    assert table(client, plan)[0]["after"] == "The order was quashed."


def test_challenge_says_each_step_and_never_who_raised_it(client, challenge, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = read(client, challenge)
    assert history_of(challenge) in client.get(challenge.get_absolute_url()).content.decode()
    newest, oldest = table(client, challenge)
    assert (newest["act"], newest["who"]) == ("keep_record", "Owner of Ash Council")
    assert "In words: We did not." in newest["after"]
    assert (oldest["act"], oldest["who"]) == (Act.RAISE_CHALLENGE, "Somebody without an account")
    assert (oldest["organisation"], oldest["component"]) == ("ash", challenge.component.slug)
    assert "They left it." in page


def test_whoever_challenged_is_told_to_nobody_not_even_to_their_own_body(client, ash, owner):
    """It may be a clerk who has no other way to say it."""
    said = factories.adoption(organisation=ash, component=factories.component(name="Till"))
    made = raise_challenge(subject=challenged.of_declaration(said.pk), claim="They left it.", by=owner).challenge
    client.force_login(factories.membership(organisation=ash, role=Role.READER).person)
    for address in (history_of(made), "/organisations/ash/history/"):
        page = client.get(address).content.decode()
        assert "Somebody who was signed in" in page
        assert "Ada Byron" not in page
        assert "Owner of Ash Council" not in page


def test_escalation_by_a_challenger_is_not_the_registrys(client, challenge):
    escalate_challenge(challenge=challenge, secret=secret_of(challenge), by=ANYBODY)
    newest = table(client, challenge)[0]
    assert (newest["act"], newest["who"]) == ("escalate_challenge", "Somebody without an account")


def test_escalation_of_what_nobody_answered_is_the_registrys(client, ash, time_machine):
    said = factories.adoption(organisation=ash, component=factories.component(name="Till"))
    made = raise_challenge(subject=challenged.of_declaration(said.pk), claim="They left it.", by=ANYBODY).challenge
    time_machine.move_to(timezone.now() + timedelta(days=100))
    escalate_overdue(by=COMMAND_LINE)
    newest = table(client, made)[0]
    assert (newest["act"], newest["who"]) == ("escalate_challenge", "The registry itself")


def test_challenge_is_found_however_its_letters_are_written(client, challenge):
    spoken = challenge.reference.lower().replace("-", "")
    assert client.get(f"/challenges/{spoken}/history/").status_code == 200
    assert client.get("/challenges/none/history/").status_code == 404


@pytest.mark.parametrize("thing", ["source", "challenge"])
def test_names_are_for_the_body_and_never_in_files(client, request, ash, thing):
    found = request.getfixturevalue(thing)
    assert "Ada Byron" not in read(client, found)
    client.force_login(factories.membership(role=Role.OWNER).person)
    assert "Ada Byron" not in read(client, found)
    client.force_login(factories.membership(organisation=ash, role=Role.READER).person)
    assert "Ada Byron" in read(client, found)
    for form in ("csv", "json"):
        assert "Byron" not in read(client, found, form)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
@pytest.mark.parametrize("thing", ["source", "plan", "challenge"])
def test_workbooks_open(client, request, thing, form):
    response = client.get(history_of(request.getfixturevalue(thing)), {"format": form})
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_pages_neither_skip_nor_repeat(client, source, owner):
    for days in range(2, 73):
        source = change_source(source=source, every_days=days, looked_after=False, contact="", by=owner)
    found, address, pages = [], history_of(source), 0
    while address:
        context = client.get(address).context
        found += [change["after"] for act in context["acts"] for change in act["changes"]]
        address, pages = context["older"] and f"{history_of(source)}{context['older']}", pages + 1
    assert (pages, len(found), len(set(found))) == (3, 72, 72)
    back = client.get(f"{history_of(source)}{client.get(history_of(source)).context['older']}")
    assert client.get(f"{history_of(source)}{back.context['newer']}").context["newer"] == ""
    assert client.get(f"{history_of(source)}?cursor=x").status_code == 400

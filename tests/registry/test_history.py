"""Complete history: who, when, what before and after, and nothing that is not for everybody."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from registry.actions.challenges import raise_challenge
from registry.actions.declarations import declare
from registry.models import Act, Declaration, DeclarationKind, Role, Withheld
from registry.models.withheld import ShownTo
from registry.permissions import ANYBODY, COMMAND_LINE, of_person
from registry.presenters import challenged
from registry.said import Hold, Said
from tests import factories
from tests.registry.reorganisations.plans import carried_out, merge

pytestmark = pytest.mark.django_db
SAID = {"kind": DeclarationKind.ADOPTION, "component": "till", "stage": "live", "since": date(2025, 1, 1)}


@pytest.fixture
def body():
    return factories.organisation(slug="birch", name="Birch Council")


@pytest.fixture
def function():
    return factories.function(slug="bookings", name="Bookings")


@pytest.fixture
def till(function):
    return factories.component(slug="till", name="Till", functions=[function])


def officer(body, role=Role.OWNER, name="Ada Byron"):
    membership = factories.membership(organisation=body, role=role, person=factories.person(name=name))
    return of_person(membership.person, [membership], second_factor=True)


def say(body, function, by, **said):
    return declare(organisation=body, function=function, statements=[Said(**SAID | said)], by=by)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


PAGES = ["/organisations/birch/history/", "/components/till/history/", "/organisations/birch/statements/bookings/"]


@pytest.mark.parametrize("address", PAGES)
def test_page_says_who_when_and_what_before_and_after(
    client, body, function, till, address, django_assert_max_num_queries
):
    by = officer(body)
    say(body, function, by, annual_cost=Decimal(1000), price_fy="2025-26")
    say(body, function, by, annual_cost=Decimal(1200), price_fy="2025-26")
    with django_assert_max_num_queries(8):
        page = read(client, address)
    assert "Owner of Birch Council" in page
    assert "Before:</span> Uses Till. Cost a year: £1,000" in page
    assert "After:</span> Uses Till. Cost a year: £1,200" in page
    assert page.count("<br>Declared") == 2


@pytest.mark.parametrize("address", PAGES)
def test_names_are_for_members_of_the_body_and_moderators(client, body, function, till, address):
    say(body, function, officer(body))
    assert "Ada Byron" not in read(client, address)
    for person, shown in (
        (factories.membership(organisation=body, role=Role.READER).person, True),
        (factories.membership(organisation=factories.organisation(), role=Role.OWNER).person, False),
        (factories.person(), False),
        (strong(client, factories.membership(organisation=None, role=Role.MODERATOR).person), True),
    ):
        client.force_login(person)
        if person.memberships.filter(role=Role.MODERATOR).exists():
            strong(client, person)
        assert ("Ada Byron" in read(client, address)) == shown


def strong(client, person):
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return person


def test_page_with_names_is_kept_nowhere(client, body, function, till):
    say(body, function, officer(body))
    assert "no-store" not in client.get(PAGES[0]).headers.get("Cache-Control", "")
    client.force_login(factories.membership(organisation=body, role=Role.READER).person)
    assert "no-store" in client.get(PAGES[0])["Cache-Control"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "ods"])
def test_files_name_nobody_even_to_members(client, body, function, till, address, form):
    say(body, function, officer(body))
    client.force_login(factories.membership(organisation=body, role=Role.READER).person)
    response = client.get(f"{address}?format={form}")
    content = b"".join(response.streaming_content)
    assert response.status_code == 200
    assert b"Byron" not in content


def test_file_has_each_change_in_a_row(client, body, function, till):
    by = officer(body)
    say(body, function, by, annual_cost=Decimal(1000), price_fy="2025-26")
    say(body, function, by, annual_cost=Decimal(1200), price_fy="2025-26")
    declare(organisation=body, function=function, statements=[], by=by)
    text = b"".join(client.get("/organisations/birch/history/?format=csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["act"], row["what"], row["function"], row["component"]) for row in rows] == [
        ("declare", "ended", "bookings", "till"),
        ("declare", "said", "bookings", "till"),
        ("declare", "said", "bookings", "till"),
    ]
    assert [bool(row["before"]) for row in rows] == [True, True, False]
    assert {row["who"] for row in rows} == {"Owner of Birch Council"}


def test_what_is_kept_back_is_never_told(client, body, function):
    by = officer(body)
    held = {"system": Hold(ShownTo.OWN), "annual_cost": Hold(ShownTo.OWN), "contract_end": Hold(ShownTo.PEERS)}
    for cost in (7_777, 8_888):
        said = Said(
            kind=DeclarationKind.DUPLICATE,
            system="Secret System",
            annual_cost=Decimal(cost),
            price_fy="2025-26",
            held=held,
            contract_end=date(2029, 9, 9),
            contact="Us",
        )
        declare(organisation=body, function=function, statements=[said], by=by)
    assert Withheld.objects.exists()
    page = read(client, PAGES[0])
    text = b"".join(client.get(f"{PAGES[0]}?format=json").streaming_content).decode()
    for told in (page, text):
        assert "kept back" in told
        for secret in ("Secret System", "7,777", "7777", "8,888", "8888", "September 2029", "2029-09-09"):
            assert secret not in told


def test_drafts_are_not_told(client, body, function, till):
    draft = factories.component(slug="hidden", name="Hidden Draft", lifecycle="draft", functions=[function])
    factories.adoption(organisation=body, function=function, component=draft)
    factories.stewardship(organisation=body, component=draft)
    assert "Hidden Draft" not in read(client, PAGES[0])
    assert "Hidden Draft" not in read(client, PAGES[2])
    assert client.get("/components/hidden/history/").status_code == 404


def test_own_fields_are_told_with_what_they_were(client, body, function, till):
    till.licence = "EUPL-1.2"
    till.save()
    body.name = "Birch and Fern Council"
    body.save()
    page = read(client, "/components/till/history/")
    assert "Licence" in page
    assert "EUPL-1.2" in page
    page = read(client, "/organisations/birch/history/")
    assert "Before:</span> Birch Council" in page
    assert "After:</span> Birch and Fern Council" in page


def test_what_a_component_was_as_a_draft_is_not_told(client, body):
    component = factories.component(slug="young", name="Codename", lifecycle="draft")
    component.name = "Young"
    component.save()
    component.lifecycle = "live"
    component.save()
    page = read(client, "/components/young/history/")
    assert "Codename" not in page
    assert "Stage of life" in page


def test_stewards_and_challenges_are_told(client, body, function, till):
    factories.stewardship(organisation=body, component=till, share=0.5)
    made = say(body, function, officer(body))
    challenge = raise_challenge(
        subject=challenged.of_declaration(made.recorded[0].pk), claim="They left it.", by=ANYBODY
    ).challenge
    for address in PAGES[:2]:
        page = read(client, address)
        assert "Looks after" in page
        assert f"{challenge.reference}: Challenged" in page
        assert "Somebody without an account" in page
        assert "They left it." not in page


def test_history_of_an_ended_body_stays_under_its_own_name_and_leads_from_others(client, function, till):
    bodies = [factories.organisation(slug=slug, name=slug.title(), aliases=[f"Old {slug}"]) for slug in ("ash", "elm")]
    say(bodies[0], function, officer(bodies[0]))
    carried_out(merge(bodies))
    assert "Uses Till" in read(client, "/organisations/ash/history/")
    assert client.get("/organisations/old-ash/history/")["Location"] == "/organisations/ash/history/"
    assert client.get("/organisations/nobody/history/").status_code == 404


def test_pages_neither_skip_nor_repeat(client, body, till):
    functions = [factories.function() for _ in range(70)]
    event = factories.event(act=Act.LOAD_PACK, source="A pack")
    for function in functions:
        factories.adoption(organisation=body, function=function, component=till, recorded_in=event)
    found, address, pages = [], "/organisations/birch/history/", 0
    while address:
        context = client.get(address).context
        found += [change["function"]["slug"] for act in context["acts"] for change in act["changes"]]
        address, pages = context["older"] and f"/organisations/birch/history/{context['older']}", pages + 1
    assert pages == 3
    assert sorted(found) == sorted(function.slug for function in functions)
    back = client.get(f"/organisations/birch/history/{client.get('/organisations/birch/history/').context['older']}")
    assert client.get(f"/organisations/birch/history/{back.context['newer']}").context["newer"] == ""


def test_cursor_that_is_none_of_ours_is_refused(client, body):
    assert client.get("/organisations/birch/history/?cursor=x").status_code == 400
    assert client.get("/organisations/birch/history/?page=2&colour=red").status_code == 400


@pytest.mark.parametrize("address", PAGES)
def test_history_without_anything_says_so(client, body, function, till, address):
    assert "Nothing has been recorded yet" in read(client, address)


def test_programs_and_operators_are_told_from_people(client, body, function, till):
    say(body, function, COMMAND_LINE)
    page = read(client, PAGES[0])
    assert "Operator of the registry" in page


def test_role_is_what_it_was_at_the_time(client, body, function, till):
    by = officer(body, Role.OWNER)
    say(body, function, by)
    membership = by.person.memberships.get()
    membership.ended_in = factories.event(act=Act.END_ROLE)
    membership.save()
    assert "Owner of Birch Council" in read(client, PAGES[0])


def test_many_bodies_cost_no_query_more(client, till, function, django_assert_max_num_queries):
    for _ in range(20):
        body = factories.organisation()
        say(body, function, officer(body, name="Someone"))
    with django_assert_max_num_queries(8):
        read(client, "/components/till/history/")


def test_newest_stands_first(client, body, function, till, time_machine):
    by = officer(body)
    say(body, function, by)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    say(body, function, by, stage="pilot")
    days = [act["at"] for act in client.get(PAGES[0]).context["acts"]]
    assert days == sorted(days, reverse=True)
    assert Declaration.objects.count() == 2

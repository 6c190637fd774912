"""Planning, seconding and cancelling in the browser; reading through the API; the command line."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from commons.exceptions import Refused
from registry.actions.reorganisations.plans import plan_of, tidy
from registry.actions.reorganisations.written import read_plan, written
from registry.models import Identifier, Organisation, Person, Reorganisation, ReorganisationKind
from tests import factories
from tests.registry.reorganisations.plans import (
    SOON,
    abolish,
    acting,
    carried_out,
    merge,
    operators,
    planned,
    rename,
    seconded,
    split,
)

pytestmark = pytest.mark.django_db
LIST = "/reorganisations/"


@pytest.fixture
def people():
    return operators()


@pytest.fixture
def bodies() -> list[Organisation]:
    return [factories.organisation(slug=slug, name=f"{slug.title()} Council") for slug in ("east", "west")]


def given(**changes) -> dict:
    day = SOON
    return {
        "kind": "merge",
        "area": "Marrowshire",
        "vesting_day-day": str(day.day),
        "vesting_day-month": str(day.month),
        "vesting_day-year": str(day.year),
        "before": "east\nWest Council",
        "after": "Marrow Council | gss:E9; la:MAR | 12,300",
        "type": "unitary",
    } | changes


def test_whole_way_in_the_browser(client, people, bodies):
    client.force_login(people.first)
    assert "Plan a reorganisation" in client.get(LIST).content.decode()
    response = client.post(f"{LIST}new/", given(), follow=True)
    page = response.content.decode()
    found = Reorganisation.objects.get()
    assert response.redirect_chain[-1][0] == f"{LIST}{found.pk}/"
    assert "Another person has to second it" in page
    assert "gss:E9, la:MAR" in page
    assert "size 12,300" in page
    assert f"{LIST}{found.pk}/second/" not in page

    refused = client.post(f"{LIST}{found.pk}/second/")
    assert refused.status_code == 409
    assert "Ask another person to second it" in refused.content.decode()

    client.force_login(people.second)
    assert f"{LIST}{found.pk}/second/" in client.get(f"{LIST}{found.pk}/").content.decode()
    assert "East Council" in client.get(f"{LIST}{found.pk}/second/").content.decode()
    assert "You have seconded it" in client.post(f"{LIST}{found.pk}/second/", follow=True).content.decode()

    changing = client.get(f"{LIST}{found.pk}/change/").content.decode()
    assert "Marrow Council | gss:E9; la:MAR | 12300" in changing
    client.post(f"{LIST}{found.pk}/change/", given(area="Greater Marrow"))
    found.refresh_from_db()
    assert (found.area, found.state) == ("Greater Marrow", "planned")

    assert "Say why" in client.post(f"{LIST}{found.pk}/cancel/", {"reason": ""}).content.decode()
    page = client.post(f"{LIST}{found.pk}/cancel/", {"reason": "Withdrawn."}, follow=True).content.decode()
    assert "Withdrawn." in page
    assert "Cancelled" in page


def test_public_sees_roles_and_moderators_names(client, people, bodies):
    found = seconded(merge(bodies, day=SOON), people)
    page = client.get(f"{LIST}{found.pk}/").content.decode()
    assert "Operator of the registry" in page
    assert "Operator 1" not in page
    assert "Change the plan" not in page
    client.force_login(people.second)
    assert "Operator 1" in client.get(f"{LIST}{found.pk}/").content.decode()


@pytest.mark.parametrize("act", ["new", "1/change", "1/second", "1/cancel"])
def test_only_moderators_plan(client, people, bodies, act):
    found = planned(merge(bodies, day=SOON), people)
    address = f"{LIST}{act.replace('1', str(found.pk))}/"
    for method in (client.get, client.post):
        assert method(address)["Location"].startswith("/")
    client.force_login(Person.objects.create_user("somebody@example.org"))
    for method in (client.get, client.post):
        assert method(address).status_code == 403
    assert Reorganisation.objects.get().state == "planned"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"before": ""}, "at least 2 bodies"),
        ({"before": "east\nnobody"}, "Line 2 of what it begins with: there is no body “nobody”"),
        ({"after": "A | gss:E9 | many"}, "“many” is no size"),
        ({"after": "A | gss:E9 | 1 | 2"}, "with | between them"),
        ({"after": "A | E9"}, "“E9” is no code"),
        ({"before": "east > A; B\nwest"}, "it leads to no body “A”"),
        ({"kind": "redraw", "after": "A\nB"}, "Say to which body the work of East Council passes"),
        ({"vesting_day-year": ""}, "must include a year"),
        ({"area": ""}, "needs an answer"),
        ({"kind": ""}, "needs an answer"),
        ({"source_url": "javascript:alert(1)"}, "begins with https"),
    ],
)
def test_mistakes_are_said_with_what_to_mend(client, people, bodies, changes, sentence):
    client.force_login(people.first)
    response = client.post(f"{LIST}new/", given(**changes))
    assert response.status_code == 400
    assert sentence in response.content.decode().replace("&gt;", ">")
    assert not Reorganisation.objects.exists()


def test_empty_post_is_no_first_visit(client, people):
    client.force_login(people.first)
    assert client.get(f"{LIST}new/").status_code == 200
    assert client.post(f"{LIST}new/", {}).status_code == 400


def test_list_is_filtered_and_taken_along(client, people, bodies, django_assert_max_num_queries):
    assert "Nothing is planned here." in client.get(LIST).content.decode()
    planned(merge(bodies, day=SOON), people)
    carried_out(rename(factories.organisation(name="Old"), "New"), people)
    with django_assert_max_num_queries(8):
        page = client.get(LIST).content.decode()
    assert "2 reorganisations" in page
    assert "1 reorganisation" in client.get(f"{LIST}?state=carried_out").content.decode()
    assert "1 reorganisation" in client.get(f"{LIST}?q=east").content.decode()
    text = b"".join(client.get("/reorganisations.csv").streaming_content).decode()
    assert "east;west" in text


def test_api_reads_all_and_one(client, people, bodies):
    found = carried_out(merge(bodies), people)
    (item,) = client.get("/api/v1/reorganisations").json()["items"]
    assert (item["state"], item["kind"]) == ("carried_out", "merge")
    assert [body["slug"] for body in item["before"]] == ["east", "west"]
    one = client.get(f"/api/v1/reorganisations/{found.pk}").json()
    assert one["passings"] == [{"heir": True, "before": slug, "after": "marrow-council"} for slug in ("east", "west")]
    assert one["outcome"]["declarations"] == 0
    missing = client.get("/api/v1/reorganisations/99999999999999999999")
    assert missing.status_code == 404
    assert missing["Content-Type"].startswith("application/problem+json")
    assert client.post("/api/v1/reorganisations", {}).status_code in (401, 403, 405)


def test_pages_of_every_kind_say_what_follows(client, people):
    for plan, words in (
        (abolish(factories.organisation()), "read no longer"),
        (rename(factories.organisation(), "New"), "keeps its address"),
        (split(factories.organisation(), day=SOON), "heir: North"),
    ):
        assert words in client.get(planned(plan, people).get_absolute_url()).content.decode()


def test_what_could_not_be_carried_out_is_told_to_moderators(client, people, bodies):
    found = seconded(merge(bodies), people)
    Reorganisation.objects.filter(pk=found.pk).update(problem="A body at the address.")
    assert "A body at the address." not in client.get(found.get_absolute_url()).content.decode()
    client.force_login(people.first)
    assert "A body at the address." in client.get(found.get_absolute_url()).content.decode()


def test_user_text_is_escaped(client, people, bodies):
    found = planned(merge(bodies, day=SOON, name="<b>New</b>"), people)
    for address in (found.get_absolute_url(), LIST, "/areas/", "/areas/b-new-b/transition/"):
        page = client.get(address, follow=True).content.decode()
        assert "<b>New</b>" not in page


@pytest.mark.parametrize(
    "make",
    [
        lambda east, west: merge([east, west], day=SOON, identifiers=("gss:E9",)),
        lambda east, west: merge([east, west], day=SOON, into=east),
        lambda east, west: split(east, ("North", "South"), day=SOON),
        lambda east, west: rename(east, "New", day=SOON),
        lambda east, west: abolish(east, west, day=SOON),
    ],
)
def test_plan_is_written_and_read_again(make, bodies):
    plan = tidy(make(*bodies))
    assert tidy(read_plan(kind=plan.kind, area=plan.area, vesting_day=plan.vesting_day, **written(plan))) == plan


def test_arrow_names_the_heir_first(bodies):
    plan = read_plan(
        kind=ReorganisationKind.REDRAW,
        area="Marrowshire",
        vesting_day=date(2028, 4, 1),
        before="east > South; north\nwest > North",
        after="North\nSouth",
    )
    assert [leaving.to for leaving in plan.leavings] == [(1, 0), (0,)]


def test_one_arrow_in_a_split_names_the_heir_of_all(bodies):
    plan = read_plan(
        kind=ReorganisationKind.SPLIT, area="A", vesting_day=SOON, before="east > South", after="North\nSouth"
    )
    assert plan.leavings[0].to == (1, 0)


def test_bodies_are_written_by_code_too(bodies):
    Identifier.objects.create(organisation=bodies[0], scheme="gss", code="E1")
    plan = read_plan(kind=ReorganisationKind.ABOLISH, area="A", vesting_day=SOON, before="gss:E1", after="")
    assert plan.leavings[0].organisation == bodies[0]
    with pytest.raises(Refused, match="no body"):
        read_plan(kind=ReorganisationKind.ABOLISH, area="A", vesting_day=SOON, before="gss:E2", after="")


def command(*args: str) -> str:
    out = StringIO()
    call_command("reorganise", *args, stdout=out)
    return out.getvalue()


def test_command_plans_seconds_and_carries_out(people, bodies, tmp_path):
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'kind = "merge"\narea = "Marrowshire"\nvesting_day = 2026-04-01\n'
        'before = """\neast\nwest\n"""\nafter = "Marrow Council | gss:E9"\n'
    )
    said = command("plan", str(plan), "--as", people.first.email)
    found = Reorganisation.objects.get()
    assert said.startswith(f"{found.pk} is planned")
    assert plan_of(found).becomings[0].identifiers == ("gss:E9",)
    with pytest.raises(CommandError, match="Ask another person"):
        command("second", str(found.pk), "--as", people.first.email)
    command("second", str(found.pk), "--as", people.second.email)
    assert command("carry-out") == "Carried out: 1\n"
    found.refresh_from_db()
    assert found.state == "carried_out"
    assert "Marrowshire" in command("list")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kind = ", "cannot be read"),
        ('kind = "other"\narea = "A"\nvesting_day = 2028-04-01', "kind"),
        ('kind = "merge"\narea = "A"', "vesting_day"),
        ('kind = "merge"\narea = "A"\nvesting_day = 2028-04-01\nfuture = 1', "future"),
    ],
)
def test_command_says_what_is_wrong_with_a_plan(people, tmp_path, text, sentence):
    plan = tmp_path / "plan.toml"
    plan.write_text(text)
    with pytest.raises(CommandError, match=sentence):
        command("plan", str(plan), "--as", people.first.email)


def test_command_needs_a_person_who_may(people, bodies):
    found = planned(merge(bodies, day=SOON), people)
    Person.objects.create_user("somebody@example.org")
    with pytest.raises(CommandError, match="Only moderators"):
        command("cancel", str(found.pk), "--reason", "Why", "--as", "somebody@example.org")
    with pytest.raises(CommandError, match="Nobody signs in with"):
        command("cancel", str(found.pk), "--reason", "Why", "--as", "nobody@example.org")
    command("cancel", str(found.pk), "--reason", "Why", "--as", people.second.email)
    found.refresh_from_db()
    assert found.state == "cancelled"
    assert acting(people.first).person == people.first

"""The transition view: which areas there are, and what comes together in each."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest

from registry import areas
from registry.models import Organisation, Succession, Withheld
from registry.models.withheld import NOT_NAMED
from tests import factories
from tests.registry.reorganisations.plans import (
    SOON,
    TODAY,
    carried_out,
    made_by,
    merge,
    operators,
    planned,
    rename,
    split,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 1)


def succession(before: Organisation, after: Organisation) -> None:
    Succession.objects.create(predecessor=before, successor=after)


def named(*names: str, **fields) -> list[Organisation]:
    return [factories.organisation(slug=name, name=name.title(), **fields) for name in names]


def test_recorded_successors_of_one_day_are_one_area():
    north, south = named("north", "south", start=DAY)
    for before, afters in zip(
        named("county", "east", "west", end=DAY), ((north, south), (north,), (south,)), strict=True
    ):
        for after in afters:
            succession(before, after)
    (area,) = areas.areas()
    assert (area.slug, area.day, area.name) == ("north", DAY, "North, South")
    assert [body.slug for body in area.before] == ["county", "east", "west"]
    assert [body.slug for body in area.after] == ["north", "south"]


def test_last_day_of_a_body_in_a_pack_is_the_day_before():
    (new,) = named("new", start=date(2019, 4, 1))
    succession(named("old", end=date(2019, 3, 31))[0], new)
    assert areas.areas()[0].day == date(2019, 4, 1)


def test_days_and_places_keep_areas_apart_and_their_addresses_stand():
    (first,), (last,) = named("first", start=date(2019, 4, 1), end=DAY), named("last", start=DAY)
    succession(named("old", end=date(2019, 4, 1))[0], first)
    succession(first, last)
    assert [(area.slug, area.day) for area in areas.areas()] == [("last", DAY), ("first", date(2019, 4, 1))]


def test_successor_that_goes_on_is_among_what_comes_together_and_later_areas_carry_their_year():
    (going,) = named("going", start=date(1974, 4, 1))
    for name, end in (("a", date(2019, 4, 1)), ("b", DAY)):
        succession(named(name, end=end)[0], going)
    found = areas.areas()
    assert [area.slug for area in found] == ["going-2023", "going"]
    assert [body.slug for body in found[0].before] == ["b", "going"]


def test_planned_areas_are_there_before_and_after_their_day():
    people, bodies = operators(), named("a", "b")
    planned(merge(bodies, day=SOON), people)
    carried_out(split(factories.organisation(), ("North", "South")), people)
    coming, done = areas.areas()
    assert (coming.slug, coming.name, coming.day) == ("marrow-council", "Marrowshire", SOON)
    assert [(body.slug, body.id) for body in coming.after] == [("marrow-council", None)]
    assert done.slug == "north"
    assert all(body.id for body in done.after)


def test_a_plan_for_recorded_successors_is_the_same_area_on_the_day_of_the_plan():
    bodies = named("a", "b", end=SOON)
    (new,) = named("new", start=SOON)
    for body in bodies:
        succession(body, new)
    planned(merge(bodies, day=SOON, into=new), operators())
    (area,) = areas.areas()
    assert (area.slug, area.name, len(area.before)) == ("new", "Marrowshire", 2)


def test_a_new_name_is_no_area():
    carried_out(rename(factories.organisation(), "New"))
    assert areas.areas() == []


def test_list_says_what_becomes_what(client, django_assert_max_num_queries):
    assert "No areas" in client.get("/areas/").content.decode()
    planned(merge(named("a", "b"), day=SOON), operators())
    with django_assert_max_num_queries(8):
        page = client.get("/areas/").content.decode()
    assert "Marrowshire: 2 bodies become 1" in page
    assert 'href="/areas/marrow-council/transition/"' in page


@pytest.fixture
def area():
    """Three bodies of two kinds that become one soon."""
    district, county = factories.peer_group(label="Districts"), factories.peer_group(label="Counties")
    east, west = named("east", "west", peer_group=district)
    (shire,) = named("shire", peer_group=county)
    payments, bins, roads, silent = (
        factories.function(name=name, slug=name.lower()) for name in ("Payments", "Bins", "Roads", "Silent")
    )
    pay = factories.component(name="Shared Pay", slug="shared-pay", functions=[payments])
    for body in (east, west):
        factories.adoption(organisation=body, function=payments, component=pay, annual_cost=Decimal(0))
    soon = {"function": bins, "annual_cost": Decimal(1200), "price_fy": "2025-26"}
    factories.duplicate(organisation=east, system="Binfold", contract_end=SOON - timedelta(days=9), **soon)
    factories.duplicate(organisation=west, system="Wasteway", contract_end=SOON + timedelta(days=900), **soon)
    factories.duplicate(organisation=shire, kind="not_responsible", system="", evidence="", function=bins)
    factories.duplicate(organisation=shire, kind="not_sure", system="", evidence="", function=payments)
    factories.duplicate(organisation=shire, system="Roadly", function=roads, confirmed=date(2020, 1, 1))
    factories.duplicate(organisation=named("elsewhere", peer_group=county)[0], function=silent)
    planned(merge([east, west, shire], day=SOON, peer_group=district), operators())
    return "/areas/marrow-council/transition/"


def test_matrix_says_who_does_what_with_what(client, area, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get(area).content.decode()
    assert "Marrowshire: 3 bodies become 1" in page
    for words in (
        "Same system in all 2 that name one",
        "2 systems for one function",
        "One body names a system",
        "Binfold",
        ", before the day",
        ", after the day",
        "£1,200 a year",
        "£0 a year",
        "cost not stated",
        "expired: confirmed 1 January 2020",
        "not responsible",
        "unknown: it is not sure",
        "not answered",
        "not asked<",
        "4 functions",
    ):
        assert words in page, words


def test_checklist_leads_to_the_functions_that_it_counts(client, area):
    page = client.get(area).content.decode()
    assert "decide what goes on</a>: 1" in page
    assert "bring the contracts and the data together</a>: 1" in page
    assert "ask who does this, and with what</a>: 1" in page
    urgent = client.get(f"{area}?show=urgent").content.decode()
    assert "1 function" in urgent
    assert "Wasteway" in urgent
    assert "Roadly" not in urgent


def test_bodies_that_told_nothing_are_named_with_a_letter(client):
    planned(merge(named("east", "west"), day=SOON), operators())
    page = client.get("/areas/marrow-council/transition/").content.decode()
    assert "Bodies that have told nothing: write to them</strong>: 2" in page
    assert "To East and West" in page
    assert "No predecessor has named any system yet." in page


def test_files_hold_what_the_page_shows(client, area):
    def rows(query: str = "") -> list[dict]:
        response = client.get(f"{area}?format=csv{query}")
        text = b"".join(response.streaming_content).decode()
        return list(csv.DictReader(io.StringIO(text)))

    every = rows()
    assert {row["function"] for row in every} == {"payments", "bins", "roads", "silent"}
    assert [row["function"] for row in every] == sorted(row["function"] for row in every)
    (binfold,) = [row for row in every if row["system"] == "Binfold"]
    assert (binfold["predecessor"], binfold["annual_cost"], binfold["contract_ends"]) == ("east", "1200", "before")
    answers = {(row["function"], row["predecessor"]): row["answer"] for row in every}
    assert answers["bins", "shire"] == "not_responsible"
    assert answers["payments", "shire"] == "unknown"
    assert answers["silent", "shire"] == "not_answered"
    assert ("silent", "east") not in answers
    zero = next(row for row in every if row["function"] == "payments" and row["predecessor"] == "east")
    assert (zero["annual_cost"], zero["annual_cost_status"]) == ("0", "")
    assert {row["function"] for row in rows("&show=urgent")} == {"bins"}
    assert {row["function"] for row in rows("&q=road")} == {"roads"}
    items = client.get(f"{area}?format=json&show=silent")
    assert b'"not_answered"' in b"".join(items.streaming_content)


@pytest.mark.parametrize("query", ["?show=nonsense", "?page=x", "?nonsense=1", "?format=xls"])
def test_what_is_not_understood_is_a_bad_request(client, area, query):
    assert client.get(f"{area}{query}").status_code == 400


def test_areas_that_are_not_there_are_not_found(client):
    assert client.get("/areas/nowhere/transition/").status_code == 404
    body = factories.organisation()
    assert client.get(f"/organisations/{body.slug}/area/").status_code == 404


def test_what_is_kept_back_is_said_to_be(client):
    bodies = named("east", "west")
    said = factories.duplicate(organisation=bodies[0], system=NOT_NAMED)
    for field, value in (
        ("system", {"text": "Secret"}),
        ("annual_cost", {"amount": 7_777}),
        ("contract_end", {"day": SOON}),
    ):
        Withheld.objects.create(declaration=said, field=field, shown_to="own", **value)
    planned(merge(bodies, day=SOON), operators())
    page = client.get("/areas/marrow-council/transition/").content.decode()
    assert "cost kept back" in page
    assert "end of the contract kept back" in page
    text = b"".join(client.get("/areas/marrow-council/transition/?format=csv").streaming_content).decode()
    assert "suppressed" in text
    for secret in ("Secret", "7,777", "7777", SOON.isoformat()):
        assert secret not in text
    assert "Secret" not in page
    assert "7,777" not in page


def test_drafts_are_not_named(client, area):
    draft = factories.component(name="Secret Draft", lifecycle="draft")
    factories.adoption(organisation=Organisation.objects.get(slug="east"), component=draft)
    assert "Secret Draft" not in client.get(area).content.decode()


def test_after_the_day_it_shows_what_was_last_said_and_what_is_to_be_confirmed(client):
    bodies = named("east", "west")
    factories.duplicate(organisation=bodies[0], system="Binfold")
    carried_out(merge(bodies))
    page = client.get("/areas/marrow-council/transition/").content.decode()
    assert "2 bodies became 1" in page
    assert "Below is what its predecessors last said." in page
    assert "ask who does this" not in page
    assert "Binfold" in page
    assert "Statements that are inherited: confirm them</strong>: 1" in page


def test_number_of_queries_is_the_same_for_many_bodies(client, django_assert_max_num_queries):
    groups = [factories.peer_group(label=f"Kind {n}") for n in range(3)]
    bodies = [factories.organisation(peer_group=groups[n % 3]) for n in range(12)]
    functions = [factories.function() for _ in range(6)]
    for body in bodies:
        for function in functions:
            factories.duplicate(organisation=body, function=function)
    planned(merge(bodies, day=SOON), operators())
    with django_assert_max_num_queries(8):
        assert client.get("/areas/marrow-council/transition/").status_code == 200


def test_body_pages_lead_to_their_area(client):
    bodies = named("east", "west")
    people = operators()
    planned(merge(bodies, day=SOON), people)
    page = client.get("/organisations/east/").content.decode()
    assert "A reorganisation is planned:" in page
    assert 'href="/organisations/east/area/"' in page
    assert client.get("/organisations/east/area/")["Location"] == "/areas/marrow-council/transition/"
    alone = factories.organisation()
    assert "/area/" not in client.get(f"/organisations/{alone.slug}/").content.decode()


def test_address_that_a_plan_will_make_leads_to_the_plan(client):
    found = planned(merge(named("east", "west"), day=SOON), operators())
    response = client.get("/organisations/marrow-council/")
    assert (response.status_code, response["Location"]) == (302, found.get_absolute_url())


@pytest.mark.parametrize("asked", ["new-council", "old-other-name", "st-mary-s"])
def test_address_of_a_new_or_old_name_leads_to_the_body(client, asked):
    body = factories.organisation(slug="old", name="Old Council", aliases=["Old (other) Name", "St. Mary's"])
    carried_out(rename(body, "New Council"))
    response = client.get(f"/organisations/{asked}/")
    assert (response.status_code, response["Location"]) == (301, "/organisations/old/")
    page = client.get("/organisations/old/").content.decode()
    assert "New Council" in page
    assert "Old Council" in page


def test_address_that_two_names_would_make_leads_nowhere(client):
    for slug in ("one", "two"):
        factories.organisation(slug=slug, name="Twin Council")
    assert client.get("/organisations/twin-council/").status_code == 404
    assert client.get("/organisations/nobody/").status_code == 404


def test_page_of_an_ended_body_stays_with_its_history_and_leads_on(client):
    bodies = named("east", "west")
    factories.adoption(organisation=bodies[0], component=factories.component(name="Till"), confirmed=TODAY)
    (new,) = made_by(carried_out(merge(bodies)))
    page = client.get("/organisations/east/").content.decode()
    assert "no longer exists: it ended on" in page
    assert "Till" in page
    assert f'href="/organisations/{new.slug}/"' in page
    page = client.get(f"/organisations/{new.slug}/").content.decode()
    assert "Created on" in page
    assert "From a predecessor, please confirm" in page
    assert "From a predecessor, please confirm" in client.get(f"/organisations/{new.slug}/statements/").content.decode()
    items = client.get(f"/api/v1/declarations?organisation={new.slug}").json()["items"]
    assert items[0]["inherited_from"] is not None
    assert len(client.get("/api/v1/declarations?inherited=1").json()["items"]) == 1

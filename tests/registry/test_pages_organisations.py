from datetime import date, timedelta

import pytest
from django.utils import timezone

from registry.models import Identifier, Succession
from tests import factories

pytestmark = pytest.mark.django_db


def test_organisation_list_counts_and_names_bodies_from_a_to_z(client, django_assert_max_num_queries):
    for name in ("Zennor Council", "Ambridge Council"):
        factories.organisation(name=name)
    factories.adoption(organisation=factories.organisation(name="Borchester Council"))

    with django_assert_max_num_queries(8):
        page = client.get("/organisations/").content.decode()

    assert "3 public bodies" in page
    assert page.index("Ambridge") < page.index("Borchester") < page.index("Zennor")
    assert "uses 1 shared component" in page
    assert "names no system of its own" in page, "nobody said that there is none"
    assert "runs 0" not in page
    assert page.count("has not told us yet</li>") == 2


def test_organisation_list_cannot_be_made_a_league_table(client):
    factories.organisation()

    answer = client.get("/organisations/?sort=components_used")

    assert answer.status_code == 400
    assert "cannot be sorted by" in answer.content.decode()


def test_organisation_list_finds_by_alias_and_code(client):
    body = factories.organisation(name="Ambridge Council", aliases=["Old Ambridge"])
    Identifier.objects.create(organisation=body, scheme="gss", code="E0700001")
    factories.organisation(name="Borchester Council")

    for words in ("old amb", "E0700001", "gss:E0700001"):
        page = client.get("/organisations/", {"q": words}).content.decode()
        assert "1 public body for" in page
        assert "Borchester" not in page


def test_organisation_list_narrows_by_kind_and_by_silence(client):
    group = factories.peer_group(slug="district", label="District council")
    factories.organisation(name="Ambridge Council", peer_group=group)
    factories.adoption(organisation=factories.organisation(name="Borchester Council", peer_group=group))
    factories.organisation(name="Zennor Council")

    page = client.get("/organisations/?peer_group=district&declared=no").content.decode()

    assert "1 public body<" in page
    assert "Ambridge" in page
    assert "Borchester" not in page
    assert "Remove this filter" in page


def test_organisation_list_marks_ended_bodies_with_their_successor(client):
    old = factories.organisation(name="Old Council", end=date(2020, 4, 1))
    Succession.objects.create(predecessor=old, successor=factories.organisation(slug="newer", name="New Council"))

    page = client.get("/organisations/").content.decode()

    assert "No longer exists" in page
    assert 'Ended 1 April 2020; its work goes on in <a class="govuk-link" href="/organisations/newer/">New' in page


def test_organisation_list_without_results_offers_a_way_out(client):
    page = client.get("/organisations/?q=nowhere").content.decode()

    assert "0 results for ‘nowhere’ in public bodies" in page


@pytest.mark.parametrize("address", ["?colour=red", "?declared=perhaps", "?page=two", "?nation=Atlantis"])
def test_organisation_list_refuses_what_it_does_not_know(client, address):
    assert client.get(f"/organisations/{address}").status_code == 400


def test_organisation_list_pages_and_sends_past_the_end_to_the_first(client):
    for _ in range(51):
        factories.organisation()

    second = client.get("/organisations/?page=2").content.decode()

    assert "(page 2 of 2)" in second
    assert client.get("/organisations/?page=9&declared=no").headers["Location"] == "/organisations/?declared=no"


def test_organisation_list_answers_as_a_file_in_the_same_order(client):
    factories.organisation(slug="zennor", name="Zennor")
    factories.organisation(slug="ambridge", name="Ambridge")

    rows = b"".join(client.get("/organisations/?format=csv").streaming_content).decode().splitlines()

    assert [row.split(",")[0] for row in rows[1:]] == ["ambridge", "zennor"]
    assert client.get("/organisations.json").status_code == 200


@pytest.fixture
def group():
    return factories.peer_group(label="District council", driver_unit="resident")


@pytest.fixture
def body(group):
    return factories.organisation(slug="ambridge", name="Ambridge Council", peer_group=group)


def read(client, slug="ambridge") -> str:
    answer = client.get(f"/organisations/{slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_body_page_says_what_it_shares_runs_and_keeps_silent(client, body, group, django_assert_max_num_queries):
    pay, bins, votes = (factories.function(name=name) for name in ("Take payments", "Bin days", "Elections"))
    shared = factories.component(slug="pay", name="Pay", functions=[pay, bins])
    factories.stewardship(component=factories.component(name="Maps"), organisation=body)
    factories.adoption(organisation=body, function=pay, component=shared, coverage=0.5)
    factories.duplicate(
        organisation=body, function=bins, system="Bin Finder", annual_cost=1200, price_fy="2025-26",
        reason="The contract runs on", exempt_until=date(2020, 1, 1), exempt_reason="law",
    )  # fmt: skip
    other = factories.organisation(peer_group=group)
    factories.adoption(organisation=other, function=votes)
    factories.adoption(organisation=other, function=pay, component=shared)

    with django_assert_max_num_queries(8):
        page = read(client)

    assert "Ambridge Council uses 1 shared component and looks after 1 component that others can use." in page
    assert "It runs 1 system of its own; beside 1 of them stands a shared component" in page
    assert "It has not told us how it does 1 of the 3 functions" in page
    assert "Shares in 1 of 3 functions" in page
    assert "£1,200 a year, in prices of 2025 to 2026" in page
    assert "Was exempt until 1 January 2020 (law)" in page
    assert "The contract runs on" in page
    assert "(1 other body of its kind has answered)" in page
    assert 'href="/api/v1/organisations/ambridge"' in page


def test_body_page_offers_a_letter_where_the_body_is_silent(client, body):
    page = read(client)

    assert "has not told us yet how it does its work" in page
    assert "mailto:?subject=How%20does%20Ambridge%20Council" in page
    assert 'id="standing"' not in page


def test_body_page_keeps_expired_statements_out_of_every_figure(client, body):
    old = timezone.localdate() - timedelta(days=1096)
    factories.adoption(organisation=body, component=factories.component(name="Pay"), confirmed=old)
    factories.duplicate(organisation=body, confirmed=None, system="Never Confirmed")

    page = read(client)

    assert "has not said that it uses any shared component" in page
    assert "It has not said that it runs any system of its own." in page
    assert "2 statements were never confirmed, or not for three years" in page
    assert "Shares in 0 of 2 functions" in page


def test_body_page_counts_what_was_confirmed_1095_days_ago(client, body):
    factories.adoption(organisation=body, confirmed=timezone.localdate() - timedelta(days=1095))

    assert "Ambridge Council uses 1 shared component." in read(client)


def test_body_page_keeps_the_blanks_apart(client, body, group):
    for kind in ("not_responsible", "not_sure"):
        factories.duplicate(organisation=body, kind=kind, system="", function=factories.function(name=kind))
    factories.adoption(organisation=factories.organisation(peer_group=group))

    page = read(client)

    for answer in ("Not responsible", "Not sure", "Not answered"):
        assert f'govuk-table__header">{answer}</th>' in page
    assert "not_sure</a>: not sure" in page


def test_body_page_of_an_ended_body_points_to_its_successor(client, group):
    old = factories.organisation(slug="old", name="Old Council", peer_group=group, end=date(2020, 4, 1))
    new = factories.organisation(slug="newer", name="New Council", peer_group=group, start=timezone.localdate())
    Succession.objects.create(predecessor=old, successor=new)

    ended, begun = read(client, "old"), read(client, "newer")

    assert "Old Council no longer exists: it ended on 1 April 2020." in ended
    assert 'href="/organisations/newer/"' in ended
    assert 'id="letter"' not in ended
    assert "It took over from" in begun
    assert 'href="/organisations/old/"' in begun


def test_body_page_says_when_a_body_will_begin_and_end(client):
    later = timezone.localdate() + timedelta(days=100)
    old = factories.organisation(slug="old", end=later)
    Succession.objects.create(predecessor=old, successor=factories.organisation(slug="newer", start=later))

    assert "will end on" in read(client, "old")
    assert "will begin on" in read(client, "newer")


def test_body_page_without_a_kind_compares_with_nobody(client):
    body = factories.organisation(slug="odd", type="")
    factories.adoption(organisation=body)
    factories.adoption()

    page = read(client, "odd")

    assert "it is compared with no other" in page
    assert "Shares in 1 of 1 functions" in page


def test_body_page_hides_drafts(client, body):
    draft = factories.component(name="Secret Plan", lifecycle="draft")
    factories.adoption(organisation=body, component=draft)
    factories.stewardship(organisation=body, component=draft)

    assert "Secret Plan" not in read(client)


def test_body_page_escapes_hostile_text(client, body):
    evil = "<script>alert(1)</script>"
    body.aliases, body.homepage = [evil], "javascript:alert(1)"
    body.save()
    factories.duplicate(
        organisation=body, function=factories.function(name=evil), system=evil, supplier=evil, reason=evil,
        source_url="javascript:alert(2)", recorded_in=factories.event(source=evil),
    )  # fmt: skip

    page = read(client)

    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_body_page_shows_replaced_statements_in_its_history(client, body):
    later = factories.event(source="The second pack")
    pay = factories.component(name="Pay")
    first = factories.adoption(organisation=body, component=pay, stage="pilot", superseded_in=later)
    factories.adoption(organisation=body, component=pay, function=first.function, recorded_in=later)

    page = read(client)

    assert "1 statement replaced by a newer one" in page
    assert "Tries Pay" in page
    assert "The second pack" in page


def test_body_page_stays_small_with_many_statements(client, body, django_assert_max_num_queries):
    for _ in range(150):
        factories.duplicate(organisation=body, reason="Because of the contract")

    with django_assert_max_num_queries(8):
        page = read(client)

    assert "See all 150" in page
    assert len(page) < 100_000


def test_body_page_leads_on_to_the_list_of_what_it_looks_after(client, body):
    for number in range(22):
        factories.stewardship(organisation=body, component=factories.component(name=f"Brick {number:02}"))

    page = client.get(f"/organisations/{body.slug}/").content.decode()

    assert "Brick 19" in page
    assert "Brick 20" not in page
    assert f'href="/components/?steward={body.slug}">See all 22</a>' in page


def test_body_page_of_nobody_is_not_found(client):
    assert client.get("/organisations/nobody/").status_code == 404


def test_statements_page_lists_what_one_body_says(client, body, django_assert_max_num_queries):
    factories.adoption(organisation=body, component=factories.component(name="Pay"))
    factories.adoption(component=factories.component(name="Elsewhere"))

    with django_assert_max_num_queries(8):
        page = client.get("/organisations/ambridge/statements/").content.decode()

    assert "1 statement<" in page
    assert "Elsewhere" not in page
    assert client.get("/organisations/ambridge/statements/?organisation=body").status_code == 400
    assert client.get("/organisations/nobody/statements/?format=csv").status_code == 404


def test_statements_page_shows_history_when_asked(client, body):
    first = factories.adoption(organisation=body, superseded_in=factories.event())
    factories.adoption(organisation=body, function=first.function, component=first.component)

    assert "1 statement<" in client.get("/organisations/ambridge/statements/").content.decode()
    assert "2 statements<" in client.get("/organisations/ambridge/statements/?history=1").content.decode()

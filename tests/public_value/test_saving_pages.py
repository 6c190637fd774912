"""What the pages say of savings: never one number, never beside points, never a zero for silence."""

import re

import pytest

from public_value.actions import compute_edition
from public_value.models import Deflator, Edition, FrontlinePost
from registry.models import Commons
from tests import factories
from tests.public_value.test_evidence import SNAPSHOT, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_pages import some, words
from tests.public_value.test_saving_cases import priced  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

NOTHING = "There is no system of its own that counts, so there is nothing to work a saving out from."


def compute() -> Edition:
    return compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=2)


def section(client, address: str) -> str:
    """The words of the section on savings."""
    page = words(client.get(address).content.decode())
    return re.split("What was not counted|What this does not show", page[page.index("What sharing could save") :])[0]


def of_body(client, world) -> str:  # noqa: F811
    compute()
    return section(client, f"/public-value/2026Q3/{world.body.slug}/")


def of_edition(client) -> str:
    compute()
    return section(client, "/public-value/2026Q3/")


def registry_of(country: str, currency: str = "GBP") -> None:
    Commons.objects.update_or_create(id=1, defaults={"country": country, "currency": currency})


# One body


def test_score_page_shows_three_scenarios_to_two_figures(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=123_456)
    said = of_body(client, priced)
    assert "Cost and share stated, a year £34,000 £78,000 £120,000" in said
    assert "Stated cost: £123,456 a year." in said
    assert "prices of 2025 to 2026" in said
    assert "Cost or share assumed, a year" not in said


def test_score_page_keeps_declared_and_modelled_apart(priced, client) -> None:  # noqa: F811
    duplicate(priced, system="a", coverage=0.5, annual_cost=90_000)
    duplicate(priced, system="b", coverage=0.5)
    said = of_body(client, priced)
    assert "Cost and share stated, a year £25,000 £57,000 £85,000" in said
    assert "Cost or share assumed, a year £260 £590 £900" in said
    assert "It is assumed to cost £1,000 a year" in said
    assert "Not stated for 1." in said


def test_score_page_of_a_silent_body_says_what_is_missing(priced, client) -> None:  # noqa: F811
    said = of_body(client, priced)
    assert "It has not declared anything." in said
    assert NOTHING in said
    assert "£" not in said


def test_score_page_says_that_no_price_is_stated(world, client) -> None:  # noqa: F811
    duplicate(world, coverage=0.5, annual_cost=700)
    said = of_body(client, world)
    assert "1 system of its own counts. Stated cost: £700 a year." in said
    assert "Without a shared component that states a price: 1." in said
    assert "over 10 years" not in said


def test_score_page_says_that_there_is_no_saving_case(priced, client) -> None:  # noqa: F811
    duplicate(priced, system="Thrifty", coverage=1, annual_cost=100)
    said = of_body(client, priced)
    assert re.search(r"Thrifty for Function \d+: no saving case\.", said)
    assert "Without a saving case in any scenario: 1." in said


def test_score_page_says_that_no_cost_is_stated(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1)
    assert "1 system of its own counts. No cost is stated." in of_body(client, priced)


def test_score_page_links_each_case_to_its_statement(demo, client) -> None:
    for grade in "ABCD":
        score = some(grade)
        page = client.get(f"/public-value/2026Q3/{score.organisation.slug}/").content.decode()
        linked = re.findall(r'href="#(line-\d+)"', page)
        assert linked
        assert all(f'id="{anchor}"' in page for anchor in linked)


def test_score_page_links_a_case_beyond_its_lines_to_the_bodys_page(priced, client, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr("public_value.presenters.lines.MOST_LINES", 0)
    duplicate(priced, coverage=1, annual_cost=900)
    compute()
    page = client.get(f"/public-value/2026Q3/{priced.body.slug}/").content.decode()
    assert f'href="/organisations/{priced.body.slug}/#own"' in page


def test_score_page_never_puts_a_saving_beside_points(demo, client) -> None:
    for grade in "ABCDE":
        said = section(client, f"/public-value/2026Q3/{some(grade).organisation.slug}/")
        assert "point" not in said
        assert "score" not in said


def test_gate_does_not_hold_savings_back(demo, client) -> None:
    score = some("D")
    assert "Cost and share stated, a year" in section(client, f"/public-value/2026Q3/{score.organisation.slug}/")


def test_assumptions_have_the_values_of_the_editions_parameters(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=9_000)
    edition = compute()
    changed = edition.parameters.replace('"ob_opex": 0.41', '"ob_opex": 0.43').replace("0.035", "0.045")
    Edition.objects.update(parameters=changed)
    for address in (f"/public-value/2026Q3/{priced.body.slug}/", "/public-value/method/"):
        said = section(client, address)
        assert "low 43%, central 20.5%, high 0%" in said
        assert "each later year counted 4.5% less" in said


def test_case_does_not_name_a_component_that_became_a_draft(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=9_000)
    compute()
    priced.shared.name, priced.shared.lifecycle = "Secret plan", "draft"
    priced.shared.save()
    address = f"/public-value/2026Q3/{priced.body.slug}/"
    assert "Secret" not in client.get(address).content.decode()


def test_edition_from_before_savings_says_so(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=9_000)
    compute()
    Edition.objects.update(money={})
    assert "before savings were" in section(client, f"/public-value/2026Q3/{priced.body.slug}/")
    assert "What sharing could save" not in words(client.get("/public-value/2026Q3/").content.decode())


# Front-line posts


def post(**fields) -> None:
    made = {"slug": "nurse", "label": "Nurse", "annual_cost": 40_000, "financial_year": "2025-26", "source": "A survey"}
    FrontlinePost.objects.create(**made | fields)


@pytest.mark.parametrize(
    ("fields", "number"),
    [({}, "2"), ({"financial_year": "2024-25"}, "2"), ({"annual_cost": 400}, "190"), ({"annual_cost": 7_000}, "11")],
)
def test_central_saving_is_put_in_posts(priced, client, fields: dict, number: str) -> None:  # noqa: F811
    post(**fields)
    duplicate(priced, coverage=1, annual_cost=123_456)
    assert f"Nurse: {number} (" in of_body(client, priced)


def test_post_says_what_it_costs_and_who_says_so(priced, client) -> None:  # noqa: F811
    post(annual_cost=20_000, financial_year="2024-25")
    duplicate(priced, coverage=1, annual_cost=123_456)
    assert "Nurse: 3 (£20,000 a year each in 2024 to 2025; A survey)" in of_body(client, priced)


@pytest.mark.parametrize("fields", [{"annual_cost": 90_000}, {"financial_year": "1999-00"}, {"annual_cost": 0}])
def test_post_that_cannot_be_compared_or_paid_for_is_left_out(priced, client, fields: dict) -> None:  # noqa: F811
    post(**fields)
    duplicate(priced, coverage=1, annual_cost=123_456)
    assert "Nurse" not in of_body(client, priced)


# The edition


def test_edition_adds_up_scenario_by_scenario(priced, client, django_assert_max_num_queries) -> None:  # noqa: F811
    for cost in (90_000, 30_000):
        body = factories.organisation(peer_group=priced.group, driver=1000)
        duplicate(priced, organisation=body, coverage=1, annual_cost=cost)
    ended = factories.organisation(peer_group=priced.group, driver=1000, end=SNAPSHOT)
    duplicate(priced, organisation=ended, coverage=1, annual_cost=9_000_000)
    compute()
    with django_assert_max_num_queries(8):
        said = section(client, "/public-value/2026Q3/")
    assert "Cost and share stated, a year £33,000 £75,000 £110,000" in said
    assert "Bodies with a stated cost and share: 2." in said
    assert "Identified £75,000 a year" in said
    assert "£120,000 a year, as stated by 2 bodies" in said


def test_edition_without_a_case_says_so(priced, client) -> None:  # noqa: F811
    said = of_edition(client)
    assert "there is nothing to work a saving out from" in said
    assert "£" not in said


@pytest.mark.parametrize(("country", "currency"), [("XA", "GBP"), ("GB", "EUR"), ("", "GBP")])
def test_claims_stand_beside_the_united_kingdom_only(priced, client, country: str, currency: str) -> None:  # noqa: F811
    registry_of(country, currency)
    duplicate(priced, coverage=1, annual_cost=9_000)
    said = of_edition(client)
    assert "Identified" in said
    assert "billion" not in said
    assert "Coverage" not in said


def test_claims_are_in_the_prices_of_the_edition_where_there_is_an_index(priced, client) -> None:  # noqa: F811
    registry_of("GB")
    Deflator.objects.create(financial_year="2018-19", index=80)
    duplicate(priced, coverage=1, annual_cost=1_150_000)
    said = of_edition(client)
    assert "Coverage 8 parts per million of the base" in said
    assert "£115 billion a year in prices of 2018 to 2019" in said
    assert "£46 billion a year in prices of 2018 to 2019, £58 billion in prices of 2025 to 2026." in said
    assert "£45 billion a year, as published in January 2025; its price year is not stated. A different scope" in said


def test_claims_are_in_their_own_prices_where_there_is_no_index(priced, client) -> None:  # noqa: F811
    registry_of("GB")
    duplicate(priced, coverage=1, annual_cost=9_000)
    said = of_edition(client)
    assert "Coverage not stated" in said
    assert "£46 billion a year in prices of 2018 to 2019. It speaks of a phased reduction by 40%" in said


def test_edition_keeps_the_posts_and_prices_it_was_calculated_with(priced, client) -> None:  # noqa: F811
    post()
    duplicate(priced, coverage=1, annual_cost=123_456)
    compute()
    FrontlinePost.objects.update(label="Clown")
    assert "Nurse: 2" in section(client, "/public-value/2026Q3/")

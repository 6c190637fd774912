"""What sharing would bring, for a component and for a function: sets, in A to Z, money before points."""

import re

import pytest
from django.db.models import Sum

from catalogue.models import Component
from commons.formatting import money, significant
from public_value.actions import compute_edition
from public_value.evidence.openings import open_to
from public_value.models import Edition, EditionOffer, Score, ScoreLine
from public_value.what_if import open_share
from tests import factories
from tests.public_value.test_evidence import SNAPSHOT, adopt, days_ago, duplicate, world  # noqa: F401
from tests.public_value.test_pages import words
from tests.public_value.test_saving_cases import priced  # noqa: F401  (a fixture)
from tests.public_value.test_what_if_pages import there

pytestmark = pytest.mark.django_db


def compute() -> Edition:
    return compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)


def rows_of(page: str) -> list[str]:
    return re.findall(r'app-rows__row"><a [^>]*>(.*?)</a>', page)


# A component


def test_component_opens_for_bodies_with_work_left_that_it_is_offered(demo) -> None:
    found = 0
    for slug in ("sm-sorrelpost", "sm-tallyhythe", "sm-place-finder"):
        component = Component.objects.get(slug=slug)
        expected = {
            score.pk
            for score in Score.objects.listed().scored()
            for kept in [there(score)]
            for offer in kept.offers
            if offer.component_id == component.pk and open_share(kept.arrays, offer.function_id)
        }
        assert set(open_to(demo, component.pk).values_list("pk", flat=True)) == expected
        found += len(expected)
    assert found > 20


def test_component_page_lists_bodies_by_kind_and_name(demo, client, django_assert_max_num_queries) -> None:
    component = Component.objects.get(slug="sm-sorrelpost")
    with django_assert_max_num_queries(8):
        page = client.get("/public-value/2026Q3/components/sm-sorrelpost/").content.decode()
    expected = [score.organisation.name for score in open_to(demo, component.pk)]
    assert rows_of(page) == expected[:15]
    said = words(page)
    assert "none is put in order of points or of money" in said
    assert "What this does not show" in said
    assert len(page) < 100_000
    if len(expected) > 15:
        second = client.get("/public-value/2026Q3/components/sm-sorrelpost/?page=2").content.decode()
        assert rows_of(second) == expected[15:30]


def test_component_page_has_money_first_and_obeys_the_gate(demo, client) -> None:
    scores = {score.organisation.name: score for score in Score.objects.select_related("organisation")}
    page = client.get("/public-value/2026Q3/components/sm-sorrelpost/").content.decode()
    for row in page.split('<li class="app-rows__row">')[1:]:
        name, said = re.search(r"<a [^>]*>(.*?)</a>", row)[1], re.sub(r"<[^>]+>", " ", row.split("</li>")[0])
        money_said, _its, points = said.partition("Its score:")
        assert "£" in money_said or "sav" in money_said
        if scores[name].grade in "DE":
            assert "point" not in points


def test_component_row_leads_to_its_what_if(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=123_456)
    compute()
    page = client.get(f"/public-value/2026Q3/components/{priced.shared.slug}/").content.decode()
    assert "Saves £78,000, between £34,000 and £120,000 a year" in words(page)
    href = re.search(r'app-rows__row"><a class="govuk-link" href="([^"]*)"', page)[1]
    assert "£78,000, between £34,000 and £120,000" in words(client.get(href).content.decode())


def test_component_that_is_not_on_offer_says_so(world, client) -> None:  # noqa: F811
    alone = factories.component(functions=[world.function])
    compute()
    page = client.get(f"/public-value/2026Q3/components/{alone.slug}/").content.decode()
    assert "there is no body that could hand work over to it" in page


def test_component_with_nothing_left_has_no_row(world, client) -> None:  # noqa: F811
    adopt(world, coverage=1)
    compute()
    assert rows_of(client.get(f"/public-value/2026Q3/components/{world.shared.slug}/").content.decode()) == []


def test_draft_has_no_page(world, client) -> None:  # noqa: F811
    compute()
    world.shared.lifecycle = "draft"
    world.shared.save()
    assert client.get(f"/public-value/2026Q3/components/{world.shared.slug}/").status_code == 404


def test_catalogue_leads_to_the_latest_edition(world, client) -> None:  # noqa: F811
    for path, slug in (("components", world.shared.slug), ("functions", world.function.slug)):
        address = f"/public-value/{path}/{slug}/"
        assert address in client.get(f"/{path}/{slug}/").content.decode()
        assert "No edition has been calculated yet." in client.get(address).content.decode()
    compute()
    for path, slug in (("components", world.shared.slug), ("functions", world.function.slug)):
        assert client.get(f"/public-value/{path}/{slug}/")["Location"] == f"/public-value/2026Q3/{path}/{slug}/"


# A function


def test_function_page_adds_its_systems_up_scenario_by_scenario(demo, client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        page = client.get("/public-value/2026Q3/functions/sm-messages/").content.decode()
    said = words(page)
    listed = Score.objects.listed()
    own = ScoreLine.objects.filter(score__in=listed, function__slug="sm-messages", kind="duplicate")
    sums = own.filter(case_modelled=False).aggregate(
        *(Sum(f"case_{what}_{name}") for what in ("annual", "npv") for name in ("low", "central", "high"))
    )
    for what in ("annual", "npv"):
        amounts = [money(significant(sums[f"case_{what}_{name}__sum"])) for name in ("low", "central", "high")]
        assert " ".join(amounts) in said
    assert f"Own systems that count in this edition: {own.count()}" in said
    with_case = own.filter(case_cost__isnull=False).count()
    assert f"With a shared component beside them that states a price: {with_case}." in said
    offered = EditionOffer.objects.filter(function__slug="sm-messages").values_list("component__name", flat=True)
    assert all(name in said for name in offered)
    assert len(page) < 100_000


def test_function_page_says_when_contracts_end(priced, client) -> None:  # noqa: F811
    for n, end in enumerate([days_ago(10), days_ago(-10), days_ago(-20), days_ago(-120), None]):
        duplicate(priced, system=f"System {n}", coverage=0.1, annual_cost=900, contract_end=end)
    compute()
    said = words(client.get(f"/public-value/2026Q3/functions/{priced.function.slug}/").content.decode())
    for row in (
        "ended by the edition’s day 1",
        "October to December 2026 2",
        "January to March 2027 1",
        "end not stated 1",
    ):
        assert row in said


def test_function_without_own_systems_says_so(world, client) -> None:  # noqa: F811
    compute()
    said = words(client.get(f"/public-value/2026Q3/functions/{world.function.slug}/").content.decode())
    assert "No body has told us of a system of its own" in said
    assert "£" not in said.replace("not stated", "")


@pytest.mark.parametrize(
    "path", ["components/{component}/?q=1", "components/{component}/?page=x", "functions/{function}/?page=2"]
)
def test_bad_address_says_what_is_wrong(world, client, path: str) -> None:  # noqa: F811
    compute()
    path = path.format(component=world.shared.slug, function=world.function.slug)
    assert client.get(f"/public-value/2026Q3/{path}").status_code == 400

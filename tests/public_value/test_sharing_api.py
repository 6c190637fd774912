"""What sharing would bring, for programs: the figures of the pages, and none that the gate holds back."""

import pytest
from django.db.models import Sum

from catalogue.models import Component
from commons.formatting import significant
from public_value.actions import compute_edition
from public_value.evidence.openings import open_to
from public_value.gate import face
from public_value.models import EditionOffer, Score, ScoreLine
from public_value.presenters.savings import span
from tests import factories
from tests.public_value.test_disputes import dispute, disputed, two  # noqa: F401  (fixtures)
from tests.public_value.test_evidence import SNAPSHOT, days_ago, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_pages import words
from tests.public_value.test_saving_cases import priced  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

API = "/api/v1/editions/2026Q3"


def every_gain(client, slug: str) -> list[dict]:
    items, address = [], f"{API}/components/{slug}"
    while address:
        page = client.get(address).json()
        items, address = items + page["items"], page["next"]
    return items


# A component


def test_component_lists_the_bodies_of_its_page_in_their_order(demo, client) -> None:
    component = Component.objects.get(slug="sm-sorrelpost")
    expected = list(open_to(demo, component.pk))
    items = every_gain(client, component.slug)
    assert [item["organisation"]["slug"] for item in items] == [score.organisation.slug for score in expected]
    assert [item["comparable_with"]["slug"] for item in items] == [score.peer_group.slug for score in expected]
    first = client.get(f"{API}/components/{component.slug}").json()
    assert (first["total"], len(first["items"]), first["prev"]) == (len(expected), 15, None)
    second = client.get(f"{API}/components/{component.slug}?page=2").json()
    assert second["prev"].endswith("?page=1")


def test_component_hides_points_where_the_score_is_hidden(demo, client) -> None:
    scores = {score.organisation.slug: score for score in Score.objects.listed().select_related("organisation")}
    seen = set()
    for item in every_gain(client, "sm-sorrelpost"):
        is_score = face(scores[item["organisation"]["slug"]]).is_score
        seen.add(is_score)
        if not is_score:
            assert {item["difference"][name] for name in ("points", "low", "high")} == {None}
    assert seen == {True, False}


def test_component_says_what_its_page_says(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=123_456)
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    (item,) = every_gain(client, priced.shared.slug)
    page = words(client.get(f"/public-value/2026Q3/components/{priced.shared.slug}/").content.decode())
    annual = [item["savings"][name]["annual"] for name in ("low", "central", "high")]
    assert annual[1] == 78_000
    assert f"Saves {span(annual)} a year" in page
    assert item["savings_modelled"] is None
    assert item["adopt"] == [f"{priced.function.slug}:{priced.shared.slug}"]
    assert [one["slug"] for one in item["functions"]] == [priced.function.slug]
    what_if = client.get(f"{API}/scores/{priced.body.slug}/what-if?adopt={item['adopt'][0]}").json()
    assert (what_if["difference"], what_if["savings"]) == (item["difference"], item["savings"])


def test_component_has_no_figure_of_what_is_disputed(disputed, client) -> None:  # noqa: F811
    (item,) = every_gain(client, disputed.shared.slug)
    assert [one["slug"] for one in item["functions"]] == [disputed.other.slug]
    assert [one["slug"] for one in item["paused"]] == [disputed.function.slug]
    assert item["savings"]["central"]["annual"] == significant(disputed.kept.case_annual_central)


def test_component_of_which_all_is_disputed_has_no_difference(disputed, client) -> None:  # noqa: F811
    dispute(disputed.edition, disputed, disputed.other)
    (item,) = every_gain(client, disputed.shared.slug)
    assert (item["functions"], item["difference"], item["savings"], item["adopt"]) == ([], None, None, [])


def test_component_that_nobody_lacks_has_no_item(world, client) -> None:  # noqa: F811
    alone = factories.component(functions=[world.function])
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    found = client.get(f"{API}/components/{alone.slug}").json()
    assert (found["total"], found["items"], found["next"], found["prev"]) == (0, [], None, None)


# A function


def test_function_adds_its_systems_up_scenario_by_scenario(demo, client) -> None:
    found = client.get(f"{API}/functions/sm-messages").json()
    own = ScoreLine.objects.filter(score__in=Score.objects.listed(), function__slug="sm-messages", kind="duplicate")
    assert (found["systems"], found["paused"]) == (own.count(), 0)
    assert found["cases"] == own.filter(case_cost__isnull=False).count()
    assert found["stated_cost"] == pytest.approx(own.aggregate(cost=Sum("cost"))["cost"], abs=0.01)
    for scenario in ("low", "central", "high"):
        stated = own.filter(case_modelled=False).aggregate(sum=Sum(f"case_annual_{scenario}"))["sum"]
        assert found["savings"][scenario]["annual"] == significant(stated)
    offered = EditionOffer.objects.filter(function__slug="sm-messages").values("component").distinct()
    assert len(found["components"]) == offered.count() > 0


def test_function_says_when_contracts_end(priced, client) -> None:  # noqa: F811
    for n, end in enumerate([days_ago(10), days_ago(-10), days_ago(-20), days_ago(-120), None]):
        duplicate(priced, system=f"System {n}", coverage=0.1, annual_cost=900, contract_end=end)
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    assert client.get(f"{API}/functions/{priced.function.slug}").json()["contracts"] == {
        "ended": 1,
        "quarters": [
            {"from": "2026-10-01", "until": "2026-12-31", "systems": 2},
            {"from": "2027-01-01", "until": "2027-03-31", "systems": 1},
        ],
        "not_stated": 1,
    }


def test_function_leaves_out_what_is_disputed(disputed, client) -> None:  # noqa: F811
    found = client.get(f"{API}/functions/{disputed.function.slug}").json()
    assert (found["systems"], found["bodies"], found["paused"]) == (1, 1, 1)
    assert (found["cases"], found["priced"], found["stated_cost"], found["savings"]) == (0, 0, None, None)
    other = client.get(f"{API}/functions/{disputed.other.slug}").json()
    assert (other["paused"], other["stated_cost"]) == (0, 2_468)


def test_function_without_own_systems_is_there(world, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    found = client.get(f"{API}/functions/{world.function.slug}").json()
    assert (found["systems"], found["stated_cost"], found["savings"]) == (0, None, None)
    assert found["contracts"] == {"ended": 0, "quarters": [], "not_stated": 0}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("components/nothing", 404),
        ("components/%00", 404),
        ("functions/nothing", 404),
        ("functions/%00", 404),
        ("components/{component}?q=1", 400),
        ("components/{component}?page=x", 400),
        ("functions/{function}?page=2", 400),
    ],
)
def test_bad_address_is_a_problem_document(world, client, path: str, status: int) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    path = path.format(component=world.shared.slug, function=world.function.slug)
    answer = client.get(f"{API}/{path}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert client.get(f"/api/v1/editions/1999Q1/{path}").status_code == 404 or status == 400


def test_draft_is_not_there(world, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    Component.objects.update(lifecycle="draft")
    assert client.get(f"{API}/components/{world.shared.slug}").status_code == 404


def test_answers_about_sharing_ask_few_questions(demo, client, django_assert_max_num_queries) -> None:
    for path in ("components/sm-sorrelpost", "functions/sm-messages"):
        with django_assert_max_num_queries(8):
            assert client.get(f"{API}/{path}").status_code == 200

import json
import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from public_value.models import Benchmark
from registry.models import DeclarationKind
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/reports/adoption/"


def read(client, query="") -> str:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client, query="") -> dict[str, dict]:
    """The functions of the JSON file, by name."""
    answer = client.get(ADDRESS, {"format": "json"} | dict(part.split("=") for part in query.split("&") if part))
    items = json.loads(b"".join(answer.streaming_content))["items"]
    return {row["function"]["name"]: row for row in items}


@pytest.fixture
def districts():
    return factories.peer_group(slug="district", label="District council")


def test_adoption_page_says_coverage_first(client, districts, django_assert_max_num_queries):
    for _ in range(3):
        factories.organisation(peer_group=districts, nation="England", region="North")
    factories.adoption(organisation=factories.organisation(peer_group=districts, nation="England", region="South"))
    factories.organisation(peer_group=districts, end=date(2020, 1, 1))

    with django_assert_max_num_queries(8):
        page = read(client)

    assert "1 of 4 public bodies have declared anything." in page
    assert page.index('id="coverage"') < page.index('id="by-function"')
    with django_assert_max_num_queries(8):
        page = read(client, "?peer_group=district&nation=England&region=North&sort=name")
    assert "0 of 3 public bodies have declared anything." in page


def test_adoption_counts_only_kinds_that_do_the_work(client, districts):
    care, roads = factories.function(name="Care"), factories.function(name="Roads")
    counties = factories.peer_group(label="County")
    factories.adoption(organisation=factories.organisation(peer_group=counties), function=care)
    factories.organisation(peer_group=counties)
    for _ in range(5):
        factories.organisation(peer_group=districts)
    Benchmark.objects.create(peer_group=districts, function=roads)

    found = rows(client)

    assert (found["Care"]["bodies"], found["Care"]["shared"], found["Care"]["not_answered"]) == (2, 1, 1)
    assert (found["Roads"]["bodies"], found["Roads"]["not_answered"]) == (5, 5)


ANSWERS = ("shared", "own", "not_responsible", "not_sure", "planned", "stopped", "expired")


def by_hand(said: list, bodies: list) -> dict[tuple, str]:
    """The strongest answer of each (body, function), found by looking at every statement."""
    oldest = timezone.localdate() - timedelta(days=1095)

    def answer(one) -> str:
        fresh = one.confirmed is not None and one.confirmed >= oldest
        if one.kind == DeclarationKind.ADOPTION:
            if one.stage == "retired":
                return "stopped"
            return ("planned" if one.stage == "planned" else "shared") if fresh else "expired"
        return {"duplicate": "own"}.get(one.kind, str(one.kind)) if fresh else "expired"

    found: dict[tuple, str] = {}
    for one in said:
        key = (one.organisation_id, one.function.name)
        given = answer(one)
        if key not in found or ANSWERS.index(given) < ANSWERS.index(found[key]):
            found[key] = given
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_adoption_counts_as_by_hand(client, seed):
    chance = random.Random(seed)
    groups = [factories.peer_group(slug=f"kind-{number}") for number in range(3)]
    bodies = [factories.organisation(peer_group=chance.choice(groups)) for _ in range(12)]
    functions = [factories.function() for _ in range(4)]
    said = []
    for body in bodies:
        for function in functions:
            days = [None, *(timezone.localdate() - timedelta(days=age) for age in (10, 1095, 1096, 2000))]
            fields = {"organisation": body, "function": function, "confirmed": chance.choice(days)}
            kind = chance.choice(["", "", "adoption", "duplicate", "both", "not_sure", "not_responsible"])
            if kind in ("adoption", "both"):
                stage = chance.choice(["planned", "pilot", "live", "retired"])
                said.append(factories.adoption(**fields, stage=stage))
            if kind in ("duplicate", "both"):
                said.append(factories.duplicate(**fields))
            if kind.startswith("not"):
                said.append(factories.duplicate(**fields, kind=kind, system=""))
    answers = by_hand(said, bodies)
    kind_of = {body.pk: body.peer_group_id for body in bodies}

    for query, asked in (("", bodies), ("peer_group=kind-1", [b for b in bodies if b.peer_group == groups[1]])):
        inside = {body.pk for body in asked}
        found = rows(client, query)
        for function in functions:
            given = {body: answer for (body, name), answer in answers.items() if name == function.name}
            kinds = {kind_of[body] for body in given}
            could = [body for body in inside if kind_of[body] in kinds]
            if not could:
                assert function.name not in found
                continue
            row = found[function.name]
            assert row["bodies"] == len(could)
            for name in ANSWERS:
                assert row[name] == sum(answer == name and body in inside for body, answer in given.items())
            assert row["not_answered"] == sum(body not in given for body in could)


def test_adoption_page_keeps_back_sums_of_fewer_than_five_bodies(client):
    function = factories.function(name="Care")
    for _ in range(4):
        factories.duplicate(function=function, annual_cost=1234, contract_end=timezone.localdate())

    page = read(client)

    assert "not shown: fewer than 5 bodies" in page
    assert "£4,936" not in page
    assert "£1,234" not in page
    factories.duplicate(function=function, annual_cost=1234, contract_end=timezone.localdate())
    assert "£6,170 (from 5 public bodies)" in read(client)


def test_adoption_page_names_candidate_and_reasons_beside_copies(client):
    function = factories.function(name="Care")
    factories.adoption(function=function, component=factories.component(name="Carebrick", functions=[function]))
    for _ in range(2):
        factories.duplicate(function=function, reason="The contract runs on")

    page = read(client)

    assert "2 separate systems, run by 2 public bodies" in page
    assert "Carebrick" in page
    assert "The contract runs on (2)" in page


def test_adoption_page_shows_only_contracts_that_still_run(client):
    function = factories.function()
    for _ in range(2):
        factories.duplicate(function=function, contract_end=date(2020, 5, 1))

    assert "No two contracts for the same function" in read(client)


def test_adoption_page_narrows_to_a_branch(client):
    parent = factories.function(slug="care", name="Care")
    factories.adoption(function=factories.function(name="Home care", parent=parent))
    factories.adoption(function=factories.function(name="Roads"))

    assert set(rows(client, "function=care")) == {"Home care"}
    assert "1 function</h2>" in read(client, "?function=care")


def test_adoption_page_before_any_data_shows_no_figure(client):
    page = read(client)

    assert "No public bodies" in page
    assert "there are no shares to show" in page
    assert "0%" not in page


@pytest.mark.parametrize("query", ["?nation=Atlantis", "?function=no-such", "?sort=worst", "?body=x"])
def test_adoption_page_refuses_what_it_does_not_know(client, query):
    assert client.get(ADDRESS + query).status_code == 400


def test_adoption_page_hides_drafts_and_escapes_names(client):
    factories.adoption(component=factories.component(name="Secret Plan", lifecycle="draft"))
    evil = "<script>alert(1)</script>"
    factories.adoption(function=factories.function(name=evil), component=factories.component(name=evil))

    page = read(client)

    assert "Secret Plan" not in page
    assert "<script>alert" not in page

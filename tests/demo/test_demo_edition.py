"""What the reference implementation makes of the demo pack: every grade and every exclusion occurs."""

from collections import Counter

import pytest

from public_value.recompute import compute
from tests.demo.demo_pack import DEMO, LABEL, SNAPSHOT, rows


@pytest.fixture(scope="module")
def edition():
    return compute(DEMO, LABEL, SNAPSHOT, draws=200)


@pytest.fixture(scope="module")
def grades(edition):
    group = {row["organisation"]: row["peer_group"] for row in rows("organisations.csv")}
    return Counter((group[body], entry["grade"]) for body, entry in edition["organisations"].items())


def test_every_grade_occurs(grades):
    assert {grade for _, grade in grades} == set("ABCDE")


def test_two_peer_groups_have_ten_published_members_and_one_has_too_few(grades):
    published = Counter()
    for (group, grade), count in grades.items():
        published[group] += count * (grade in "ABC")

    assert published["sorrelmark-unitary"] >= 15
    assert published["sorrelmark-district"] >= 10
    assert 0 < published["sorrelmark-county"] < 10


def test_every_reason_for_leaving_something_out_occurs(edition):
    reasons = {each["reason"] for entry in edition["organisations"].values() for each in entry["excluded"]}

    assert reasons == {
        "genesis", "no_shared_component", "no_benchmark", "no_evolution_stage", "planned", "retired", "expired",
        "below_de_minimis", "no_share", "not_shared", "exempt_over_cap",
    }  # fmt: skip


def test_exemption_cap_binds_for_one_body(edition):
    capped = [body for body, entry in edition["organisations"].items() if entry["indicators"]["xi"] < 1]

    assert capped == ["emberfold-council"]


def test_components_at_the_edge_of_sharing(edition):
    shared = {component for function in edition["functions"].values() for component in function["shared"]}

    assert "sm-missed-round" in shared
    assert not shared & {"sm-estatewrack", "sm-rotahythe", "sm-cindertill"}


def test_scores_spread(edition):
    scores = [entry["pvi"] for entry in edition["organisations"].values() if entry["published"] == "score"]

    assert min(scores) < 25
    assert max(scores) > 60


def test_some_systems_are_worth_replacing(edition):
    savings = [entry["savings"]["central"]["npv10"] for entry in edition["organisations"].values()]

    assert sum(saving > 100_000 for saving in savings) > 30

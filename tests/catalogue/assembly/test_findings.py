from datetime import date

import pytest

from catalogue.assembly import ADVICE, NOTE, PROBLEM, Body, Named, Place, findings
from tests.catalogue.assembly.parts import assembled, brick, of_kind, said


def test_assembly_of_components_that_fit_has_no_findings():
    assert findings(assembled(brick("form"), brick("till"))) == []


def test_empty_required_slot_is_a_problem_and_an_optional_one_a_note():
    places = (
        Place(slug="pay", name="Pay", step=1, step_name="Pay the fee", candidates=2),
        Place(slug="map", name="Map", step=2, required=False),
    )
    first, second = findings(assembled(places=places))

    assert (first.weight, second.weight) == (PROBLEM, NOTE)
    assert first.sentence == "Nothing is chosen for “Pay” (step 1, Pay the fee). 2 components could fill it."
    assert second.sentence == "Left empty, and the service works without it: “Map”."


def test_required_slot_for_which_nothing_exists_says_so():
    (found,) = findings(assembled(places=(Place(slug="map", name="Map", step=2),)))

    assert found.sentence == "No shared component exists for “Map” (step 2)."


def test_requirements_are_followed_to_the_end_and_circles_end():
    form, finder, register = brick("form"), brick("finder"), brick("register")
    ties = ["form requires finder", "finder requires register", "register requires form", "register requires finder"]

    found = of_kind(assembled(form, finder, register, ties=ties, taken=1), "requirement")

    assert [finding.sentence for finding in found] == [
        "Form needs Finder, which is not in the assembly.",
        "Finder needs Register, which is not in the assembly. It comes with Form.",
    ]
    assert [finding.add.slug for finding in found] == ["finder", "register"]


def test_requirement_is_met_by_a_component_beside_the_slots():
    form, finder = brick("form"), brick("finder")

    assert not of_kind(assembled(form, finder, ties=["form requires finder"], taken=1, also=("finder",)), "requirement")


@pytest.mark.parametrize(
    ("relation", "weight"),
    [("conflicts_with", PROBLEM), ("replaces", ADVICE), ("alternative_to", ADVICE)],
)
def test_two_chosen_components_can_conflict(relation, weight):
    both = [brick("old"), brick("new")]

    (found,) = of_kind(assembled(*both, ties=[f"new {relation} old"]), "conflict")

    assert found.weight == weight
    assert not of_kind(assembled(*both, ties=[f"new {relation} old"], taken=1), "conflict")


def test_neighbours_without_a_standard_in_common_are_found():
    one = brick("one", standards=(Named("a", "A"), Named("b", "B")))
    other = brick("other", standards=(Named("c", "C"),))
    far = brick("far", standards=(Named("a", "A"), Named("c", "C")))

    assert said(assembled(one, other), "standard") == [
        "No standard in common: One follows A, B; Other follows C. Ask how the two exchange what they need."
    ]
    assert not said(assembled(one, far, other), "standard")


def test_standards_gap_weighs_less_where_somebody_says_that_they_work_together():
    one, other = brick("one", standards=(Named("a", "A"),)), brick("other", standards=(Named("c", "C"),))

    (found,) = of_kind(assembled(one, other, ties=["other works_with one"]), "standard")

    assert found.weight == NOTE


def test_silence_about_standards_is_not_taken_for_a_gap():
    (found,) = of_kind(assembled(brick("one"), brick("other", standards=())), "standard")

    assert (found.weight, found.about) == (NOTE, (Named("other", "Other"),))
    assert "not known" in found.sentence


def test_ending_component_names_its_successor():
    old = brick("old", lifecycle="deprecated", successor=Named("new", "New"), ends_on=date(2027, 3, 31))

    (found,) = of_kind(assembled(old), "lifecycle")

    assert found.sentence == (
        "Old is deprecated and ends on 31 March 2027: do not take it up any more. Its successor is New."
    )
    assert (found.weight, found.add) == (PROBLEM, Named("new", "New"))


@pytest.mark.parametrize(
    ("fields", "weight", "words"),
    [
        ({"lifecycle": "retired"}, PROBLEM, "No successor has been named."),
        ({"ends_on": date(2026, 1, 1)}, PROBLEM, "was switched off"),
        ({"ends_on": date(2027, 1, 1)}, ADVICE, "ends on 1 January 2027"),
        ({"lifecycle": "alpha"}, NOTE, "on trial"),
    ],
)
def test_lifecycle_is_weighed(fields, weight, words):
    (found,) = of_kind(assembled(brick("one", **fields), today=date(2026, 6, 1)), "lifecycle")

    assert found.weight == weight
    assert words in found.sentence


def test_component_for_other_kinds_of_bodies_is_a_problem_for_this_body():
    only = brick("care", available_to=(Named("county", "Counties"),))
    district = Body(name="Ash", peer_groups=frozenset({"district", "tier"}))

    assert said(assembled(only, body=district), "availability") == [
        "Care is offered to Counties only. Ash is none of them."
    ]
    assert not said(assembled(only, body=Body(name="A", peer_groups=frozenset({"county"}))), "availability")
    assert not said(assembled(only), "availability")
    (unknown,) = of_kind(assembled(only, body=Body(name="B")), "availability")
    assert unknown.weight == ADVICE


def test_gravest_findings_come_first():
    retired = brick("old", lifecycle="retired", licence="")

    weights = [finding.weight for finding in findings(assembled(brick("new", lifecycle="alpha"), retired))]

    assert weights == sorted(weights, key=[PROBLEM, ADVICE, NOTE].index)
    assert set(weights) == {PROBLEM, ADVICE, NOTE}

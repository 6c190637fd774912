"""The scorecard: facts and rules apart, each blank kept apart from yes and no, and never a total."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from catalogue.models import Component, ComponentKind, Description, Lifecycle
from registry.models import Attestation
from registry.scorecard import Result, facts_of, held, judged, rule_book
from registry.scorecard.rules import FOLDER, Rule, months_before
from tests import factories

TODAY = date(2026, 11, 28)
CONDITIONS = ("is_", "stated", "at_least", "within_months")


def results(component: Component) -> dict[str, Result]:
    found = held(Component.objects.filter(pk=component.pk), TODAY).get()
    verdicts = judged(facts_of(found), found.kind, found.lifecycle, TODAY)
    return {verdict.rule.rule: verdict.result for verdict in verdicts}


# The rules


def test_every_rule_book_is_whole():
    for path in FOLDER.glob("scorecard-*.json"):
        content = json.loads(path.read_text())
        book = rule_book(content["version"])
        assert path.name == f"scorecard-{book.version}.json"
        assert {rule.fact for rule in book.rules} <= set(book.facts)
        assert len({rule.rule for rule in book.rules}) == len(book.rules)
        for rule in book.rules:
            assert sum(getattr(rule, name) is not None for name in CONDITIONS) == 1
            assert set(rule.kinds) <= set(ComponentKind.values)
            assert set(rule.lifecycles or ()) <= {"", *Lifecycle.values}


def test_a_rule_knows_no_weight():
    assert {field.name for field in fields(Rule)} == {"rule", "fact", "text", "kinds", "lifecycles", *CONDITIONS}


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 28), 12, date(2025, 11, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_before_keeps_the_day(day, months, before):
    assert months_before(day, months) == before


# The facts


@pytest.mark.django_db
def test_bare_component_has_stated_nothing():
    found = results(factories.component(kind="service"))

    assert {found[rule] for rule in ("open_licence", "documentation", "api_description", "exit_route", "support")} == {
        Result.NOT_STATED
    }
    assert found["several_stewards"] == found["evidenced_adopter"] == found["named_standard"] == Result.NO
    assert found["successor"] == Result.NOT_APPLICABLE


@pytest.mark.django_db
def test_adopters_are_counted_by_the_grade_that_counts(django_assert_num_queries):
    steward, day = factories.organisation(), date(2026, 6, 30)
    pay, other = (factories.component(slug=slug) for slug in ("pay", "other"))
    attested = factories.adoption(component=pay, evidence="E2", confirmed=TODAY)
    for one in (attested, factories.adoption(component=other, evidence="E2", confirmed=TODAY)):
        factories.attestation(of=one, steward=steward, answered_on=day)
    factories.adoption(component=pay, evidence="E2", confirmed=date(2026, 10, 1))
    measured = factories.adoption(component=pay, evidence="E3", confirmed=date(2026, 9, 1))
    factories.attestation(of=measured, steward=steward, answered_on=day)

    def counted(on: date = TODAY) -> dict:
        with django_assert_num_queries(1):
            return {one.slug: one for one in held(Component.objects.all(), on)}

    assert [counted()[slug].proven_count for slug in ("pay", "other")] == [3, 1]
    audit = factories.audit(attestation=Attestation.objects.get(organisation=attested.organisation), decided_on=day)
    found = counted()
    assert [found[slug].proven_count for slug in ("pay", "other")] == [2, 0]
    assert (found["pay"].proven_on, found["other"].proven_on) == (date(2026, 10, 1), None)
    assert counted(date(2027, 6, 30))["pay"].proven_count == 3
    audit.result = "passed"
    audit.save()
    back = factories.adoption(organisation=steward, component=other, evidence="E2", confirmed=TODAY)
    factories.attestation(of=back, steward=attested.organisation, answered_on=day)
    assert [counted()[slug].proven_count for slug in ("pay", "other")] == [2, 1]


@pytest.mark.django_db
def test_full_component_has_every_fact():
    pay = factories.component(
        open_licence=True, open_standard=True, data_exportable=False, documentation="https://a.example/",
        repository="https://b.example/",
    )  # fmt: skip
    factories.profile(
        component=pay, released_on=date(2025, 11, 28), leaving="A month.", security_url="https://c.example/",
        accessibility_url="https://d.example/", support="By mail.", contact_email="a@b.example",
    )  # fmt: skip
    pay.standards.add(factories.standard())
    for _ in range(2):
        factories.stewardship(component=pay, organisation=factories.organisation(), share=0.5)
    factories.adoption(component=pay, evidence="E2")
    Description.objects.create(
        component=pay, format="openapi", text="openapi: 3.1.0", read_at=datetime(2026, 5, 1, tzinfo=UTC)
    )

    found = results(pay)

    assert found.pop("data_exportable") == Result.NO
    assert found.pop("successor") == Result.NOT_APPLICABLE
    assert set(found.values()) == {Result.YES}


@pytest.mark.django_db
def test_old_release_is_a_no_and_what_ends_is_not_asked():
    old = factories.profile(released_on=date(2025, 11, 27)).component
    assert results(old)["recent_release"] == Result.NO
    old.lifecycle = "deprecated"
    old.successor = factories.component()
    old.save()
    assert results(old)["recent_release"] == Result.NOT_APPLICABLE
    assert results(old)["successor"] == Result.YES


@pytest.mark.django_db
def test_a_draft_is_not_named_as_successor():
    ending = factories.component(lifecycle="deprecated", successor=factories.component(lifecycle="draft"))
    assert results(ending)["successor"] == Result.NOT_STATED


@pytest.mark.django_db
def test_only_other_bodies_with_fresh_evidence_count():
    pay = factories.component()
    steward = factories.organisation()
    factories.stewardship(component=pay, organisation=steward)
    factories.adoption(component=pay, organisation=steward, evidence="E3")
    factories.adoption(component=pay, evidence="E1")
    factories.adoption(component=pay, evidence="E3", confirmed=date(2020, 1, 1))
    factories.adoption(component=pay, evidence="E3", stage="planned")

    assert results(pay)["evidenced_adopter"] == Result.NO


@pytest.mark.django_db
def test_dataset_is_not_asked_for_what_services_have():
    found = results(factories.component(kind="dataset"))
    assert {found[rule] for rule in ("source_code", "api_description", "exit_route", "security_statement")} == {
        Result.NOT_APPLICABLE
    }


# Pages and API


@pytest.mark.django_db
def test_component_page_shows_the_scorecard(client):
    factories.component(slug="pay", open_licence=True, source="https://source.example/x")

    page = client.get("/components/pay/").content.decode()

    assert 'id="scorecard"' in page
    assert "It has an open licence" in page
    assert '<a class="govuk-link" href="https://source.example/x" rel="noopener nofollow">' in page
    assert "Does not apply to it: A successor is named." in page


@pytest.mark.django_db
def test_scorecard_is_json_with_facts_and_rules_apart(client, django_assert_max_num_queries):
    factories.component(slug="pay", open_licence=False)

    with django_assert_max_num_queries(2):
        document = client.get("/components/pay/scorecard.json").json()

    fact = next(fact for fact in document["facts"] if fact["fact"] == "open_licence")
    blank = next(fact for fact in document["facts"] if fact["fact"] == "released_on")
    assert (fact["value"], fact["value_status"], bool(fact["on"]), bool(fact["formula"])) == (False, None, True, True)
    assert (blank["value"], blank["value_status"]) == (None, "not_answered")
    rule = next(rule for rule in document["rules"] if rule["rule"] == "open_licence")
    assert rule == {"rule": "open_licence", "text": "It has an open licence", "fact": "open_licence", "result": "no"}
    assert set(document) == {"component", "on", "facts", "rules_version", "rules"}
    assert client.get("/api/v1/components/pay/scorecard").json() == document


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/components/plan/scorecard.json", "/api/v1/components/plan/scorecard"])
def test_scorecard_of_a_draft_is_not_found(client, address):
    factories.component(slug="plan", lifecycle="draft")
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_rules_are_explained_and_open(client):
    page = client.get("/scorecards/").content.decode()
    rules = client.get("/scorecards/rules.json")

    for rule in rule_book().rules:
        assert rule.text in page
    assert rules.content.decode() == rule_book().text
    assert rules["Access-Control-Allow-Origin"] == "*"

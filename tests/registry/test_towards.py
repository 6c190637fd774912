from datetime import date

import pytest

from registry.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def pay():
    return factories.component(functions=[factories.function()])


def said(component) -> str:
    return Organisation.objects.towards(component, TODAY).get().said


@pytest.mark.parametrize(
    ("stage", "expected"),
    [("live", "uses"), ("pilot", "uses"), ("partial", "uses"), ("planned", "plans"), ("retired", "stopped")],
)
def test_towards_names_the_stage_of_a_statement(pay, stage, expected):
    factories.adoption(component=pay, stage=stage)
    assert said(pay) == expected


@pytest.mark.parametrize(("stage", "expected"), [("live", "expired"), ("planned", "expired"), ("retired", "stopped")])
def test_towards_lets_use_and_plans_expire_but_not_an_end(pay, stage, expected):
    factories.adoption(component=pay, stage=stage, confirmed=LONG_AGO)
    assert said(pay) == expected


def test_towards_takes_the_strongest_statement(pay):
    body = factories.organisation()
    factories.adoption(component=pay, organisation=body, stage="retired")
    factories.adoption(component=pay, organisation=body, stage="pilot")
    assert said(pay) == "uses"


def test_towards_knows_an_answer_that_names_something_else(pay):
    factories.duplicate(function=pay.functions.get())
    assert said(pay) == "other"


def test_towards_is_blank_for_a_body_that_answered_for_another_function_only(pay):
    factories.duplicate()
    assert said(pay) == ""


def test_towards_forgets_what_was_superseded(pay):
    factories.adoption(component=pay, superseded_in=factories.event())
    assert said(pay) == ""

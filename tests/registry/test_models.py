from datetime import date

import pytest
from django.db import DatabaseError, transaction

from registry.models import Declaration, Event, Identifier, Organisation, Person, Succession
from tests import factories
from tests.constraints import check_deferred, refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"coverage": 1.01}, "declaration_coverage_is_a_share"),
        ({"coverage": -0.01}, "declaration_coverage_is_a_share"),
        ({"annual_cost": -1}, "declaration_cost_not_negative"),
        ({"transactions": -1}, "declaration_transactions_not_negative"),
        ({"evidence": "E4"}, "declaration_evidence_is_known"),
        ({"price_fy": "2025"}, "declaration_price_year_is_a_year"),
        ({"exempt_reason": "habit"}, "declaration_exempt_reason_is_known"),
        ({"stage": "live"}, "declaration_fits_its_kind"),
        ({"system": ""}, "declaration_fits_its_kind"),
    ],
)
def test_duplicate_refuses_what_must_never_be(fields, constraint):
    with refused_by(constraint), transaction.atomic():
        factories.duplicate(**fields)


@pytest.mark.parametrize("fields", [{"stage": ""}, {"system": "Also a system"}])
def test_adoption_needs_a_stage_and_no_system(fields):
    with refused_by("declaration_fits_its_kind"), transaction.atomic():
        factories.adoption(**fields)


@pytest.mark.parametrize(
    ("factory", "constraint"),
    [(factories.adoption, "adoption_current_once"), (factories.duplicate, "duplicate_current_once")],
)
def test_declaration_is_current_once_and_keeps_its_history(factory, constraint):
    first = factory()
    same = {
        name: getattr(first, name)
        for name in ("organisation", "function", "component", "system")
        if getattr(first, name)
    }
    with refused_by(constraint), transaction.atomic():
        factory(**same)
    Declaration.objects.filter(pk=first.pk).update(superseded_in=factories.event())
    second = factory(**same)
    assert list(Declaration.objects.current()) == [second]
    assert Declaration.objects.count() == 2


def test_answer_is_current_once():
    said = {
        "organisation": factories.organisation(),
        "function": factories.function(),
        "recorded_in": factories.event(),
    }
    Declaration.objects.create(kind="not_responsible", **said)
    with refused_by("answer_current_once"), transaction.atomic():
        Declaration.objects.create(kind="not_sure", **said)


def test_in_use_leaves_out_planned_and_stopped():
    for stage in ("planned", "pilot", "partial", "live", "retired"):
        factories.adoption(stage=stage)
    factories.duplicate()
    assert sorted(Declaration.objects.in_use().values_list("stage", flat=True)) == ["live", "partial", "pilot"]


def test_stewardship_shares_are_at_most_one_at_any_time():
    component = factories.component()
    first = factories.stewardship(component=component, share=0.6)
    factories.stewardship(component=component, share=0.4)
    check_deferred()
    with refused_by("stewardship_shares_at_most_one"), transaction.atomic():
        factories.stewardship(component=component, share=0.1)
        check_deferred()
    type(first).objects.filter(pk=first.pk).update(superseded_in=factories.event())
    factories.stewardship(component=component, share=0.5)
    check_deferred()


def test_stewardship_accepts_three_thirds():
    component = factories.component()
    for _ in range(3):
        factories.stewardship(component=component, share=1 / 3)
    check_deferred()


def test_succession_refuses_a_circle():
    old, middle, new = (factories.organisation() for _ in range(3))
    Succession.objects.create(predecessor=old, successor=middle)
    Succession.objects.create(predecessor=middle, successor=new)
    with refused_by("succession_acyclic"), transaction.atomic():
        Succession.objects.create(predecessor=new, successor=old)
        check_deferred()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"start": date(2026, 4, 1), "end": date(2026, 3, 31)}, "organisation_dates_in_order"),
        ({"driver": -1}, "organisation_driver_not_negative"),
        ({"latitude": 91}, "organisation_latitude_on_earth"),
        ({"longitude": -181}, "organisation_longitude_on_earth"),
    ],
)
def test_organisation_refuses_what_must_never_be(fields, constraint):
    with refused_by(constraint), transaction.atomic():
        factories.organisation(**fields)


def test_identifier_names_one_organisation():
    Identifier.objects.create(organisation=factories.organisation(), scheme="gss", code="E1")
    with refused_by("identifier_names_one_organisation"), transaction.atomic():
        Identifier.objects.create(organisation=factories.organisation(), scheme="gss", code="E1")


def test_existing_leaves_out_the_ended_and_the_not_yet_begun():
    today = date(2026, 9, 30)
    factories.organisation(end=today)
    factories.organisation(start=date(2026, 10, 1))
    lasting, begun = factories.organisation(), factories.organisation(start=today, end=date(2027, 4, 1))
    assert set(Organisation.objects.existing(today)) == {lasting, begun}


@pytest.mark.parametrize("act", [lambda event: event.delete(), lambda event: Event.objects.update(source="Rewritten")])
def test_event_can_not_be_rewritten(act):
    event = factories.event()
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        act(event)


def test_person_signs_in_with_one_address_in_any_case():
    Person.objects.create_user("ada@example.org")
    with refused_by("person_email_once_in_any_case"), transaction.atomic():
        Person.objects.create_user("ADA@example.org")

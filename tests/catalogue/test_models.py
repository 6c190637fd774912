import pytest
from django.db import transaction
from django.utils import timezone

from catalogue.models import Column, Component, Description, Operation, Relation
from tests import factories
from tests.constraints import check_deferred, refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [factories.peer_group, factories.function])
def test_tree_refuses_a_circle(factory):
    top = factory()
    bottom = factory(parent=factory(parent=top))
    with refused_by("acyclic"), transaction.atomic():
        type(top).objects.filter(pk=top.pk).update(parent=bottom)
        check_deferred()


def test_tree_refuses_its_own_parent():
    function = factories.function()
    with refused_by("function_acyclic"), transaction.atomic():
        type(function).objects.filter(pk=function.pk).update(parent=function)
        check_deferred()


def test_tree_accepts_a_circle_that_is_gone_by_the_end():
    one, other = factories.function(), factories.function()
    type(one).objects.filter(pk=one.pk).update(parent=other)
    type(one).objects.filter(pk=other.pk).update(parent=one)
    type(one).objects.filter(pk=one.pk).update(parent=None)
    check_deferred()


def test_component_successors_refuse_a_circle():
    first = factories.component()
    second = factories.component(successor=factories.component(successor=first))
    with refused_by("component_successor_acyclic"), transaction.atomic():
        Component.objects.filter(pk=first.pk).update(successor=second)
        check_deferred()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"fixed_fee": -1}, "component_fixed_fee_not_negative"),
        ({"price_per_transaction": -1}, "component_price_not_negative"),
        ({"kind": "machine"}, "component_kind_is_known"),
        ({"lifecycle": "dead"}, "component_lifecycle_is_known"),
        ({"slug": "Not plain"}, "component_slug_is_plain"),
    ],
)
def test_component_refuses_what_must_never_be(fields, constraint):
    with refused_by(constraint), transaction.atomic():
        factories.component(**fields)


def test_relation_is_said_once_and_not_to_itself():
    one, other = factories.component(), factories.component()
    Relation.objects.create(component=one, relation="requires", other=other)
    with refused_by("relation_said_once"), transaction.atomic():
        Relation.objects.create(component=one, relation="requires", other=other)
    with refused_by("relation_not_to_itself"), transaction.atomic():
        Relation.objects.create(component=one, relation="requires", other=one)


def test_component_listed_hides_drafts():
    draft = factories.component(lifecycle="draft")
    shown = factories.component()
    assert list(Component.objects.listed()) == [shown]
    assert draft not in Component.objects.listed()


def test_component_keeps_its_earlier_states():
    component = factories.component(name="Old name")
    Component.objects.filter(pk=component.pk).update(name="New name")
    assert [event.name for event in component.events.all()] == ["Old name"]


def test_component_is_touched_by_changes_alone():
    component = factories.component()
    of_it = Component.objects.filter(pk=component.pk)
    of_it.update(name=component.name)
    assert of_it.get().updated_at == component.updated_at
    of_it.update(name="Another name")
    assert of_it.get().updated_at > component.updated_at


def test_every_component_has_a_uuid_of_its_own():
    one, other = factories.component(), factories.component()
    assert one.uuid.version == 4
    assert one.uuid != other.uuid


def test_profile_refuses_a_hosting_that_is_none():
    with refused_by("profile_hosting_is_known"), transaction.atomic():
        factories.profile(hosting=["hosted", "cloud"])


@pytest.mark.parametrize(
    ("model", "fields", "constraint"),
    [
        (Operation, {"method": "get", "path": "/bins"}, "operation_method_is_known"),
        (Operation, {"method": "GET", "path": ""}, "operation_has_a_path"),
        (Column, {"number": 1, "name": ""}, "column_has_a_name"),
    ],
)
def test_interface_refuses_what_says_nothing(model, fields, constraint):
    component = factories.component()
    with refused_by(constraint), transaction.atomic():
        model.objects.create(component=component, **fields)


def test_standards_share_no_address_but_none():
    factories.standard(address="")
    factories.standard(address="")
    factories.standard(address="https://example.org/standard")
    with refused_by("standard_address_once"), transaction.atomic():
        factories.standard(address="https://example.org/standard")


def test_description_is_kept_once_for_each_address():
    component = factories.component()
    kept = {"component": component, "format": "publiccode.yml", "text": "name: Bins", "read_at": timezone.now()}
    Description.objects.create(**kept, address="https://example.org/publiccode.yml")
    Description.objects.create(**kept)
    with refused_by("description_kept_once"), transaction.atomic():
        Description.objects.create(**kept)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"uses_low": -1, "uses_high": 1}, "slot_uses_not_negative"),
        ({"uses_low": 2, "uses_high": 1}, "slot_uses_in_order"),
        ({"uses_low": 1}, "slot_uses_in_order"),
        ({"kinds": ["machine"]}, "slot_kinds_are_known"),
    ],
)
def test_slot_refuses_what_cannot_be(fields, constraint):
    with refused_by(constraint), transaction.atomic():
        factories.slot(**fields)


def test_slot_finds_listed_components_of_its_functions_and_kinds():
    bins, waste = factories.function(), factories.function()
    slot = factories.slot(functions=[bins, waste], kinds=["service"])
    fits = factories.component(functions=[bins, waste])
    factories.component(functions=[bins], kind="dataset")
    factories.component(functions=[bins], lifecycle="draft")
    factories.component(functions=[factories.function()])

    assert list(slot.candidates()) == [fits]

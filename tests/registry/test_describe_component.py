"""A component becomes what a description says: the same one in every spelling, by whoever may."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from catalogue.models import Component, Description, SearchEntry
from catalogue.readers import ComponentDescription
from commons.exceptions import Refused
from registry.actions.components import describe_component
from registry.models import Act, Event, Scope
from registry.permissions import ANYBODY, COMMAND_LINE, Actor
from tests import factories

SAYS = ComponentDescription(
    format="publiccode.yml", name="Bin days", summary="Bins.", repository="https://git.example/county/bins"
)


def describe(description=SAYS, **asked):
    usual = {
        "component": None,
        "text": "name: Bin days",
        "format": "publiccode.yml",
        "address": "https://git.example/f",
    }
    return describe_component(**usual | {"by": COMMAND_LINE, "description": description} | asked)


def acting_for(body) -> Actor:
    return Actor(grants={body.pk: frozenset({Scope.CATALOGUE_WRITE})})


@pytest.mark.django_db
def test_new_component_is_found_kept_and_looked_after():
    body = factories.organisation()
    made = describe(by=acting_for(body), steward=body)
    assert SearchEntry.objects.get(component=made).slug == "bin-days"
    assert made.descriptions.get().text == "name: Bin days"
    assert made.stewardships.get().organisation == body
    event = Event.objects.get()
    assert (event.act, event.source) == (Act.DESCRIBE_COMPONENT, "https://git.example/f")
    assert event.detail["new"]


@pytest.mark.django_db
@pytest.mark.parametrize("spelt", ["https://git.example/county/bins.git", "git@GIT.example:county/bins.git"])
def test_other_spelling_is_the_same_component(spelt):
    there = factories.component(repository=spelt, licence="MIT")
    assert describe() == there
    there.refresh_from_db()
    assert (there.name, there.licence) == ("Bin days", "MIT")  # what is not stated stays


@pytest.mark.django_db
def test_same_again_records_nothing():
    describe()
    describe()
    assert (Component.objects.count(), Event.objects.count(), Description.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
def test_who_may_not_is_refused_and_nothing_is_written():
    body, other = factories.organisation(), factories.organisation()
    theirs = factories.component(repository=SAYS.repository, name="Theirs")
    factories.stewardship(component=theirs, organisation=other)
    for by in (ANYBODY, acting_for(body)):
        with pytest.raises(Refused, match="looked after by others"):
            describe(by=by)
    with pytest.raises(Refused, match="may add it"):
        describe(replace(SAYS, repository=""), by=acting_for(body))
    with pytest.raises(Refused, match="gives no name"):
        describe(replace(SAYS, name=" ", repository=""))
    theirs.refresh_from_db()
    assert (theirs.name, Component.objects.count(), Description.objects.count()) == ("Theirs", 1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_component():
    def at_once(spelt: str) -> int:
        try:
            return describe(replace(SAYS, repository=spelt)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        spellings = [f"https://git.example/county/bins{end}" for end in ("", ".git", "/", "/tree/main")]
        assert len(set(pool.map(at_once, spellings))) == 1
    assert Component.objects.count() == 1

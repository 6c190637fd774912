from dataclasses import dataclass

import pytest

from catalogue.models import Component, Function
from registry.models import Organisation, Role
from registry.permissions import Actor, of_person
from tests import factories


@dataclass
class World:
    body: Organisation
    function: Function
    shared: Component
    owner: Actor
    editor: Actor


@pytest.fixture
def world(db) -> World:
    body, function = factories.organisation(slug="birch"), factories.function(slug="bookings")
    shared = factories.component(slug="sorrelpost", functions=[function])
    owner = factories.membership(organisation=body, role=Role.OWNER)
    editor = factories.membership(organisation=body, role=Role.EDITOR)
    return World(
        body=body,
        function=function,
        shared=shared,
        owner=of_person(owner.person, [owner], second_factor=True),
        editor=of_person(editor.person, [editor]),
    )

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO

import pytest

from registry.actions.imports import receive_import, work_due
from registry.models import Import, Organisation, Role, Wish
from registry.permissions import Actor, of_person
from tests import factories
from tests.registry.workspace.conftest import come  # noqa: F401  (fixture)


@dataclass
class World:
    body: Organisation
    owner: Actor
    editor: Actor

    def sends(self, content: bytes | str, name: str = "portfolio.csv", *, wish=Wish.PREVIEW, by=None) -> Import:
        """Send a file, and have a worker do what can be done."""
        content = content.encode() if isinstance(content, str) else content
        received = receive_import(
            organisation=self.body, file=BytesIO(content), name=name, wish=wish, by=by or self.owner
        )
        work_due()
        return now(received.imported)


def now(imported: Import) -> Import:
    return Import.objects.select_related("job", "organisation").get(pk=imported.pk)


def table(*rows, heading=("function", "system", "supplier", "annual_cost", "price_fy")) -> str:
    text = StringIO()
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue()


@pytest.fixture
def world(db) -> World:
    body = factories.organisation(slug="birch", name="Birch Council")
    owner = factories.membership(organisation=body, role=Role.OWNER)
    editor = factories.membership(organisation=body, role=Role.EDITOR)
    return World(
        body=body,
        owner=of_person(owner.person, [owner], second_factor=True),
        editor=of_person(editor.person, [editor]),
    )


@pytest.fixture
def body(world):
    return world.body


@pytest.fixture
def function(db):
    return factories.function(slug="bookings", name="Bookings")


@pytest.fixture
def shared(function):
    return factories.component(slug="sorrelpost", name="Sorrelpost", functions=[function])

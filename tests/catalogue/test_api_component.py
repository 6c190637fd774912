"""One component as programs read it."""

import pytest

from catalogue.models import Profile
from registry.actions.search import refresh_search
from tests import factories

pytestmark = pytest.mark.django_db


def told(client, slug: str) -> dict:
    refresh_search()
    return client.get(f"/api/v1/components/{slug}").json()


def test_component_tells_its_profile_and_standards(client):
    component = factories.component(slug="pay", name="Pay")
    factories.profile(component=component, hosting=["hosted"], support="Daily.", version="2.1", languages=["en", "cy"])
    component.standards.add(factories.standard(slug="wcag", name="WCAG 2.2"))

    said = told(client, "pay")

    assert said["standards"] == [{"slug": "wcag", "name": "WCAG 2.2"}]
    assert said["profile"] | {"hosting": ["hosted"], "support": "Daily.", "version": "2.1"} == said["profile"]
    assert said["profile"]["languages"] == ["en", "cy"]
    assert said["profile"]["leaving"] is None
    assert set(said["profile"]) == {field.name for field in Profile._meta.fields} - {"component", "updated_at"}


def test_component_that_nobody_profiled_says_nothing(client):
    factories.component(slug="bare")

    said = told(client, "bare")

    assert said["profile"] is None
    assert said["standards"] == []

"""What descriptions state becomes what is recorded, harmless and within bounds."""

from datetime import date

import pytest

from catalogue.describing import FIELDS, new_component, recorded, stated
from catalogue.readers import Column, ComponentDescription, Contact, Operation
from tests import factories

pytestmark = pytest.mark.django_db

WHOLE = ComponentDescription(
    format="publiccode.yml",
    kind="service",
    name="Bin days",
    summary="Says when bins are collected.",
    description="# Bin days\n\nFor *every* street.",
    url="https://bins.example/",
    repository="https://git.example/county/bins.git",
    documentation="https://bins.example/docs",
    api_description="https://bins.example/openapi.json",
    licence="EUPL-1.2",
    lifecycle="live",
    version="2.1",
    released_on=date(2026, 3, 1),
    contacts=[Contact(name="Ada", email="mailto:ada@county.example", url="https://county.example/ada")],
    languages=["en", "cy", "en"],
    keywords=["waste"],
    standards=["https://standards.example/bins", "unknown"],
    operations=[Operation(method="GET", path="/days", summary="Days"), Operation(method="GO", path="/x")],
    columns=[Column(name="street", type="string"), Column(name="street"), Column(name="day")],
)


def test_what_is_stated_is_recorded_the_same():
    factories.standard(slug="bins", address="https://standards.example/bins")
    values = stated(WHOLE)
    assert set(values) == set(FIELDS)
    assert (values["standards"], values["operations"]) == (["bins"], [["GET", "/days", "Days"]])
    assert [column[0] for column in values["columns"]] == ["street", "day"]
    assert (values["contact_email"], values["languages"]) == ("ada@county.example", ["en", "cy"])
    assert recorded(new_component(values, "a test")) == values


def test_nothing_stated_is_blank():
    assert not any(stated(ComponentDescription(format="x")).values())


def test_hostile_texts_are_within_bounds_and_seen():
    huge = "<script>alert(1)</script>\x00\x1b[2J\u202e" * 20_000
    values = stated(
        ComponentDescription(
            format="x",
            kind="weapon",
            lifecycle="undead",
            name=huge,
            summary=huge,
            description=huge + "\ud800",
            url="javascript:alert(1)",
            repository="https://git.example/a b",
            documentation="file:///etc/passwd",
            licence=huge,
            contacts=[Contact(name=huge, email=huge)],
            keywords=[huge] * 500 + [str(number) for number in range(500)],
            operations=[Operation(method="GET", path="/" + "x" * 2_000)],
            columns=[Column(name=huge, description=huge)],
        )
    )
    assert not any(values[name] for name in ("kind", "lifecycle", "url", "repository", "documentation", "operations"))
    assert (len(values["name"]), len(values["licence"]), len(values["keywords"])) == (300, 300, 100)
    assert len(values["description"]) == 50_000
    assert not set("\x00\x1b\u202e\ud800") & set(str(values))
    assert recorded(new_component(values, ""))["description"] == values["description"]


NAMES = ("Bins", "bins!", "箱", "Compare", "compare")


def test_slugs_are_plain_and_free():
    made = [new_component(stated(ComponentDescription(format="x", name=name)), "") for name in NAMES]
    assert [one.slug for one in made] == ["bins", "bins-2", "component", "compare-2", "compare-3"]
    assert {one.kind for one in made} == {"service"}

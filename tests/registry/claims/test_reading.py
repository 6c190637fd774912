"""A pasted list of bodies: read in any order of columns, and matched by slug, code and name, or by likeness."""

from datetime import date

import pytest

from registry.claims import MOST_LINES, matched, read
from registry.models import Identifier
from tests import factories

ON = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "Birch Council,bookings,2026-01-31",
        "Birch Council\tbookings\t2026-01-31\r\n\r\n",
        "\ufeffSince;Organisation;Function\n2026-01-31;Birch  Council;bookings\n",
        '"Birch Council",bookings,2026-01-31\n , ,\n',
    ],
    ids=["commas", "tabs", "headings", "quotes"],
)
def test_table_is_read_however_it_is_parted(text):
    (line,) = read(text)
    assert (line.body, line.function, line.since) == ("Birch Council", "bookings", "2026-01-31")


def test_line_with_a_body_alone_is_enough():
    assert [line.body for line in read("birch\ncedar")] == ["birch", "cedar"]


def test_nothing_is_no_line_and_too_many_are_refused():
    assert read(" \n") == []
    with pytest.raises(ValueError, match="at most 2,000 at once"):
        read("x\n" * (MOST_LINES + 1))


def match(world, text: str):
    (one,) = matched(read(text), world.component, world.steward, ON)
    return one


@pytest.mark.parametrize("written", ["birch", "BIRCH COUNCIL", "Old Birch", "gss:E07000223", "e07000223"])
def test_body_is_found_by_slug_name_other_name_and_code(world, written):
    world.body.name, world.body.aliases = "Birch Council", ["Old Birch"]
    world.body.save()
    Identifier.objects.create(organisation=world.body, scheme="gss", code="E07000223")

    one = match(world, written)

    assert (one.bodies, one.sure, one.problem) == ([world.body], True, "")


def test_name_with_a_slip_is_proposed_and_not_sure(world):
    world.body.name = "Birchester District Council"
    world.body.save()
    one = match(world, "Birchster Distrct Council")
    assert (one.bodies[0], one.sure, one.problem) == (world.body, False, "")


def test_two_bodies_of_one_name_are_not_sure(world):
    for number in (1, 2):
        factories.organisation(slug=f"elm-{number}", name="Elm Council")
    one = match(world, "Elm Council")
    assert ({body.slug for body in one.bodies}, one.sure) == ({"elm-1", "elm-2"}, False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Xyzzy Plugh", "No body of the registry is called like this"),
        ("birch,parking", "Say for which function of the component: bookings"),
        ("birch,bookings,31/01/2026", "Give the day as 2026-11-30, not 31/01/2026"),
        ("birch,bookings,2026-12-01", "between 1970 and today"),
        ("sorrel", "It is yourselves"),
    ],
)
def test_what_cannot_be_claimed_says_why(world, text, sentence):
    assert sentence in match(world, text).problem


def test_function_is_needed_where_the_component_has_several(world):
    world.component.functions.add(factories.function(slug="parking", name="Parking permits"))
    assert "bookings, parking" in match(world, "birch").problem
    assert match(world, "birch,PARKING PERMITS").function.slug == "parking"


def test_second_line_of_one_body_is_told(world):
    first, second = matched(read("birch\nBirch"), world.component, world.steward, ON)
    assert (first.problem, second.problem) == ("", "It is named before in the list.")

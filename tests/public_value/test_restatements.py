"""An adoption that stops soon after a published edition counted it: the credit does not stand, and it is said."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from public_value.actions import correct_edition, open_reply, publish_edition
from public_value.evidence.restated import voided
from public_value.models import Edition
from registry.models import Declaration
from tests import factories
from tests.public_value.published import published
from tests.public_value.test_evidence import SNAPSHOT, adopt, days_ago, world  # noqa: F401  (a fixture)
from tests.public_value.test_publication import DAY, TODAY, compute
from tests.public_value.test_publication_pages import words

pytestmark = pytest.mark.django_db

SENTENCE = "stopped within 90 days after the snapshot"


def after(days: int) -> date:
    return SNAPSHOT + timedelta(days=days)


def stop(said: Declaration, **fields) -> Declaration:
    """A later statement says that it is no longer in use."""
    event = fields.pop("recorded_in", None) or factories.event()
    Declaration.objects.filter(pk=said.pk).update(superseded_in=event)
    about = {name: getattr(said, name) for name in ("organisation", "function", "component", "since")}
    return factories.adoption(**about | {"stage": "retired", "recorded_in": event} | fields)


def recorded_on(day: date):
    with time_machine.travel(datetime.combine(day, time(12), UTC), tick=False):
        return factories.event()


def listed() -> str:
    out = StringIO()
    call_command("restatements", "2026q3", stdout=out)
    return out.getvalue()


@pytest.fixture
def credited(world):  # noqa: F811
    """The body's adoption earned credit in an edition that is published."""
    world.said = adopt(world, coverage=0.5, evidence="E2", since=date(2020, 1, 1))
    world.edition = published()
    return world


# Which adoptions


@pytest.mark.parametrize(("days", "counts"), [(1, True), (89, True), (90, True), (91, False)])
def test_day_is_the_one_that_the_statement_gives(credited, days: int, counts: bool) -> None:
    stop(credited.said, since=after(days), recorded_in=recorded_on(after(300)))
    assert [one.stopped_on for one in voided(credited.edition)] == ([after(days)] if counts else [])


@pytest.mark.parametrize(("days", "counts"), [(1, True), (89, True), (90, True), (91, False)])
@pytest.mark.parametrize("since", [None, date(2020, 1, 1), SNAPSHOT])
def test_day_is_that_of_recording_where_the_statement_gives_none_after_the_snapshot(
    credited, since: date | None, days: int, counts: bool
) -> None:
    stop(credited.said, since=since, recorded_in=recorded_on(after(days)))
    assert [one.stopped_on for one in voided(credited.edition)] == ([after(days)] if counts else [])


@pytest.mark.parametrize(
    "fields",
    [
        {"coverage": 0.009},
        {"coverage": None},
        {"stage": "pilot"},
        {"stage": "planned"},
        {"confirmed": None},
    ],
)
def test_adoption_that_earned_no_full_credit_has_none_to_lose(world, fields: dict) -> None:  # noqa: F811
    said = adopt(world, **{"coverage": 0.5} | fields)
    edition = published()
    stop(said, since=after(10))
    assert voided(edition) == []


@pytest.mark.parametrize("fields", [{"stage": "partial"}, {"coverage": 0.01}, {"since": SNAPSHOT}])
def test_adoption_that_earned_credit_loses_it(world, fields: dict) -> None:  # noqa: F811
    said = adopt(world, **{"coverage": 0.5} | fields)
    edition = published()
    stop(said, since=after(10))
    assert [one.declaration for one in voided(edition)] == [said.pk]


def test_other_statement_about_the_cell_takes_nothing_away(credited) -> None:
    other = factories.component(functions=[credited.function])
    stop(adopt(credited, component=other, coverage=0.1), since=after(10))
    stop(adopt(credited, organisation=factories.organisation(), coverage=0.1), since=after(10))
    assert voided(credited.edition) == []


def test_stop_that_was_taken_back_takes_nothing_away(credited) -> None:
    last = stop(credited.said, since=after(10))
    Declaration.objects.filter(pk=last.pk).update(superseded_in=factories.event())
    adopt(credited, coverage=0.5)
    assert voided(credited.edition) == []


def test_body_that_did_not_exist_is_not_named(world) -> None:  # noqa: F811
    world.body.end = SNAPSHOT
    world.body.save()
    said = adopt(world, coverage=0.5, since=days_ago(400))
    edition = published()
    stop(said, since=after(10))
    assert voided(edition) == []


def test_body_that_ended_afterwards_is_named_still(credited) -> None:
    stop(credited.said, since=after(10))
    credited.body.end = SNAPSHOT
    credited.body.save()
    assert len(voided(credited.edition)) == 1


def test_edition_that_is_not_published_is_computed_anew_instead(world) -> None:  # noqa: F811
    said = adopt(world, coverage=0.5)
    edition = compute()
    stop(said, since=after(10))
    assert voided(edition) == []


# Where it is said


def test_every_face_says_so(credited, client) -> None:
    stop(credited.said, since=after(10))
    assert f"1 adoption of 1 body {SENTENCE}, so its credit does not stand." in words(client, "/public-value/2026Q3/")
    page = words(client, f"/public-value/2026Q3/{credited.body.slug}/")
    assert f"1 adoption of {credited.body.name} {SENTENCE}" in page
    assert "It stopped on 10 October 2026, within 90 days after the snapshot: its credit does not stand" in page
    (line,) = client.get(f"/api/v1/editions/2026Q3/scores/{credited.body.slug}").json()["lines"]
    assert line["stopped_on"] == "2026-10-10"


def test_numbers_of_adoptions_and_bodies_are_told_apart(world, client) -> None:  # noqa: F811
    other = factories.component(functions=[world.function], external_independent_adopters=2)
    said = [adopt(world, coverage=0.3), adopt(world, component=other, coverage=0.3)]
    said += [adopt(world, organisation=factories.organisation(peer_group=world.group, driver=10), coverage=0.3)]
    published()
    for one in said:
        stop(one, since=after(10))
    assert f"3 adoptions of 2 bodies {SENTENCE}" in words(client, "/public-value/2026Q3/")


def test_nothing_is_said_where_nothing_stopped(credited, client) -> None:
    assert SENTENCE not in words(client, "/public-value/2026Q3/")
    assert SENTENCE not in words(client, f"/public-value/2026Q3/{credited.body.slug}/")
    assert "No adoption that earned credit in 2026Q3 stopped" in listed()


def test_component_that_became_a_draft_is_not_named(credited, client) -> None:
    stop(credited.said, since=after(10))
    credited.shared.name, credited.shared.lifecycle = "Secret plan", "draft"
    credited.shared.save()
    for address in ("/public-value/2026Q3/", f"/public-value/2026Q3/{credited.body.slug}/"):
        page = client.get(address).content.decode()
        assert SENTENCE in " ".join(page.split())
        assert "Secret" not in page


def test_correction_takes_the_note_away(credited, client) -> None:
    stop(credited.said, since=after(10))
    publish_edition(edition=correct_edition(edition=credited.edition, erratum="An adoption stopped."))
    assert SENTENCE not in words(client, "/public-value/2026Q3/")
    assert SENTENCE not in words(client, f"/public-value/2026Q3/{credited.body.slug}/")
    assert SENTENCE not in words(client, "/public-value/2026Q3/revisions/1/")
    assert "superseded" in words(client, "/public-value/2026Q3/revisions/1/")


def test_command_lists_them_with_the_remedy(credited) -> None:
    stop(credited.said, since=after(10))
    said = listed()
    names = f"{credited.body.slug}, {credited.function.slug}, {credited.shared.slug}: stopped on 2026-10-10"
    assert said.startswith(f"{names}\n1 in all.")
    assert "manage.py correct_edition 2026Q3 --erratum" in said


@pytest.mark.parametrize("label", ["2026Q3", "1999Q1"])
def test_command_refuses_what_is_not_published(world, label: str) -> None:  # noqa: F811
    open_reply(edition=compute(), until=TODAY + DAY)
    with pytest.raises(CommandError, match="is not published" if label == "2026Q3" else "There is no edition"):
        call_command("restatements", label)
    assert Edition.objects.count() == 1

"""From computed to published to superseded: who may do what when, and that nothing published ever changes."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from catalogue.models import Component
from commons.exceptions import Refused
from public_value.actions import (
    PUBLISHED_DRAWS,
    comment_on_edition,
    compute_edition,
    correct_edition,
    open_reply,
    publish_edition,
    review_change,
)
from public_value.gate import face
from public_value.models import (
    Edition,
    EditionBundle,
    EditionComment,
    EditionFunction,
    EditionSnapshot,
    EditionState,
    HeldChange,
    PeerGroupNorm,
    Score,
    ScoreLine,
    ScoreSaving,
)
from registry.models import Account, Act, Event, Person
from tests import factories
from tests.constraints import refused_by
from tests.public_value.published import publish, published
from tests.public_value.test_evidence import SNAPSHOT, adopt, duplicate, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def compute(label: str = "2026Q3", draws: int = 5, **fields) -> Edition:
    return compute_edition(**{"label": label, "snapshot_date": SNAPSHOT, "draws": draws} | fields)


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def events(act: Act) -> list[dict]:
    return [event.detail for event in Event.objects.filter(act=act).order_by("id")]


@pytest.fixture
def scored(world):  # noqa: F811
    """The body gets a score: all of its work is told, and its accounts."""
    world.said = adopt(world, coverage=1, evidence="E2")
    account = {"financial_year": "2025-26", "frontline": 60, "administrative": 40}
    Account.objects.create(organisation=world.body, **account)
    PeerGroupNorm.objects.create(peer_group=world.group, f_lo=0.5, f_hi=0.7, f_median_share=0.6)
    return world


# The right of reply


def test_reply_is_open_from_today_to_its_last_day(world) -> None:  # noqa: F811
    person = Person.objects.create(email="a@b.example")
    edition = open_reply(edition=compute(), until=TODAY + 20 * DAY, by=person)
    assert (edition.state, edition.reply_from, edition.reply_until) == ("reply", TODAY, TODAY + 20 * DAY)
    event = Event.objects.get(act=Act.OPEN_REPLY)
    assert (event.by, event.detail["until"]) == (person, edition.reply_until.isoformat())


def test_reply_may_last_longer_and_never_shorter(world) -> None:  # noqa: F811
    edition = open_reply(edition=compute(), until=TODAY + 5 * DAY)
    assert open_reply(edition=edition, until=TODAY + 9 * DAY).reply_until == TODAY + 9 * DAY
    with pytest.raises(Refused, match="never moves back"):
        open_reply(edition=edition, until=TODAY + 5 * DAY)


def test_reply_cannot_end_before_it_begins(world) -> None:  # noqa: F811
    with pytest.raises(Refused, match="too early"):
        open_reply(edition=compute(), until=TODAY - DAY)


def test_edition_that_is_computed_again_keeps_its_reply_and_its_comments(world) -> None:  # noqa: F811
    edition = open_reply(edition=compute(), until=TODAY)
    comment_on_edition(edition=edition, organisation=world.body, text="Our volume is wrong.", by=None)
    again = compute(label="2026q3")
    assert (again.pk, again.label, again.state, again.reply_until) == (edition.pk, "2026Q3", "reply", TODAY)
    assert again.comments.count() == 1


# Comments


def test_comment_is_kept_with_who_made_it_and_an_event(world) -> None:  # noqa: F811
    person = Person.objects.create(email="a@b.example")
    edition = open_reply(edition=compute(), until=TODAY)
    comment = comment_on_edition(
        edition=edition, organisation=world.body, function=world.function, text=" No. ", disputed=True, by=person
    )
    assert (comment.text, comment.disputed, comment.by) == ("No.", True, person)
    assert events(Act.COMMENT_ON_EDITION)[0]["function"] == world.function.slug


@pytest.mark.parametrize(("text", "sentence"), [("  ", "at most 5,000"), ("x" * 5001, "at most 5,000")])
def test_comment_says_something_and_not_too_much(world, text: str, sentence: str) -> None:  # noqa: F811
    edition = open_reply(edition=compute(), until=TODAY)
    with pytest.raises(Refused, match=sentence):
        comment_on_edition(edition=edition, organisation=world.body, text=text, by=None)


def test_comment_needs_an_open_reply(world) -> None:  # noqa: F811
    edition = compute()
    with pytest.raises(Refused, match="not open for reply"):
        comment_on_edition(edition=edition, organisation=world.body, text="x", by=None)
    open_reply(edition=edition, until=TODAY)
    with time_machine.travel(timezone.now() + DAY), pytest.raises(Refused, match="not open for reply"):
        comment_on_edition(edition=edition, organisation=world.body, text="x", by=None)


def test_comment_is_a_body_s_on_a_function_that_counts_for_it(world) -> None:  # noqa: F811
    genesis = factories.function(evolution="genesis")
    edition = open_reply(edition=compute(), until=TODAY)
    with pytest.raises(Refused, match="is not in"):
        comment_on_edition(edition=edition, organisation=factories.organisation(), text="x", by=None)
    with pytest.raises(Refused, match="does not count"):
        comment_on_edition(edition=edition, organisation=world.body, function=genesis, text="x", by=None)


def test_dispute_leaves_the_score(scored) -> None:
    edition = open_reply(edition=compute(), until=TODAY)
    comment_on_edition(edition=edition, organisation=scored.body, text="No.", disputed=True, by=None)
    assert face(Score.objects.get(organisation=scored.body)).is_score


def test_comment_is_never_changed_or_deleted(world) -> None:  # noqa: F811
    edition = open_reply(edition=compute(), until=TODAY)
    comment_on_edition(edition=edition, organisation=world.body, text="x", by=None)
    for change in (lambda: EditionComment.objects.update(text="y"), lambda: EditionComment.objects.all().delete()):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()


# Publishing


def test_published_edition_has_its_open_data_its_day_and_an_event(world) -> None:  # noqa: F811
    edition = published()
    kept = EditionBundle.objects.get(edition=edition)
    assert (edition.state, edition.draws, kept.size) == ("published", PUBLISHED_DRAWS, len(kept.content))
    assert events(Act.PUBLISH_EDITION)[0]["bundle_sha256"] == kept.sha256


def test_publishing_needs_as_many_draws_as_the_method_says(world) -> None:  # noqa: F811
    edition = open_reply(edition=compute(draws=1000), until=TODAY)
    command = "manage.py compute_index --label 2026Q3 --snapshot-date 2026-09-30 --draws 5000"
    with time_machine.travel(timezone.now() + DAY), pytest.raises(Refused, match=command):
        publish_edition(edition=edition)


def test_publishing_needs_the_snapshot(world) -> None:  # noqa: F811
    edition = open_reply(edition=compute(draws=PUBLISHED_DRAWS, keep_snapshot=False), until=TODAY)
    with time_machine.travel(timezone.now() + DAY), pytest.raises(Refused, match="without keeping its snapshot"):
        publish_edition(edition=edition)


def test_publishing_waits_for_the_right_of_reply(world) -> None:  # noqa: F811
    edition = compute(draws=PUBLISHED_DRAWS)
    with pytest.raises(Refused, match=r"manage\.py open_reply 2026Q3 --until"):
        publish_edition(edition=edition)
    open_reply(edition=edition, until=TODAY)
    with pytest.raises(Refused, match="open for reply until"):
        publish_edition(edition=edition)


def test_what_is_published_is_not_published_computed_or_opened_again(world) -> None:  # noqa: F811
    edition = published()
    with pytest.raises(Refused, match="published already"):
        publish_edition(edition=edition)
    with pytest.raises(Refused, match="replies come before"):
        open_reply(edition=edition, until=TODAY)
    with pytest.raises(Refused, match="what is published stays"):
        compute("2026q3")


def test_publication_that_fails_leaves_nothing(world, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    edition = open_reply(edition=compute(draws=PUBLISHED_DRAWS), until=TODAY)
    monkeypatch.setattr("public_value.actions.publication.bundle", lambda *given: 1 / 0)
    with time_machine.travel(timezone.now() + DAY), pytest.raises(ZeroDivisionError):
        publish_edition(edition=edition)
    edition.refresh_from_db()
    assert (edition.state, edition.published_at) == ("reply", None)


# Nothing published changes


@pytest.mark.parametrize(
    ("model", "change", "constraint"),
    [
        (Score, {"pvi": 99}, "score_stands"),
        (ScoreLine, {"points_S": 1}, "score_line_stands"),
        (ScoreSaving, {"npv10": 1}, "score_saving_stands"),
        (EditionFunction, {"reason": "genesis"}, "edition_function_stands"),
        (EditionSnapshot, {"content": b""}, "edition_snapshot_stands"),
        (EditionBundle, {"content": b""}, "edition_bundle_stands"),
        (Edition, {"note": "x"}, "edition_stands"),
        (Edition, {"state": EditionState.COMPUTED, "published_at": None}, "edition_stands"),
        (Edition, {"state": EditionState.SUPERSEDED, "note": "x"}, "edition_stands"),
    ],
)
def test_database_keeps_what_is_published(world, model, change: dict, constraint: str) -> None:  # noqa: F811
    Component.objects.update(price_per_transaction=1)
    duplicate(world, coverage=0.5)
    published()
    with refused_by(constraint), transaction.atomic():
        model.objects.update(**change)
    with refused_by("stands"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_database_adds_nothing_to_what_is_published(world) -> None:  # noqa: F811
    duplicate(world, coverage=0.5)
    edition = published()
    line, score = ScoreLine.objects.get(), Score.objects.filter(edition=edition).first()
    for made, constraint in ((line, "score_line_stands"), (score, "score_stands")):
        made.pk = None
        if made is line:
            made.declaration = duplicate(world, system="Another")
        else:
            made.organisation = factories.organisation()
        with refused_by(constraint), transaction.atomic():
            made.save()


def test_superseded_edition_changes_no_more(world) -> None:  # noqa: F811
    first = published()
    publish(correct_edition(edition=first, erratum="A volume was wrong."))
    with refused_by("edition_stands"), transaction.atomic():
        Edition.objects.filter(pk=first.pk).update(state=EditionState.PUBLISHED)


# Corrections


def test_correction_is_a_further_revision_with_the_same_seed(world) -> None:  # noqa: F811
    first = published()
    duplicate(world, coverage=0.5)
    second = correct_edition(edition=first, erratum=" A system was missing. ")
    assert (second.label, second.revision, second.seed, second.draws) == ("2026Q3", 2, "2026Q3", PUBLISHED_DRAWS)
    assert (second.erratum, second.state) == ("A system was missing.", "computed")
    assert list(Edition.objects.listed()) == [first]
    assert correct_edition(edition=first, erratum="Two were missing.").pk == second.pk
    publish_edition(edition=second)
    first.refresh_from_db()
    assert (first.state, list(Edition.objects.listed())) == ("superseded", [Edition.objects.get(revision=2)])


def test_correction_needs_a_published_edition_and_an_erratum(world) -> None:  # noqa: F811
    edition = compute()
    with pytest.raises(Refused, match="nothing to correct"):
        correct_edition(edition=edition, erratum="x")
    with pytest.raises(Refused, match="Say what was wrong"):
        correct_edition(edition=edition, erratum=" ")


def test_labels_differ_in_more_than_case(world) -> None:  # noqa: F811
    edition = compute()
    edition.pk, edition.label = None, "2026q3"
    with refused_by("edition_revision_once_in_any_case"), transaction.atomic():
        edition.save()


# Large changes


@pytest.fixture
def leap(scored) -> Edition:
    """The body had 15 points more a quarter ago than now."""
    published("2026Q2", date(2026, 6, 30))
    type(scored.said).objects.filter(pk=scored.said.pk).update(coverage=None)
    duplicate(scored, coverage=1, annual_cost=10_000, evidence="E2")
    return published()


def test_change_is_reviewed_once_and_with_a_note(leap) -> None:
    change = HeldChange.objects.get()
    with pytest.raises(Refused, match="Write a note"):
        review_change(change=change, note=" ")
    review_change(change=change, note="x")
    with pytest.raises(Refused, match="reviewed already"):
        review_change(change=change, note="y")
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        HeldChange.objects.update(note="z")


def test_small_change_and_first_edition_are_not_held(scored) -> None:
    published("2026Q2", date(2026, 6, 30))
    published()
    assert not HeldChange.objects.exists()


# Commands and operators' pages


def test_commands_take_an_edition_from_computed_to_corrected(world) -> None:  # noqa: F811
    compute(draws=PUBLISHED_DRAWS)
    assert "is open for reply" in printed("open_reply", "2026q3", "--until", TODAY.isoformat())
    said = printed("comment_on_edition", "2026Q3", world.body.slug, "--text", "No.", "--disputed")
    assert "stands beside the score" in said
    with time_machine.travel(timezone.now() + DAY):
        assert "SHA-256" in printed("publish_edition", "2026Q3")
    assert "revision 2 is computed" in printed("correct_edition", "2026Q3", "--erratum", "x")
    assert "revision 2 is published" in printed("publish_edition", "2026Q3")
    assert printed("export_index", "2026Q3", "--revision", "1")


def test_review_command_shows_what_was_held(leap, scored) -> None:
    assert "is shown" in printed("review_change", "2026Q3", scored.body.slug, "--note", "It is right.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("open_reply", "1999Q1", "--until", "2026-12-31"), "There is no edition 1999Q1"),
        (("open_reply", "2026Q3", "--until", "31/12/2026"), "is not a date"),
        (("open_reply", "2026Q3", "--until", "2020-12-31"), "too early"),
        (("publish_edition", "2026Q3"), "5,000"),
        (("correct_edition", "2026Q3", "--erratum", "x"), "nothing to correct"),
        (("comment_on_edition", "2026Q3", "nobody", "--text", "x"), "There is no organisation nobody"),
        (("review_change", "2026Q3", "nobody", "--note", "x"), "Nothing of nobody is held"),
    ],
)
def test_commands_refuse_with_a_sentence(world, arguments: tuple, sentence: str) -> None:  # noqa: F811
    compute()
    with pytest.raises(CommandError, match=sentence):
        printed(*arguments)

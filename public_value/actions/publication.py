"""From a computed edition to a published one: the right of reply, publication, and a look at large changes."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from catalogue.models import Function
from commons.exceptions import Refused
from public_value.actions.editions import compare, detail
from public_value.bundle.writing import bundle
from public_value.models import (
    Edition,
    EditionBundle,
    EditionComment,
    EditionFunction,
    EditionSnapshot,
    EditionState,
    HeldChange,
    Score,
    Settlement,
)
from public_value.ranks import show_ranks
from public_value.trend import comparable_published
from registry.models import Act, Event, Organisation, Person

PUBLISHED_DRAWS = 5_000
"""Method 1.11: 1,000 for a recomputation, 5,000 for what is published. The parameter file states the first alone."""
HELD_ABOVE = 15.0
"""Points (AG-14)."""
LONGEST_COMMENT = 5_000
_SAID = ("edition", "organisation", "function")


@transaction.atomic
def open_reply(*, edition: Edition, until: date, by: Person | None = None) -> Edition:
    """Open the right of reply to an edition from today until a last day, or give an open one more days.

    Fewer working days than promised are not refused: the edition says to everybody how many there were.
    Raises Refused: the edition is published, or the day is past or before the one that was promised.
    """
    edition, today = locked(edition), timezone.localdate()
    if edition.stands:
        raise Refused(f"{edition} is published: replies come before that. Correct it where it is wrong.")
    if until < max(today, edition.reply_until or today):
        raise Refused(f"{until} is too early. The last day of replies is today or later, and never moves back.")
    edition.state, edition.reply_until = EditionState.REPLY, until
    edition.reply_from = edition.reply_from or today
    edition.save()
    days = {"from": edition.reply_from.isoformat(), "until": until.isoformat()}
    days |= {"working_days": edition.reply_working_days}
    Event.objects.create(act=Act.OPEN_REPLY, by=by, detail=detail(edition) | days)
    return edition


@transaction.atomic
def comment_on_edition(
    *,
    edition: Edition,
    organisation: Organisation,
    text: str,
    by: Person | None,
    function: Function | None = None,
    disputed: bool = False,
) -> EditionComment:
    """Put a body's public comment beside its score, or beside one function of it; `disputed` marks that as disputed.

    What a disputed function adds is not shown until the dispute is settled; the score stays (AG-17). Raises Refused:
    the edition is not open for reply, the body has no place in it, the function does not count for the body, or the
    text is blank or too long.
    """
    edition = locked(edition)
    refuse_comment(edition, organisation, function, text)
    comment = EditionComment.objects.create(
        edition=edition, organisation=organisation, function=function, text=text.strip(), disputed=disputed, by=by
    )
    said = {"organisation": organisation.slug, "function": function.slug if function else None, "disputed": disputed}
    Event.objects.create(act=Act.COMMENT_ON_EDITION, by=by, detail=detail(edition) | said | {"comment": comment.pk})
    return comment


def refuse_comment(edition: Edition, organisation: Organisation, function: Function | None, text: str) -> None:
    """Raise Refused where such a comment cannot be made today. Changes nothing."""
    if edition.state != EditionState.REPLY or not edition.reply_from <= timezone.localdate() <= edition.reply_until:
        raise Refused(f"{edition} is not open for reply today, so it takes no comment.")
    score = Score.objects.of(edition).listed().filter(organisation=organisation).first()
    if score is None:
        raise Refused(f"{organisation} is not in {edition}.")
    cells = EditionFunction.objects.filter(edition=edition, peer_group=score.peer_group_id, reason="")
    if function and not cells.filter(function=function).exists():
        raise Refused(f"{function} does not count for {organisation} in {edition}. Comment on the whole instead.")
    if not text.strip() or len(text) > LONGEST_COMMENT:
        raise Refused(f"Write a comment of at most {LONGEST_COMMENT:,} characters.")


@transaction.atomic
def settle_dispute(*, dispute: EditionComment, note: str, by: Person | None = None) -> Settlement:
    """End a dispute, at any time, with a public note that says how: what was paused is shown again, with the note.

    Raises Refused: the comment disputes nothing or is settled, or the note is blank or too long.
    """
    dispute = EditionComment.objects.select_for_update(of=("self",)).select_related(*_SAID).get(pk=dispute.pk)
    refuse_settlement(dispute, note)
    settlement = Settlement.objects.create(dispute=dispute, note=note.strip(), by=by)
    said = {
        "organisation": dispute.organisation.slug,
        "function": dispute.function.slug if dispute.function else None,
        "comment": dispute.pk,
        "note": settlement.note,
    }
    Event.objects.create(act=Act.SETTLE_DISPUTE, by=by, detail=detail(dispute.edition) | said)
    return settlement


def refuse_settlement(dispute: EditionComment, note: str) -> None:
    """Raise Refused where a dispute cannot be settled so. Changes nothing."""
    if not dispute.disputed:
        raise Refused(f"This comment of {dispute} disputes nothing, so there is nothing to settle.")
    if Settlement.objects.filter(dispute=dispute).exists():
        raise Refused(f"This dispute of {dispute} has been settled already.")
    if not note.strip() or len(note) > LONGEST_COMMENT:
        raise Refused(f"Write a note of at most {LONGEST_COMMENT:,} characters: it is published beside the comment.")


@transaction.atomic
def publish_edition(
    *, edition: Edition, by: Person | None = None, agreed: Mapping[str, object] | None = None
) -> Edition:
    """Publish an edition for good, with its open data; a correction supersedes the revision that it corrects.

    `agreed` says who asked and who agreed: people publish nothing by themselves (`actions.publishing`).
    Scores that moved more than 15 points since the published edition before it are held until they are reviewed; ranks
    are shown without them, for good.
    Raises Refused: nobody agreed, it is published already, has too few draws or no snapshot, or its right of reply has
    not been held.
    """
    if by is not None and not agreed:
        raise Refused("Ask for it to be published: another person has to agree.")
    edition = locked(edition)
    refuse_unpublishable(edition)
    earlier = comparable_published(edition)
    if earlier != edition.compared_with:
        compare(edition, earlier)
    edition.published_at = timezone.now()
    held = HeldChange.objects.bulk_create(large_changes(edition))
    if held:
        show_ranks(edition, {change.organisation_id for change in held})
    content = bundle(edition, sorted(change.organisation.slug for change in held))
    digest = hashlib.sha256(content).hexdigest()
    EditionBundle.objects.create(edition=edition, content=content, size=len(content), sha256=digest)
    Edition.objects.published().labelled(edition.label).update(state=EditionState.SUPERSEDED)
    edition.state = EditionState.PUBLISHED
    edition.save()
    proof = {"bundle_sha256": digest, "held_for_review": len(held), **(agreed or {})}
    Event.objects.create(act=Act.PUBLISH_EDITION, by=by, detail=detail(edition) | proof)
    return edition


@transaction.atomic
def review_change(*, change: HeldChange, note: str, by: Person | None = None) -> HeldChange:
    """Show a score that was held for review, with a public note that says why the change is right.

    Raises Refused: the note is blank, or the change has been reviewed.
    """
    change = (
        HeldChange.objects.select_for_update(of=("self",)).select_related("edition", "organisation").get(pk=change.pk)
    )
    if change.reviewed_at:
        raise Refused(f"The change of {change} has been reviewed already.")
    if not note.strip():
        raise Refused("Write a note: it is published beside the score.")
    change.note, change.reviewed_at, change.reviewed_by = note.strip(), timezone.now(), by
    change.save()
    said = {"organisation": change.organisation.slug, "points": change.points, "note": change.note}
    Event.objects.create(act=Act.REVIEW_CHANGE, by=by, detail=detail(change.edition) | said)
    return change


def large_changes(edition: Edition) -> Iterable[HeldChange]:
    """Changes to hold: scores and ranges that moved by more than 15 points since the last published edition before it
    of the same method. They are not written yet."""
    earlier = Edition.objects.published().filter(method_version=edition.method_version)
    previous = earlier.filter(snapshot_date__lt=edition.snapshot_date).order_by("-snapshot_date", "-id").first()
    before = dict(Score.objects.of(previous).published().values_list("organisation", "pvi")) if previous else {}
    scores = Score.objects.of(edition).published().filter(organisation__in=before).select_related("organisation")
    for score in scores.order_by("organisation_id"):
        points = score.pvi - before[score.organisation_id]
        if abs(points) > HELD_ABOVE:
            yield HeldChange(edition=edition, organisation=score.organisation, previous=previous, points=points)


def locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update().get(pk=edition.pk)


def refuse_unpublishable(edition: Edition) -> None:
    """Raise Refused where it cannot be published today. Changes nothing."""
    if edition.stands:
        raise Refused(f"{edition} is published already.")
    again = f"manage.py compute_index --label {edition.label} --snapshot-date {edition.snapshot_date}"
    if edition.draws < PUBLISHED_DRAWS:
        raise Refused(
            f"{edition} was computed with {edition.draws:,} draws, and a published edition needs {PUBLISHED_DRAWS:,}. "
            f"Compute it again: {again} --draws {PUBLISHED_DRAWS}"
        )
    if not EditionSnapshot.objects.filter(edition=edition).exists():
        raise Refused(
            f"{edition} was computed without keeping its snapshot. Compute it again: {again} --draws {edition.draws}"
        )
    if edition.revision == 1 and edition.reply_until is None:
        raise Refused(
            f"Nobody could reply to {edition} yet. Open the right of reply: manage.py open_reply {edition.label} "
            "--until 2026-12-31"
        )
    if edition.reply_until and timezone.localdate() <= edition.reply_until:
        raise Refused(
            f"{edition} is open for reply until {edition.reply_until}. Publish it on the day after, or later."
        )

"""Where an edition stands between computed and superseded, its open data, and what bodies say of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from commons.formatting import plain_date
from public_value.models import Edition, EditionBundle, EditionComment, EditionState, HeldChange, Score


def address(edition: Edition) -> str:
    """Of a published revision that another took the place of, its own address; else that of the label."""
    if edition.state == EditionState.SUPERSEDED:
        return reverse("public_value:revision", args=[edition.label, edition.revision])
    return reverse("public_value:edition", args=[edition.label])


def publication(edition: Edition) -> dict:
    """For `public_value/_publication.html`. At most two queries."""
    return {
        "notes": notes(edition),
        "bundle": open_data(edition),
        "address": address(edition),
    }


def notes(edition: Edition) -> list[dict]:
    """Sentences, each with a link where there is something to read on."""
    if edition.state == EditionState.REPLY:
        days = {"first": plain_date(edition.reply_from), "last": plain_date(edition.reply_until)}
        return [{"text": _("Bodies may reply from %(first)s to %(last)s. Figures can change until then.") % days}]
    if not edition.stands:
        return [{"text": _("It is calculated and not published: figures can change.")}]
    revisions = Edition.objects.standing().filter(label=edition.label) if has_revisions(edition) else []
    by_number = {one.revision: one for one in revisions}
    return [note for note in (superseded(edition, by_number), correction(edition, by_number)) if note]


def has_revisions(edition: Edition) -> bool:
    return edition.revision > 1 or edition.state == EditionState.SUPERSEDED


def superseded(edition: Edition, revisions: dict[int, Edition]) -> dict | None:
    if edition.state != EditionState.SUPERSEDED:
        return None
    by = next(one for one in revisions.values() if one.state == EditionState.PUBLISHED)
    text = _("This is revision %(old)s. It is superseded by revision %(new)s, published on %(day)s.")
    said = {"old": edition.revision, "new": by.revision, "day": plain_date(by.published_at)}
    return {"text": text % said, "link": _("Read revision %(number)s") % {"number": by.revision}, "href": address(by)}


def correction(edition: Edition, revisions: dict[int, Edition]) -> dict | None:
    corrected = revisions.get(edition.revision - 1)
    if corrected is None:
        return None
    return {
        "text": _("Revision %(number)s is a correction. What was wrong before: %(erratum)s")
        % {"number": edition.revision, "erratum": edition.erratum},
        "link": _("Read revision %(number)s") % {"number": corrected.revision},
        "href": reverse("public_value:revision", args=[corrected.label, corrected.revision]),
    }


def open_data(edition: Edition) -> dict | None:
    kept = EditionBundle.objects.filter(edition=edition).values("size", "sha256").first() if edition.stands else None
    return kept and kept | {"href": bundle_address(edition.label, edition.revision)}


def bundle_address(label: str, revision: int) -> str:
    return reverse("public_value:bundle_of_revision", args=[label, revision])


def reply(score: Score) -> dict:
    """What a body says of its score, and what an operator noted of its change, for `public_value/_reply.html`."""
    comments = EditionComment.objects.about(score.edition.label, score.edition.revision)
    reviewed = HeldChange.objects.exclude(note="").filter(edition=score.edition_id, organisation=score.organisation_id)
    return {
        "comments": list(comments.filter(organisation=score.organisation_id).select_related("function", "settlement")),
        "review": reviewed.first() if score.edition.stands else None,
    }


def paused(comments: list[EditionComment]) -> set[int]:
    """The functions that the body disputes: what they add is not shown."""
    return {comment.function_id for comment in comments if comment.pauses}


def settled(comments: list[EditionComment]) -> set[int]:
    """The functions that it disputed, and does no longer."""
    return {comment.function_id for comment in comments if comment.is_settled} - {None} - paused(comments)

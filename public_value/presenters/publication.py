"""Where an edition stands between computed and superseded, its open data, and what bodies say of it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.formatting import number, plain_date
from commons.working_days import PROMISED
from public_value.evidence.basis import SETTLED_DAYS
from public_value.evidence.restated import Voided, voided
from public_value.models import Edition, EditionComment, EditionState, HeldChange, Score


def address(edition: Edition) -> str:
    """Of a published revision that another took the place of, its own address; else that of the label."""
    if edition.state == EditionState.SUPERSEDED:
        return reverse("public_value:revision", args=[edition.label, edition.revision])
    return reverse("public_value:edition", args=[edition.label])


def publication(edition: Edition) -> dict:
    """For `public_value/_publication.html`; `edition` as `edition.described` gives it. At most two queries."""
    return {
        "notes": [*notes(edition), *restatements(edition)],
        "bundle": open_data(edition),
        "address": address(edition),
    }


def notes(edition: Edition) -> list[dict]:
    """Sentences, each with a link where there is something to read on."""
    return [*standing(edition), *short_reply(edition)]


def restatements(edition: Edition) -> list[dict]:
    """How many adoptions of how many bodies stopped too soon to keep their credit. One query, if published."""
    stopped = voided(edition)
    bodies = len({one.organisation_id for one in stopped})
    return restated(stopped, ngettext("%(number)s body", "%(number)s bodies", bodies) % {"number": number(bodies)})


def restated(stopped: list[Voided], whose: str) -> list[dict]:
    """The sentence on adoptions that stopped too soon; `whose` says in words of which bodies they are."""
    text = ngettext(
        "%(number)s adoption of %(whose)s stopped within %(days)s days after the snapshot, so its credit does not "
        "stand. A correction is due.",
        "%(number)s adoptions of %(whose)s stopped within %(days)s days after the snapshot, so their credit does not "
        "stand. A correction is due.",
        len(stopped),
    )
    said = {"number": number(len(stopped)), "whose": whose, "days": SETTLED_DAYS}
    return [{"text": text % said}] if stopped else []


def short_reply(edition: Edition) -> list[dict]:
    """That bodies had fewer days to reply than promised: said before and after publication."""
    days = edition.reply_working_days
    if days is None or days >= PROMISED:
        return []
    text = ngettext(
        "Bodies could reply for %(number)s working day; the registry promises %(promised)s.",
        "Bodies could reply for %(number)s working days; the registry promises %(promised)s.",
        days,
    )
    return [{"text": text % {"number": number(days), "promised": number(PROMISED)}}]


def standing(edition: Edition) -> list[dict]:
    """Where it stands between computed and superseded."""
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
    if edition.bundle_sha256 is None:
        return None
    address_of_it = bundle_address(edition.label, edition.revision)
    return {"size": edition.bundle_size, "sha256": edition.bundle_sha256, "href": address_of_it}


def bundle_address(label: str, revision: int) -> str:
    return reverse("public_value:bundle_of_revision", args=[label, revision])


def reply(score: Score) -> dict:
    """What a body says of its score, and what an operator noted of its change, for `public_value/_reply.html`. `score`
    as `score.described` gives it. One query."""
    said = EditionComment.objects.of_score(score)
    return {"comments": list(said), "review": next(map(reviewed, score.reviews), None)}


def reviews_of_score() -> ArraySubquery:
    """For a query of scores: what an operator noted of a large change, at most one."""
    noted = HeldChange.objects.exclude(note="").filter(
        edition=OuterRef("edition"), organisation=OuterRef("organisation")
    )
    return ArraySubquery(noted.values(review=JSONObject(points="points", note="note", at="reviewed_at")))


def reviewed(review: dict) -> dict:
    return review | {"at": parse_datetime(review["at"])}


def paused(comments: list[EditionComment]) -> set[int]:
    """The functions that the body disputes: what they add is not shown."""
    return {comment.function_id for comment in comments if comment.pauses}


def settled(comments: list[EditionComment]) -> set[int]:
    """The functions that it disputed, and does no longer."""
    return {comment.function_id for comment in comments if comment.is_settled} - {None} - paused(comments)

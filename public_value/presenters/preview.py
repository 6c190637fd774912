"""The live preview: what it says now of the bodies of one kind, and of one body beside what the last edition says."""

from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.listing import Selection
from public_value.gate import face
from public_value.models import DirtyOrganisation, Edition, Preview, Score
from public_value.presenters import score as score_page
from public_value.presenters.edition import coverage, row_words, trail
from public_value.presenters.words import face_of


def page(preview: Preview, selection: Selection, found: Page) -> dict:
    """The bodies of the chosen kind, none where none is chosen. Six queries."""
    covered = coverage(preview.edition)
    chosen = next((row for row in covered if row["slug"] == selection.asked.value("peer_group")), None)
    return {
        **about(preview),
        "coverage": covered,
        "chosen": chosen,
        "selection": selection,
        "page": found,
        "rows": [row_words(row) for row in found.object_list],
        "breadcrumbs": trail(_("Live preview")),
    }


def about(preview: Preview) -> dict:
    """What every page of it says: when it was calculated, by which yardstick, what waits, and what is being made."""
    return {
        "preview": preview,
        "edition": preview.edition,
        "calculated": timezone.localtime(preview.ready_at),
        "waiting": DirtyOrganisation.objects.values("organisation").distinct().count(),
        "building": Preview.objects.building().select_related("job").first(),
    }


def one(preview: Preview, score: Score) -> dict:
    """One body now, and the face that the last edition shows of it."""
    shown, body = face(score), score.organisation
    return {
        **about(preview),
        "score": score,
        "body": body,
        "shown": face_of(shown, score.missing),
        "confidence": score_page.confidence(score),
        "parts": score_page.parts(score) if shown.is_score else None,
        "before": last_face(body.pk),
        "breadcrumbs": [
            *trail(_("Live preview"))[:-1],
            {"text": _("Live preview"), "href": reverse("public_value:preview")},
            {"text": body.name},
        ],
    }


def last_face(organisation: int) -> dict | None:
    """What the latest edition shows of a body; None where it is in none."""
    score = last_score(organisation)
    return face_of(face(score), score.missing) | {"label": score.edition.label} if score else None


def last_score(organisation: int) -> Score | None:
    latest = Edition.objects.listed().values("pk")[:1]
    scores = Score.objects.listed().select_related("edition").filter(edition__in=latest)
    return scores.filter(organisation=organisation).first()

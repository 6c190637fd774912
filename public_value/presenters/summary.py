"""The index on a body's own page: the number with its confidence, or what is missing, and where to read on."""

from django.urls import reverse

from public_value.gate import face
from public_value.models import Edition, Score
from public_value.presenters.words import face_of
from public_value.wording import DIMENSION_QUESTIONS, DIMENSIONS
from registry.models import Organisation


def index_summary(organisation: Organisation) -> dict | None:
    """The body's place in the latest edition, for `public_value/_index_summary.html`; None where it is in none.

    One query.
    """
    latest = Edition.objects.listed().values("pk")[:1]
    scores = Score.objects.listed().select_related("edition", "peer_group")
    score = scores.filter(edition__in=latest, organisation=organisation).first()
    if score is None:
        return None
    shown = face(score)
    return face_of(shown, score.missing) | {
        "edition": score.edition.label,
        "snapshot_date": score.edition.snapshot_date,
        "peer_group": score.peer_group.label if score.peer_group else "",
        "completeness": score.K,
        "parts": parts(score) if shown.is_score else [],
        "url": reverse("public_value:score", args=[score.edition.label, organisation.slug]),
        "method_url": reverse("public_value:method"),
    }


def parts(score: Score) -> list[dict]:
    return [
        {"name": words, "asks": DIMENSION_QUESTIONS[name], "share": getattr(score, name)}
        for name, words in DIMENSIONS.items()
    ]

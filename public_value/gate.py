"""What may be shown of a score, whoever asks and in whatever form (method 1.10). Every public face comes here."""

from dataclasses import dataclass

from public_value.methodology import band
from public_value.models import Edition, EditionComment, HeldChange, PublishedAs, Score
from public_value.what_if import Outlook

HELD = "held"
"""A score or a range that moved so far that somebody looks at it before it is shown (AG-14)."""


@dataclass(frozen=True)
class Face:
    """`score` only for grades A to C; `low` and `high`, the range, also for D; for E nothing, and nothing for what is
    held for review. Whole points.

    `rank_low` to `rank_high` of `rank_members` only beside a score, and only where ten are compared.
    """

    published_as: str
    grade: str
    score: int | None = None
    low: int | None = None
    high: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    rank_members: int | None = None

    @property
    def is_score(self) -> bool:
        return self.published_as == PublishedAs.SCORE

    @property
    def is_band(self) -> bool:
        return self.published_as == PublishedAs.BAND

    @property
    def is_held(self) -> bool:
        return self.published_as == HELD


def face(score: Score, *, held: bool | None = None) -> Face:
    """What the public sees of a score. Whether it is held is asked of the database where it is not known."""
    if score.published_as == PublishedAs.NOT_PUBLISHED:
        return Face(score.published_as, score.grade)
    if is_held(score) if held is None else held:
        return Face(HELD, score.grade)
    low, high = band(score.pvi, score.p5, score.p95)
    shown = Face(score.published_as, score.grade, None, whole(low), whole(high))
    if not shown.is_score:
        return shown
    ranks = (score.shown_rank_low, score.shown_rank_high, score.rank_members)
    return Face(shown.published_as, shown.grade, whole(score.pvi), shown.low, shown.high, *ranks)


def is_held(score: Score) -> bool:
    """`Score.objects.listed()` brings the answer along."""
    known = score.__dict__.get("held")
    if known is not None:
        return known
    waiting = HeldChange.objects.waiting()
    return waiting.filter(edition=score.edition_id, organisation=score.organisation_id).exists()


def paused(edition: Edition) -> dict[str, list[str]]:
    """Cells whose points and saving cases are not shown, because their body disputes them: functions by body, slugs in
    order (AG-17). The score with all its parts stays."""
    cells: dict[str, list[str]] = {}
    disputes = EditionComment.objects.about(edition.label, edition.revision).pausing()
    named = disputes.order_by("organisation__slug", "function__slug").distinct()
    for body, function in named.values_list("organisation__slug", "function__slug"):
        cells.setdefault(body, []).append(function)
    return cells


def whole(points: float) -> int:
    """Rounded half up, as people round."""
    return int(points + 0.5)


def supposed_face(now: Face, after: Outlook, place: int = 0) -> Face:
    """What the public sees of the score that changes would give; `place` is the body's in `after`.

    Its grade is that of the changed evidence. Where today's number is hidden there is a range at most: a change may
    lift the grade and leave the score as it is, and its number would be the hidden one. Nothing is shown of what is
    held for review.
    """
    if now.is_held:
        return now
    grade, published_as = str(after.grade[place]), str(after.published[place])
    if published_as == PublishedAs.NOT_PUBLISHED:
        return Face(published_as, grade)
    low, high = whole(float(after.low[place])), whole(float(after.high[place]))
    if now.is_score and published_as == PublishedAs.SCORE:
        return Face(published_as, grade, whole(float(after.pvi[place])), low, high)
    return Face(PublishedAs.BAND, grade, None, low, high)

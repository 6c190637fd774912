"""What may be shown of a score, whoever asks and in whatever form (method 1.10). Every public face comes here."""

from dataclasses import dataclass

from public_value.methodology import band
from public_value.models import PublishedAs, Score


@dataclass(frozen=True)
class Face:
    """`score` only for grades A to C; `low` and `high`, the range, also for D; for E nothing. Whole points."""

    published_as: str
    grade: str
    score: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def is_score(self) -> bool:
        return self.published_as == PublishedAs.SCORE

    @property
    def is_band(self) -> bool:
        return self.published_as == PublishedAs.BAND


def face(score: Score) -> Face:
    """What the public sees of a score."""
    if score.published_as == PublishedAs.NOT_PUBLISHED:
        return Face(score.published_as, score.grade)
    low, high = band(score.pvi, score.p5, score.p95)
    shown = Face(score.published_as, score.grade, None, whole(low), whole(high))
    return Face(shown.published_as, shown.grade, whole(score.pvi), shown.low, shown.high) if shown.is_score else shown


def whole(points: float) -> int:
    """Rounded half up, as people round."""
    return int(points + 0.5)

"""Sentences that several pages of the index share."""

from django.utils.translation import gettext as _

from public_value.gate import Face
from public_value.wording import GRADES, MISSING


def headline(shown: Face) -> str:
    """“33”, “between 13 and 32”, “Not enough confirmed information”."""
    if shown.is_score:
        return str(shown.score)
    if shown.is_band:
        return _("between %(low)s and %(high)s") % {"low": shown.low, "high": shown.high}
    return GRADES["E"]


def missing(codes: list[str]) -> list[str]:
    return [MISSING[code] for code in codes]


def face_of(shown: Face, codes: list[str]) -> dict:
    """What a template needs to show a score, whatever its grade."""
    return {
        "is_score": shown.is_score,
        "is_band": shown.is_band,
        "headline": headline(shown),
        "score": shown.score,
        "low": shown.low,
        "high": shown.high,
        "grade": shown.grade,
        "grade_words": GRADES[shown.grade],
        "missing": missing(codes),
    }

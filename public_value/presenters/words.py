"""Sentences that several pages of the index share."""

from django.utils.translation import gettext as _

from commons.formatting import number
from public_value.gate import Face
from public_value.wording import GRADES, HELD_WORDS, MISSING


def headline(shown: Face) -> str:
    """“33”, “between 13 and 32”, “Not enough confirmed information”."""
    if shown.is_score:
        return str(shown.score)
    if shown.is_band:
        return _("between %(low)s and %(high)s") % {"low": shown.low, "high": shown.high}
    if shown.is_held:
        return _("Held for review")
    return GRADES["E"]


def ordinal(place: int) -> str:
    """“1st”, “12th”, “1,003rd”."""
    teens = place % 100 in (11, 12, 13)
    return number(place) + ("th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th"))


def places(low: int | None, high: int | None) -> str:
    """“between 3rd and 9th”; blank where no place is shown. A single place is never named."""
    if low is None:
        return ""
    if low == high:
        return _("the same in nearly all draws")
    return _("between %(low)s and %(high)s") % {"low": ordinal(low), "high": ordinal(high)}


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
        "is_held": shown.is_held,
        "missing": [HELD_WORDS] if shown.is_held else missing(codes),
    }

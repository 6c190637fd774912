"""One published score beside the others that it may be compared with, and which of them can be told apart from it."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Case, F, FloatField, Value, When, Window
from django.db.models.functions import Abs, RowNumber

from public_value.methodology import told_apart
from public_value.models import Score

MOST_NAMED = 40
"""So many others are named at most, those nearest in points: their draws are read each time somebody asks."""

HIGHER, LOWER, NOT_TOLD_APART = "higher", "lower", "not_distinguishable"
_RELATIONS = {1: HIGHER, -1: LOWER, 0: NOT_TOLD_APART}


@dataclass(frozen=True)
class Beside:
    """A body with a published score. `relation` says how it stands beside the given one, by the draws that both keep;
    None of that one itself, of what is not named, and where no draws are kept."""

    name: str
    slug: str
    pvi: float
    is_own: bool
    is_named: bool
    relation: str | None


def beside(score: Score) -> list[Beside]:
    """The bodies that a published score may be compared with, itself among them, from A to Z. One query, which reads
    the draws of those that are named."""
    own_first = Case(When(pk=score.pk, then=Value(0)), default=Value(1))
    distance = Abs(F("pvi") - Value(score.pvi), output_field=FloatField())
    near = Window(RowNumber(), order_by=[own_first.asc(), distance.asc(), F("organisation__name").asc(), F("pk").asc()])
    rows = list(
        Score.objects.beside(score)
        .annotate(near=near)
        .annotate(points=Case(When(near__lte=1 + MOST_NAMED, then=F("drawn__points"))))
        .order_by("organisation__name", "organisation__slug")
        .values_list("pk", "organisation__name", "organisation__slug", "pvi", "near", "points")
    )
    relations = _relations(score.pk, {key: bytes(points) for key, *_, points in rows if points is not None})
    return [
        Beside(name, slug, pvi, key == score.pk, near <= 1 + MOST_NAMED, relations.get(key))
        for key, name, slug, pvi, near, _ in rows
    ]


def _relations(own: int, kept: dict[int, bytes]) -> dict[int, str]:
    """By the keys of scores whose draws are given, but for its own."""
    drawn = {key: np.frombuffer(points, "<f4") for key, points in kept.items()}
    if own not in drawn or len(drawn) == 1:
        return {}
    points = drawn.pop(own)
    signs = told_apart(np.stack(list(drawn.values())), points)
    return {key: _RELATIONS[int(sign)] for key, sign in zip(drawn, signs, strict=True)}

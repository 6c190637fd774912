"""The ranks that are shown: among which bodies each stands, and between which places (method 1.12, 1.18)."""

from collections import Counter
from collections.abc import Collection

import numpy as np
from django.db import connection

from catalogue.models import PeerGroup
from public_value import draws
from public_value.evidence.transfer import fetch
from public_value.methodology import ShownAmong, intervals, ranks, shown_among
from public_value.methodology.evidence import Integers
from public_value.models import Edition, PublishedAs, Score
from public_value.models.score import SHOWN_RANK

AT_ONCE = 2**23
"""Draws in memory at a time: 32 MB of float32, and twice that on their way."""

SLICE = """
    SELECT drawn.score_id, substring(drawn.points FROM %(first)s FOR %(size)s) AS points
    FROM public_value_scoredraws drawn WHERE drawn.score_id = ANY(%(scores)s) ORDER BY drawn.score_id
"""
WRITE = """
    UPDATE public_value_score score
    SET rank_group_id = %s, rank_members = %s, shown_rank_low = ranked.low, shown_rank_high = ranked.high
    FROM unnest(%s::bigint[], %s::int[], %s::int[]) ranked (score_id, low, high) WHERE score.id = ranked.score_id
"""
_BYTES = 4  # a draw


def show_ranks(edition: Edition, held: Collection[int] = ()) -> None:
    """Write the shown ranks of an edition that is not published, in place of those that it had.

    Members are listed bodies with a published score. Those `held` for review, by their ids, are none: they get no rank,
    and nobody's rank tells of them. Peak memory is 2 bytes × draws × the members of the largest group that is shown (4
    bytes from 65,536 members on), and 100 MB at most beside it.
    """
    Score.objects.of(edition).exclude(rank_group=None).update(**dict.fromkeys(SHOWN_RANK))
    scores = Score.objects.of(edition).listed().filter(published_as=PublishedAs.SCORE).exclude(peer_group=None)
    members = list(scores.exclude(organisation__in=held).order_by("pk").values_list("pk", "peer_group__slug"))
    keys, kinds = np.array([key for key, _ in members]), np.array([kind for _, kind in members], dtype=str)
    found = shown_among(Counter(kind for _, kind in members), edition.parents)
    for shown in sorted(set(found.values()), key=lambda one: (one.group, len(one.kinds))):
        among = np.isin(kinds, sorted(shown.kinds))
        own = np.isin(kinds[among], [kind for kind, theirs in found.items() if theirs == shown])
        _write(shown, keys[among], own, _ranked(edition, keys[among]))


def _ranked(edition: Edition, keys: Integers) -> Integers:
    """Rank intervals of scores by their keys, which are in order: (m, 2)."""
    found = np.empty((len(keys), edition.draws), dtype=np.min_scalar_type(len(keys)))
    step = max(1, AT_ONCE // len(keys))
    for first in range(0, edition.draws, step):
        size = min(step, edition.draws - first)
        bounds = {"scores": keys.tolist(), "first": 1 + _BYTES * first, "size": _BYTES * size}
        points = draws.unpacked(fetch(SLICE, draws.columns("score_id", size), bounds)["points"])
        found[:, first : first + size] = ranks(points)
    return intervals(found)


def _write(shown: ShownAmong, keys: Integers, own: np.ndarray, ranked: Integers) -> None:
    """Write the ranks of those members that are shown among them: others may be shown in a group of their own."""
    group = PeerGroup.objects.values_list("pk", flat=True).get(slug=shown.group)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [group, len(keys), keys[own].tolist(), *ranked[own].T.tolist()])

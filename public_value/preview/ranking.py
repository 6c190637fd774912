"""Ranks of one peer group of a preview, from the draws that its scores keep."""

import numpy as np
from django.db import connection, transaction

from public_value import draws
from public_value.evidence.transfer import fetch
from public_value.methodology import rank_intervals
from public_value.models import Edition, RanksDue

# One worker ranks a group at a time, so that a slower one never overwrites newer ranks.
ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('public_value.rank'), %s)"
DRAWS = """
    SELECT score.id AS score_id, drawn.points, coalesce(score.rank_low, 0) AS low, coalesce(score.rank_high, 0) AS high
    FROM public_value_score score JOIN public_value_scoredraws drawn ON drawn.score_id = score.id
    WHERE score.edition_id = %(edition)s AND score.peer_group_id = %(group)s
    ORDER BY score.organisation_id
"""
_BEFORE = {"low": "integer", "high": "integer"}
# In the order in which a drain takes these locks, so that the two never wait for each other.
HOLD = "SELECT FROM public_value_score WHERE id = ANY(%s) ORDER BY organisation_id FOR NO KEY UPDATE"
WRITE = """
    UPDATE public_value_score score SET rank_low = ranked.low, rank_high = ranked.high
    FROM unnest(%s::bigint[], %s::int[], %s::int[]) ranked (score_id, low, high) WHERE score.id = ranked.score_id
"""


@transaction.atomic
def rank_one(edition: Edition) -> bool:
    """Rank one peer group whose ranks are due; False where other workers are at all of them."""
    group = _take(edition)
    if group is None:
        return False
    rows = fetch(DRAWS, draws.columns("score_id", edition.draws) | _BEFORE, {"edition": edition.pk, "group": group})
    ranks = rank_intervals(draws.unpacked(rows["points"]))
    changed = np.flatnonzero((ranks[:, 0] != rows["low"]) | (ranks[:, 1] != rows["high"]))
    keys = rows["score_id"][changed].tolist()
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [keys])
        cursor.execute(WRITE, [keys, *ranks[changed].T.tolist()])
    return True


def _take(edition: Edition) -> int | None:
    """A peer group that no other worker ranks. Whatever marks it from now on stays in the queue."""
    due = RanksDue.objects.filter(edition=edition)
    for group in due.order_by("peer_group").values_list("peer_group", flat=True).distinct():
        with connection.cursor() as cursor:
            cursor.execute(ALONE, [group])
            (alone,) = cursor.fetchone()
        if alone and due.filter(peer_group=group)._raw_delete("default"):
            return group
    return None

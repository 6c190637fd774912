"""Found components in the order of how well they match."""

from bisect import bisect_left, bisect_right
from functools import cached_property

import numpy as np
from django.db import connection

from catalogue.search.facets import Division

BEST = 500  # only so many are ranked by their text, the best by score: ranking all makes a search 2.5 times dearer
# Relevance of the text, more for what is used much; the exact name stands above all.
RANK = """
    SELECT component_id,
           ts_rank(search, to_tsquery('english', %s))::float8 * (1 + score / 10) + (sort_name = %s)::int * 10
    FROM catalogue_searchentry WHERE component_id = ANY(%s)
"""


class Ranking:
    """`division`'s components, the BEST by score ordered by rank, the others after them by score.

    `border` keeps the line between the two where an earlier page of the same search found it, so that rows
    that come and go move nothing across it.
    """

    def __init__(self, division: Division, tsquery: str, plain: str, border: tuple[float, int] | None = None):
        self.division, self.tsquery, self.plain = division, tsquery, plain
        self.border = border or self.first_border()
        self.ranked = self.outside(*self.border, including=True)

    def __len__(self) -> int:
        return len(self.division.components)

    def first_border(self) -> tuple[float, int]:
        if len(self) <= BEST:
            return (float("-inf"), 0)
        return float(self.division.scores[BEST - 1]), int(self.division.components[BEST - 1])

    def outside(self, score: float, component: int, *, including: bool) -> int:
        """How many components stand before this place in the order by score; `including` the one at it."""
        scores, components = self.division.scores, self.division.components
        at = components >= component if including else components > component
        return int(np.count_nonzero((scores > score) | ((scores == score) & at)))

    @cached_property
    def best(self) -> list[tuple[float, float, int]]:
        """(−rank, −score, −component) of the ranked, in order."""
        numbers, scores = self.division.components[: self.ranked], self.division.scores[: self.ranked]
        with connection.cursor() as cursor:
            cursor.execute(RANK, [self.tsquery, self.plain, numbers.tolist()])
            ranks = dict(cursor.fetchall())
        return sorted(
            (-ranks.get(number, 0.0), -score, -number)
            for number, score in zip(numbers.tolist(), scores.tolist(), strict=True)
        )

    def components(self, start: int, stop: int) -> list[int]:
        """Numbers of the components from place `start` to before `stop`."""
        best = [-number for _, _, number in self.best[start:stop]] if start < self.ranked else []
        return best + self.division.components[max(start, self.ranked) : max(stop, self.ranked)].tolist()

    def key(self, place: int) -> list:
        """What a cursor keeps of the component at `place`."""
        if place < self.ranked:
            return [*self.border, True, *self.best[place]]
        at = (-float(self.division.scores[place]), -int(self.division.components[place]))
        return [*self.border, False, 0.0, *at]

    def place(self, key: list, *, after: bool) -> int:
        """The place of the first component after the one that `key` was made of, or of that one itself."""
        _, _, ranked, *at = key
        if ranked:
            return (bisect_right if after else bisect_left)(self.best, tuple(at))
        return self.outside(-at[1], -at[2], including=after)

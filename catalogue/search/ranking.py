"""Found components in the order of how well they match."""

from bisect import bisect_left, bisect_right
from functools import cached_property

import numpy as np
from django.db import connection

from catalogue.search.arrays import as_array, unpacked
from catalogue.search.division import Division

BEST = 500  # only so many are ranked by their text, the best by score: ranking all makes a search 2.5 times dearer
# Relevance of the text, more for what is used much; the exact name stands above all.
RANK = """
    SELECT string_agg(int8send(component_id), ''), string_agg(float8send(
        ts_rank(search, to_tsquery('english', %s))::float8 * (1 + score / 10) + (sort_name = %s)::int * 10
    ), '')
    FROM catalogue_searchentry WHERE component_id = ANY(%s::bigint[])
"""


class Ranking:
    """`division`'s components, the BEST by score ordered by rank, the others after them by score.

    `border` keeps the line between the two where an earlier page of the same search found it, so that rows
    that come and go move nothing across it.
    """

    def __init__(self, division: Division, tsquery: str, plain: str, border: tuple[float, int] | None = None):
        self.division, self.tsquery, self.plain = division, tsquery, plain
        self.border = border or self.first_border()
        self.within = self.before(*self.border, including=True)
        self.ranked = int(np.count_nonzero(self.within))

    def __len__(self) -> int:
        return len(self.division.components)

    def first_border(self) -> tuple[float, int]:
        """(score, component) of the last of the BEST."""
        scores, components = self.division.scores, self.division.components
        if len(self) <= BEST:
            return (float("-inf"), 0)
        score = np.partition(scores, -BEST)[-BEST]
        level = np.sort(components[scores == score])
        return float(score), int(level[np.count_nonzero(scores > score) - BEST])

    def before(self, score: float, component: int, *, including: bool) -> np.ndarray:
        """Which components stand before this place in the order by score; `including` the one at it."""
        scores, components = self.division.scores, self.division.components
        at = components >= component if including else components > component
        return (scores > score) | ((scores == score) & at)

    @cached_property
    def others(self) -> tuple[np.ndarray, np.ndarray]:
        """(components, scores) of those that are not ranked, in order. Sorted only for pages that reach them."""
        components, scores = self.division.components[~self.within], self.division.scores[~self.within]
        order = np.lexsort((components, scores))[::-1]
        return components[order], scores[order]

    @cached_property
    def best(self) -> list[tuple[float, float, int]]:
        """(−rank, −score, −component) of the ranked, in order."""
        numbers, scores = self.division.components[self.within], self.division.scores[self.within]
        keys = -self.ranks(numbers), -scores, -numbers
        order = np.lexsort(keys[::-1])
        return list(zip(*(key[order].tolist() for key in keys), strict=True))

    def ranks(self, numbers: np.ndarray) -> np.ndarray:
        """The rank of each of these components; none where it has gone meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute(RANK, [self.tsquery, self.plain, as_array(numbers.tolist())])
            known, ranks = cursor.fetchone()
        by_number, made = np.argsort(numbers), np.zeros(len(numbers))
        made[by_number[np.searchsorted(numbers, unpacked(known, ">i8"), sorter=by_number)]] = unpacked(ranks, ">f8")
        return made

    def components(self, start: int, stop: int) -> list[int]:
        """Numbers of the components from place `start` to before `stop`."""
        best = [-number for _, _, number in self.best[start:stop]] if start < self.ranked else []
        if stop <= self.ranked:
            return best
        return best + self.others[0][max(start - self.ranked, 0) : stop - self.ranked].tolist()

    def key(self, place: int) -> list:
        """What a cursor keeps of the component at `place`."""
        if place < self.ranked:
            return [*self.border, True, *self.best[place]]
        components, scores = self.others
        return [*self.border, False, 0.0, -float(scores[place - self.ranked]), -int(components[place - self.ranked])]

    def place(self, key: list, *, after: bool) -> int:
        """The place of the first component after the one that `key` was made of, or of that one itself."""
        _, _, ranked, *at = key
        if ranked:
            return (bisect_right if after else bisect_left)(self.best, tuple(at))
        return int(np.count_nonzero(self.before(-at[1], -at[2], including=after)))

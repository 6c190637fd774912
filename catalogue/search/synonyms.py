"""Other words for what was asked, as a pack or the operators have written them down."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

LONGEST = 3  # words of a term
KNOWN = """
    SELECT asked.place, known.same_as
    FROM unnest(%s::text[]) WITH ORDINALITY asked (text, place)
    JOIN catalogue_synonym known
    ON plainto_tsquery('english', known.term)::text = plainto_tsquery('english', asked.text)::text
    WHERE plainto_tsquery('english', asked.text)::text <> ''
    ORDER BY asked.place, known.same_as
"""


@dataclass(frozen=True)
class Also:
    """`same_as` is looked for beside the words from place `start` to before `stop`."""

    start: int
    stop: int
    same_as: str


def synonyms(words: Sequence[str]) -> list[Also]:
    """Of single words and of up to three that follow one another."""
    spans = [(a, b) for a in range(len(words)) for b in range(a + 1, min(a + LONGEST, len(words)) + 1)]
    if not spans:
        return []
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [[" ".join(words[start:stop]) for start, stop in spans]])
        return [Also(*spans[place - 1], same_as) for place, same_as in cursor.fetchall()]

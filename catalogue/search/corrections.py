"""Putting a misspelt word right, by the words that the index has."""

from difflib import SequenceMatcher

from django.db import connection

from catalogue.search.spelling import variants

SHORTEST = 4  # letters: shorter words are too like too many others
CLOSE = 0.7  # difflib's ratio, from which it is believed

KNOWN = "SELECT word FROM catalogue_searchword WHERE word = ANY(%s)"
NEAR = """
    SELECT wanted, near.word, near.entries
    FROM unnest(%s::text[]) wanted
    CROSS JOIN LATERAL (
        SELECT word, entries FROM catalogue_searchword
        WHERE word %% wanted ORDER BY similarity(word, wanted) DESC, entries DESC LIMIT 12
    ) near
"""


def corrections(words: list[str]) -> dict[str, str]:
    """A better word for each word that no entry has. Words without a near one are left out."""
    asked = [word for word in dict.fromkeys(words) if len(word) >= SHORTEST and word.isascii() and word.isalpha()]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [[way for word in asked for way in variants(word)]])
        known = {word for (word,) in cursor.fetchall()}
        strange = [word for word in asked if known.isdisjoint(variants(word))]
        if not strange:
            return {}
        cursor.execute(NEAR, [strange])
        near = cursor.fetchall()
    best: dict[str, tuple[float, int, str]] = {}
    for wanted, word, entries in near:
        closeness = SequenceMatcher(None, wanted, word).ratio()
        if closeness >= CLOSE:
            best[wanted] = max(best.get(wanted, (0.0, 0, "")), (round(closeness, 2), entries, word))
    return {wanted: word for wanted, (_, _, word) in best.items()}

"""What a visitor typed, as PostgreSQL's full text search wants it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from catalogue.search.spelling import variants
from catalogue.search.synonyms import Also, synonyms

LONGEST = 200
COMPOUND = 3  # words that a name may write as one
PREFIX_FROM = 3  # letters of the last word, from which it may be the beginning of a longer one
PHRASE = re.compile(r'"([^"]*)"')
WORD = re.compile(r"[^\W_]+")
# Letters that are not a plain letter with an accent; PostgreSQL's unaccent writes them so too.
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@dataclass(frozen=True)
class Reading:
    """A search text understood: `groups` are single words, or several that must follow one another. `also` are other
    words, each of them as good as the groups that it stands beside."""

    groups: tuple[tuple[str, ...], ...]
    prefix: bool = False
    also: tuple[Also, ...] = ()

    @property
    def words(self) -> list[str]:
        return [word for group in self.groups for word in group]

    @property
    def plain(self) -> str:
        return " ".join(self.words)

    def tsquery(self, joined: str = " & ") -> str:
        """For `to_tsquery('english', …)`. Only letters and digits of the visitor's get into it."""
        parts = [" <-> ".join(either(word) for word in group) for group in self.groups]
        if parts and self.prefix:
            parts[-1] = self.beginning
        query = joined.join(f"({part})" for part in self.beside(parts))
        # "modern gov" is also looked for as "moderngov": names are written either way.
        return f"{query} | '{''.join(self.words)}'" if 1 < len(self.words) <= COMPOUND else query

    @property
    def beginning(self) -> str:
        """The last word as the beginning of a longer one."""
        return either(self.groups[-1][0], ":*")

    def beside(self, parts: list[str]) -> list[str]:
        """The groups' parts with the other words beside those that they stand for."""
        for start, stop in sorted({(one.start, one.stop) for one in self.also}, reverse=True):
            others = [read(one.same_as).whole for one in self.also if (one.start, one.stop) == (start, stop)]
            typed = " & ".join(f"({part})" for part in parts[start:stop])
            if others and stop <= len(parts):
                parts = [*parts[:start], " | ".join([f"({typed})", *others]), *parts[stop:]]
        return parts

    @property
    def whole(self) -> str:
        """All words as they are, none of them taken for a beginning."""
        return f"({' & '.join(either(word) for word in self.words)})"

    def with_synonyms(self) -> "Reading":
        """Phrases in quotation marks are meant as they are."""
        if any(len(group) > 1 for group in self.groups):
            return self
        found, taken = [], 0
        for one in sorted(synonyms(self.words), key=lambda one: (one.start, -one.stop)):
            same_span = found and (found[-1].start, found[-1].stop) == (one.start, one.stop)
            if read(one.same_as).words and (one.start >= taken or same_span):
                found, taken = [*found, one], one.stop
        return replace(self, also=tuple(found))

    def corrected(self, better: dict[str, str]) -> "Reading":
        return replace(self, groups=tuple(tuple(better.get(word, word) for word in group) for group in self.groups))


@lru_cache(4096)
def either(word: str, ending: str = "") -> str:
    ways = [f"'{way}'{ending}" for way in variants(word)]
    return f"({' | '.join(ways)})" if len(ways) > 1 else ways[0]


def folded(text: str, longest: int = LONGEST) -> str:
    """Without case and accents, as the index is; no longer than is read."""
    text = unicodedata.normalize("NFKD", text[:longest].lower().translate(LETTERS))
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def read(text: str) -> Reading:
    """Words and "phrases" of a search text. The last word, unless it is in a phrase, may be a beginning."""
    text = folded(text)
    groups: list[tuple[str, ...]] = []
    quoted = False
    for place, part in enumerate(PHRASE.split(text)):
        words = WORD.findall(part)
        quoted = place % 2 == 1 if words else quoted
        groups += ([tuple(words)] if words else []) if place % 2 else [(word,) for word in words]
    prefix = bool(groups) and not quoted and len(groups[-1]) == 1 and len(groups[-1][0]) >= PREFIX_FROM
    return Reading(tuple(dict.fromkeys(groups)), prefix)


def any_of(words: Iterable[str]) -> Reading:
    return Reading(tuple((word,) for word in words))

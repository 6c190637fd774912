"""Which column is meant by a heading: spelt as it is, in other words, misspelt, or as the body has said before."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz, process

from registry.portfolio_file.columns import BY_NAME, COLUMNS, LEFT_OUT, NEEDED, NOT_READ, ONE_OF
from registry.spreadsheets.tables import Row

LIKE_ENOUGH, LEAD = 86, 4  # of 100
LOOKED_AT = 20  # rows in which a heading is looked for: titles and notes may stand above it
SAMPLE = 3
LONGEST_SHOWN = 200


def folded(heading: str) -> str:
    """Without case, accents, signs and what stands in brackets: “Annual_Cost (£)” is “annual cost”."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    without = re.sub(r"\([^)]*\)", " ", plain)
    words = re.sub(r"[^a-z0-9]+", " ", without if without.strip() else plain)
    return " ".join(words.split())[:LONGEST_SHOWN]


def known_headings() -> dict[str, str]:
    own = {folded(name): LEFT_OUT for name in NOT_READ}
    for column in COLUMNS:
        for name in (column.name, str(column.label), *column.synonyms):
            own.setdefault(folded(name), column.name)
    return own


KNOWN = known_headings()


@dataclass(frozen=True)
class Heading:
    """The heading of a table: where it stands, its texts, and the rows after it that show what is meant."""

    row: int
    texts: list[str]
    sample: list[list[str]]

    @property
    def known(self) -> int:
        return len({column for text in self.texts if (column := KNOWN.get(folded(text)))})


@dataclass(frozen=True)
class Meant:
    """`columns`: for each heading a column's name, LEFT_OUT, or None where somebody has to say it."""

    columns: list[str | None]

    @property
    def is_open(self) -> bool:
        return None in self.columns or bool(lacking(self.columns))


def lacking(columns: Sequence[str | None]) -> str:
    """What no row can do without, in a sentence; blank where it is all there."""
    if NEEDED not in columns:
        return "Say which column is the function."
    if not set(ONE_OF) & set(columns):
        return "Say which column is the component, the system, or how it is done."
    return ""


def heading_of(rows: Sequence[Row]) -> Heading | None:
    """The row among the first ones that has the most known headings; the first of equals."""
    found = [
        Heading(number, texts, [row for _number, row in islice(rows, place + 1, place + 1 + SAMPLE)])
        for place, (number, texts) in enumerate(rows)
    ]
    return max(found, key=lambda one: one.known, default=None)


def mapped(headings: Sequence[str], remembered: Mapping[str, str]) -> Meant:
    """What each heading means. What the body has said before goes first; two of the same column are for it to say."""
    keys = [folded(heading) for heading in headings]
    sure = {key: remembered.get(key, KNOWN.get(key)) for key in keys}
    taken = [sure[key] for key in keys if sure[key]]
    columns: list[str | None] = []
    for key in keys:
        if not key:
            columns.append(LEFT_OUT)
        elif sure[key] is not None:
            alone = not sure[key] or taken.count(sure[key]) == 1
            columns.append(sure[key] if alone or BY_NAME.get(key.replace(" ", "_")) else None)
        else:
            guess = guessed(key)
            columns.append(guess if guess not in taken else None)
            taken.append(guess or "")
    return Meant(with_names(keys, columns))


def with_names(keys: Sequence[str], columns: list[str | None]) -> list[str | None]:
    """Where functions stand by their names alone, these are read."""
    if NEEDED not in columns and "function name" in keys:
        return [NEEDED if key == "function name" else column for key, column in zip(keys, columns, strict=True)]
    return columns


def guessed(key: str) -> str | None:
    """The column whose spelling is clearly the nearest, or None."""
    best: dict[str, float] = {}
    for name, score, _place in process.extract(key, KNOWN.keys(), scorer=fuzz.ratio, limit=8, score_cutoff=60):
        column = KNOWN[name]
        best[column] = max(best.get(column, 0), score)
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < LIKE_ENOUGH or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < LEAD):
        return None
    return ranked[0][0]

"""British and American spelling: two ways to write one word."""

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

PAIRS = Path(__file__).with_name("spelling.csv")
# (British ending, American ending) with the shortest stem before it: "size" and "prize" are not "sise" and "prise".
ENDINGS = (
    ("isations", "izations", 4),
    ("isation", "ization", 4),
    ("ising", "izing", 4),
    ("ised", "ized", 4),
    ("iser", "izer", 4),
    ("ises", "izes", 4),
    ("ise", "ize", 4),
    ("yse", "yze", 3),
    ("ysed", "yzed", 3),
    ("ysing", "yzing", 3),
)


@cache
def beginnings() -> tuple[tuple[str, str], ...]:
    """(one way, the other way) for beginnings of words, both ways round, longest first."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = [(row["british"], row["american"]) for row in csv.DictReader(file)]
    both = pairs + [(american, british) for british, american in pairs]
    return tuple(sorted(both, key=lambda pair: -len(pair[0])))


@lru_cache(4096)
def variants(word: str) -> tuple[str, ...]:
    """The word itself, and its other spellings."""
    return tuple(dict.fromkeys([word, *by_beginning(word), *by_ending(word)]))


def by_beginning(word: str) -> Iterator[str]:
    for written, other in beginnings():
        if word.startswith(written):
            yield other + word[len(written) :]


def by_ending(word: str) -> Iterator[str]:
    for british, american, least in ENDINGS:
        for written, other in ((british, american), (american, british)):
            if word.endswith(written) and len(word) >= least + len(written):
                yield word[: -len(written)] + other

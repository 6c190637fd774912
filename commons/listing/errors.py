from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from django.core.exceptions import BadRequest


class ParameterError(NamedTuple):
    """`detail` is a sentence that a person can read, and names the nearest thing that would have worked."""

    parameter: str
    code: str
    detail: str


class BadParameter(BadRequest):
    """The address asks for something that this list does not know: bad input, answered with 400 and never ignored."""

    def __init__(self, errors: Iterable[ParameterError]):
        self.errors = list(errors)
        super().__init__(" ".join(error.detail for error in self.errors))


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the known word most like `word`; blank where none is like it."""
    known = {candidate.casefold(): candidate for candidate in known}
    alike = get_close_matches(word[:100].casefold(), known, n=1, cutoff=0.5)
    return f" Did you mean “{known[alike[0]]}”?" if alike else ""


def shown(word: str) -> str:
    """A visitor's word as a sentence may show it: short, and without characters that cannot be seen."""
    visible = "".join(letter if letter.isprintable() else " " for letter in word)
    return visible if len(visible) <= 60 else f"{visible[:60]}…"

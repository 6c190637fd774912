"""What is found wrong while the rules are gone through."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from catalogue.readers.description import Problem, Severity
from catalogue.readers.structured import MAX_PROBLEMS, Node

LONGEST = 60  # letters of a word that is compared
GUESSES = 100  # each compares with a whole list, and costs a millisecond or more


class Enough(Exception):
    """So much is wrong that to go on would help nobody."""


@dataclass
class Notes:
    """`version` is what the file says of itself, as numbers."""

    version: tuple[int, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    guesses: int = 0

    def error(self, node: Node, key: str, message: str) -> None:
        self._note(Severity.ERROR, node, key, message)

    def warn(self, node: Node, key: str, message: str) -> None:
        self._note(Severity.WARNING, node, key, message)

    def nearest(self, word: str, known: Iterable[str], likeness: float) -> str:
        """The known word that was most likely meant; blank where there is none, or after many guesses."""
        self.guesses += 1
        if self.guesses > GUESSES:
            return ""
        found = get_close_matches(word[:LONGEST].strip(), list(known), n=1, cutoff=likeness)
        return found[0] if found else ""

    def _note(self, severity: Severity, node: Node, key: str, message: str) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            raise Enough
        self.problems.append(Problem(severity=severity, key=key, message=message, line=node.line, column=node.column))

"""What is found wrong while the rules are gone through."""

from dataclasses import dataclass, field

from catalogue.readers.description import Problem, Severity
from catalogue.readers.yaml import Node

LONGEST = 60


@dataclass
class Notes:
    """`version` is what the file says of itself, as numbers."""

    version: tuple[int, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def error(self, node: Node, key: str, message: str) -> None:
        self._note(Severity.ERROR, node, key, message)

    def warn(self, node: Node, key: str, message: str) -> None:
        self._note(Severity.WARNING, node, key, message)

    def _note(self, severity: Severity, node: Node, key: str, message: str) -> None:
        self.problems.append(Problem(severity=severity, key=key, message=message, line=node.line, column=node.column))


def quoted(text: str) -> str:
    """“What was written”, on one line and cut."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text[: 10 * LONGEST])
    words = " ".join(seen.split())
    return f"“{words}”" if len(words) <= LONGEST else f"“{words[: LONGEST - 1]}…”"

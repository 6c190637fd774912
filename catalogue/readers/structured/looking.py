"""Takes values out of a document, of the kind that is asked for, and notes what is wrong with them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from catalogue.readers.description import Problem, Reading, Severity
from catalogue.readers.structured.bounds import MAX_PROBLEMS, MAX_RECORDS, MORE_PROBLEMS, TOO_MANY_RECORDS
from catalogue.readers.structured.document import Document, Path, Unreadable, at, is_list
from catalogue.readers.structured.showing import quoted, shown

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", re.ASCII)


def problem_of(mistake: Unreadable) -> Problem:
    line, column = mistake.place
    return Problem(severity=Severity.ERROR, key=mistake.key, message=str(mistake), line=line, column=column)


def unreadable(error: Unreadable) -> Reading:
    """The reading of a text of which nothing could be made."""
    return Reading(problems=[problem_of(error)])


def note(problems: list[Problem], problem: Problem) -> None:
    """Add it, unless there are so many that nobody would read it."""
    if len(problems) < MAX_PROBLEMS:
        problems.append(problem)
    elif len(problems) == MAX_PROBLEMS:
        problems.append(replace(problem, key="", message=MORE_PROBLEMS))


class Looking:
    """Paths are from the top of the document, or of the part below `root`."""

    def __init__(self, document: Document, root: Path = (), problems: list[Problem] | None = None) -> None:
        self.document, self.root = document, root
        self.value = at(document.value, root)
        self.problems: list[Problem] = [] if problems is None else problems

    def below(self, *path: str | int) -> "Looking":
        return Looking(self.document, self.root + path, self.problems)

    def get(self, *path: str | int) -> Any:
        return at(self.value, path)

    def note(self, severity: Severity, path: Path, message: str) -> None:
        if len(self.problems) > MAX_PROBLEMS:
            return  # to find a place takes long
        line, column = self.document.place(self.root + path)
        key = shown(self.root + path)
        note(self.problems, Problem(severity=severity, key=key, message=message, line=line, column=column))

    def error(self, path: Path, message: str) -> None:
        self.note(Severity.ERROR, path, message)

    def warning(self, path: Path, message: str) -> None:
        self.note(Severity.WARNING, path, message)

    def mistakes(self) -> None:
        """Note what reading the text passed over: keys that stand there twice, a second document."""
        for mistake in self.document.mistakes:
            note(self.problems, problem_of(mistake))

    def is_mapping(self, *path: str | int) -> bool:
        return isinstance(self.get(*path), Mapping)

    def mapping(self, *path: str | int) -> Mapping[str, Any]:
        """The mapping, empty where there is none; anything else is an error."""
        value = self.get(*path)
        if value is None or isinstance(value, Mapping):
            return value or {}
        self.error(path, "This must be a mapping of keys to values.")
        return {}

    def required(self, *path: str | int, what: str = "") -> bool:
        """Whether there is something; an error where there is not."""
        if self.get(*path) in (None, "", [], {}):
            self.error(path, what or "This is missing: the format asks for it.")
            return False
        return True

    def text(self, *path: str | int) -> str:
        """The text, a number as it would be written; blank where there is none; anything else is an error."""
        value = self.get(*path)
        if value is None:
            return ""
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.error(path, "This must be a text.")
        return ""

    def items(self, *path: str | int) -> Iterator[tuple[int, Any]]:
        """What the list has, with the places in it; anything else is an error."""
        value = self.get(*path)
        if value is not None and not is_list(value):
            self.error(path, "This must be a list.")
        elif value is not None:
            yield from enumerate(value)

    def members(self, *path: str | int) -> Iterator["Looking"]:
        """The items of a list of records."""
        for place, _ in self.items(*path):
            if place >= MAX_RECORDS:
                self.error((*path, place), TOO_MANY_RECORDS)
                return
            yield self.below(*path, place)

    def texts(self, *path: str | int) -> list[str]:
        found = [self.text(*path, place) for place, _ in self.items(*path)]
        return [text for text in found if text]

    def choice(self, *path: str | int, known: Mapping[str, str]) -> str:
        """What the word stands for; blank, and an error, where it is none of those known."""
        word = self.text(*path)
        if word and word not in known:
            self.error(path, f"{quoted(word)} is not one of {', '.join(known)}.")
        return known.get(word, "")

    def address(self, *path: str | int) -> str:
        """A web address; an error, and blank, where it is none."""
        text = self.text(*path)
        if text and not text.lower().startswith(("http://", "https://")):
            self.error(path, f"{quoted(text)} is no web address: it must begin with https://.")
            return ""
        return text

    def day(self, *path: str | int) -> date | None:
        """A day, or the day of a time, which has a zone (RFC 3339)."""
        text = self.text(*path)
        if not text:
            return None
        found = moment(text)
        if found is None or (len(text) > len("2026-03-31") and found.tzinfo is None):
            advice = "write it as 2026-03-31, or with a time and its zone as 2026-03-31T12:30:00Z."
            self.error(path, f"{quoted(text)} is no date: {advice}")
            return None
        return found.date()


def moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if DAY.match(text) else None
    except ValueError:
        return None

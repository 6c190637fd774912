"""What importers hand on: texts as they came, and the things that they describe."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from catalogue.readers import ComponentDescription, Problem, Severity
from commons.fetching import Fetched
from registry.models import Source

MESSAGES = 3


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text from a source. `is_unchanged`: the source says that it is as before, and there is no content."""

    address: str
    content: bytes = b""
    name: str = ""
    is_unchanged: bool = False
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A thing that a text describes. `text` is its own part of it; `refusal` says why it cannot be taken.

    `used_by` are names or codes of bodies that are said to use it.
    """

    identifier: str
    address: str
    format: str
    text: str
    description: ComponentDescription | None = None
    refusal: str = ""
    used_by: Sequence[str] = field(default_factory=tuple)

    @property
    def name(self) -> str:
        return self.description.name if self.description else ""


class Ask(Protocol):
    """Asks an address politely. Raises Unfetchable."""

    def __call__(self, url: str, *, etag: str = "", last_modified: str = "", accept: str = "*/*") -> Fetched: ...


Fetch = Callable[[Source, Ask], Iterator[Text]]
Read = Callable[[Text], Sequence[Found]]


class Unreadable(Exception):
    """The source answers, and it is not what a source of its kind answers. The message is a sentence."""


def text_of(found: Fetched, address: str, name: str = "") -> Text:
    """`address` is where it was asked for, which stays the same when redirects lead elsewhere."""
    return Text(
        address=address,
        content=found.content,
        name=name,
        is_unchanged=found.is_unchanged,
        etag=found.etag,
        last_modified=found.last_modified,
    )


def refusal(problems: Sequence[Problem]) -> str:
    """The first errors as a sentence; blank where there are none."""
    errors = [problem for problem in problems if problem.severity == Severity.ERROR]
    said = [f"line {one.line}: {one.key + ': ' if one.key else ''}{one.message}" for one in errors[:MESSAGES]]
    more = len(errors) - MESSAGES
    return " ".join([*said, *([f"And {more} more."] if more > 0 else [])])

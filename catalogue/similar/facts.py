"""What a component has in common with a question, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Telling:
    """A word as the index has it (`lexeme`), as the question writes it, and what it counts, up to 1."""

    lexeme: str
    word: str
    weight: float


@dataclass(frozen=True)
class Fields:
    """The question's lexemes in an entry's name, summary and functions; `names` counts all of the name's lexemes."""

    names: int
    name: frozenset[str]
    summary: frozenset[str]
    functions: frozenset[str]


@dataclass(frozen=True)
class Overlap:
    """`shared` of the `asked` operations or columns are also the component's, which has `theirs`."""

    shared: int
    asked: int
    theirs: int


@dataclass(frozen=True)
class Facts:
    """What a component has in common with a question."""

    words: tuple[Telling, ...] = ()
    name: float = 0.0
    text: float = 0.0
    function: float = 0.0
    operations: Overlap | None = None
    columns: Overlap | None = None
    same_name: bool = False
    same_repository: bool = False

"""What is asked: a sentence, a tender's text, a system's name, the description of an interface, names of columns."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalogue.describing import Values, recorded, storable
from catalogue.models import Component
from catalogue.readers.description import ComponentDescription, Reading
from catalogue.readers.formats import recognised
from catalogue.search.text import WORD, folded

LONGEST = 20_000  # characters of prose that are read; descriptions are read whole
SHORT = 8  # words, up to which a text may be a name, and each of its words counts
MOST_OPERATIONS, MOST_COLUMNS = 1_000, 500
LEAST_COLUMNS = 3
LONGEST_COLUMN = 60
# The name of a column where nothing but itself speaks for a table: up to three words.
PLAIN = re.compile(r"[^\W\d][\w.:/()£$€%#&?'’-]*( [\w.:/()£$€%#&?'’-]+){0,2}")
LETTER = re.compile(r"[^\W\d_]")
ROWS = 3  # of as many parts each, from which it is a table whatever the names of its columns


@dataclass(frozen=True)
class Question:
    """`name` is what the thing is called, where the text says so; `operations` are (method, path). `unread` says why a
    text that looks like a description is taken for words alone."""

    text: str = ""
    name: str = ""
    repository: str = ""
    operations: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    unread: str = ""

    @property
    def words(self) -> Counter[str]:
        """How often it has each word, without case and accents."""
        return Counter(WORD.findall(folded(self.text, LONGEST)))

    @property
    def is_short(self) -> bool:
        return len(self.text) < 200 and len(self.words) <= SHORT


def read(text: str, file: str = "") -> Question:
    """A text that a visitor brings, of a file with this name. A description's operations and columns are read too."""
    format = recognised(text, file)
    reading = format.read(text) if format else Reading()
    if reading.descriptions:
        return of_descriptions(reading.descriptions)
    unread = next((f"{format.name}, line {one.line}: {one.message}" for one in reading.errors), "") if format else ""
    text = storable(text).strip()
    question = Question(text=text[:LONGEST], columns=header(text), unread=unread)
    name = " ".join(text.split()) if question.is_short else ""
    return replace(question, name=name)


def of_description(description: ComponentDescription) -> Question:
    return of_descriptions([description])


def of_descriptions(descriptions: Iterable[ComponentDescription]) -> Question:
    """Of a file that describes several components all together; the name is the first one's."""
    told = list(descriptions)
    operations = [operation for one in told for operation in one.operations][:MOST_OPERATIONS]
    columns = [column for one in told for column in one.columns][:MOST_COLUMNS]
    said = [(one.name, one.summary, one.description, *one.keywords) for one in told]
    beside = [*(operation.summary for operation in operations), *(column.name for column in columns)]
    return Question(
        text=storable("\n".join(filter(None, [*(part for parts in said for part in parts), *beside])))[:LONGEST],
        name=storable(told[0].name) if told else "",
        repository=storable(told[0].repository) if told else "",
        operations=tuple(dict.fromkeys((one.method.upper(), storable(one.path)) for one in operations)),
        columns=tuple(dict.fromkeys(storable(column.name) for column in columns)),
    )


def of_component(component: Component, said: Values | None = None) -> Question:
    """`said` is what `describing.recorded` gives, where that is known already."""
    said = said or recorded(component)
    operations = sorted(said["operations"], key=lambda one: (one[1], one[0]))[:MOST_OPERATIONS]
    columns = [name for name, *_ in said["columns"][:MOST_COLUMNS]]
    own = [component.name, component.summary, component.description, *said["keywords"]]
    beside = [*(summary for _, _, summary in operations), *columns]
    return Question(
        text="\n".join(filter(None, [*own, *beside]))[:LONGEST],
        name=component.name,
        repository=component.repository,
        operations=tuple((method, path) for method, path, _ in operations),
        columns=tuple(columns),
    )


def header(text: str) -> tuple[str, ...]:
    """The names of columns in a text's first line, where that looks like the head of a table."""
    lines = text.lstrip("\ufeff")[:LONGEST].splitlines()[:ROWS]
    for mark in ("\t", ";", "|", ","):
        first, *others = (next(csv.reader([line], delimiter=mark), []) for line in lines or [""])
        names = [" ".join(name.split()) for name in first if name.strip()]
        is_table = len(others) == ROWS - 1 and all(len(row) == len(first) for row in others)
        named = all(PLAIN.fullmatch(name) or (is_table and LETTER.search(name)) for name in names)
        if len(names) >= LEAST_COLUMNS and named and max(map(len, names)) <= LONGEST_COLUMN:
            return tuple(dict.fromkeys(names))[:MOST_COLUMNS]
    return ()

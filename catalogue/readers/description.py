"""What a text says of components, whatever its format, and what is wrong with the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error breaks a rule of the format; a warning is about what is allowed and unwise, or not known."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`key` is the path to the value ("description.en.shortDescription"), blank where it is about the whole; `line` and
    `column` count from 1 and say where the value, or its key, begins. `message` says what is wrong and what to do."""

    severity: Severity
    key: str
    message: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, kw_only=True)
class Contact:
    name: str = ""
    email: str = ""
    phone: str = ""
    affiliation: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing that an interface does: `method` in capitals and `path` as its description has them."""

    method: str
    path: str
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a dataset; `type` in the words of its format."""

    name: str
    type: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class ComponentDescription:
    """One component as a text describes it; blank is not stated. `document` holds all that the text says of it, as JSON
    has it, so that nothing is lost.

    kind         service, dataset, process, or blank; lifecycle as the catalogue has it, or blank
    description  Markdown
    licence      an SPDX expression where the text has one, else its words or address
    owner        name of the body that looks after it; owner_identifier an address or URN of it
    standards, based_on, depends_on, used_by  names or addresses
    """

    format: str
    format_version: str = ""
    kind: str = ""
    identifier: str = ""
    name: str = ""
    summary: str = ""
    description: str = ""
    url: str = ""
    repository: str = ""
    documentation: str = ""
    api_description: str = ""
    licence: str = ""
    lifecycle: str = ""
    version: str = ""
    released_on: date | None = None
    owner: str = ""
    owner_identifier: str = ""
    contacts: Sequence[Contact] = ()
    languages: Sequence[str] = ()
    countries: Sequence[str] = ()
    keywords: Sequence[str] = ()
    standards: Sequence[str] = ()
    based_on: Sequence[str] = ()
    depends_on: Sequence[str] = ()
    used_by: Sequence[str] = ()
    authentication: Sequence[str] = ()
    operations: Sequence[Operation] = ()
    columns: Sequence[Column] = ()
    document: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a reader found in one text. Descriptions may be there beside errors: as much as could be read."""

    descriptions: Sequence[ComponentDescription] = ()
    problems: Sequence[Problem] = ()

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == Severity.WARNING]

    @property
    def is_valid(self) -> bool:
        return not self.errors

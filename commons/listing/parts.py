"""What a list is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from commons.listing.choices import Choices


@dataclass(frozen=True)
class Column:
    """One value of a row, the same in HTML, JSON and CSV.

    `kind` says how a file shows it: text, number, money, date, flag (true or false), list (of texts),
    choice (its label stands in `<name>_label`), ref and refs (`{"slug", "name"}`, in CSV `<name>` and `<name>_name`).
    With `status`, a blank's reason stands in `<name>_status`: not_responsible, not_answered, unknown or suppressed.
    """

    name: str
    label: str
    help: str = ""
    kind: str = "text"
    status: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The row's keys that this column fills."""
        return [
            self.name,
            *([f"{self.name}_label"] if self.kind == "choice" else []),
            *([f"{self.name}_status"] if self.status else []),
        ]


@dataclass(frozen=True)
class Filter:
    """A URL parameter that narrows a list. Repeated values mean "or"; different filters mean "and".

    `kind` is choice (one of `choices`), text, date (YYYY-MM-DD) or flag (`1`). `field` is the lookup it narrows by;
    `label_field` is the column that names a value; a `facet` is counted, its `top` values by count are offered.
    """

    name: str
    label: str
    kind: str = "choice"
    many: bool = True
    help: str = ""
    choices: Choices | None = None
    field: str = ""
    label_field: str = ""
    facet: bool = True
    top: int | None = None

    @property
    def repeatable(self) -> bool:
        return self.many and self.kind == "choice"

    @property
    def counted(self) -> bool:
        return self.facet and self.kind == "choice"


@dataclass(frozen=True)
class Sort:
    """A named order: `fields` as for `order_by`. `sort=-name` in a URL turns it round; blanks stay last either way.

    `turned` is what it is called then.
    """

    name: str
    label: str
    fields: tuple[str, ...]
    turned: str = ""

    def keys(self, *, backwards: bool = False) -> list[tuple[str, bool]]:
        """(field, descending) for each field, and last the primary key, so that no two rows stand level."""
        ends_down = self.fields[-1].startswith("-")
        pairs = [(name.lstrip("-"), name.startswith("-")) for name in self.fields] + [("pk", ends_down)]
        return [(name, down != backwards) for name, down in pairs]


class Option(NamedTuple):
    value: str
    label: str
    count: int
    selected: bool


class Facet(NamedTuple):
    """A filter with the values one could choose, each with the rows it would show beside the other filters."""

    filter: Filter
    options: list[Option]


class Chosen(NamedTuple):
    """A value that the reader chose: `label` is how it reads on a removable tag."""

    filter: Filter
    value: Any
    label: str

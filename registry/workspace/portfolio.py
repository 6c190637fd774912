"""What a body's portfolio holds: each function that it could answer for, and what it says there."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext_lazy

from catalogue.models import Function
from registry.actions.declarations.confirming import confirmable
from registry.actions.declarations.rows import said_of, with_all
from registry.models import (
    Declaration,
    Draft,
    Organisation,
)
from registry.presenters import asked, statements
from registry.said import Said

CONTRACTS_WITHIN = timedelta(days=180)
STATUSES = {
    "due": gettext_lazy("To confirm"),
    "inherited": gettext_lazy("From a predecessor"),
    "draft": gettext_lazy("Has a draft"),
    "ending": gettext_lazy("Contract ends in 180 days"),
    "unanswered": gettext_lazy("Not answered"),
    "used": gettext_lazy("Uses a shared component"),
    "own": gettext_lazy("Runs its own"),
    "planned": gettext_lazy("Plans to use"),
    "stopped": gettext_lazy("Stopped using"),
    "answers": gettext_lazy("Not responsible, or not sure"),
    "expired": gettext_lazy("Too old to count"),
}


@dataclass(frozen=True)
class Standing:
    """A declaration as its own body sees it: `said` has what is kept back. `place` is one of STATUSES."""

    declaration: Declaration
    said: Said
    place: str
    due: bool
    ending: bool
    confirmable: bool

    @property
    def name(self) -> str:
        """The component or the system; what is answered where there is neither."""
        component = self.declaration.component
        return component.name if component else self.said.system or self.declaration.get_kind_display()


@dataclass
class Row:
    """One function of the portfolio."""

    function: Function
    standing: list[Standing] = field(default_factory=list)
    draft: Draft | None = None
    others: int = 0  # bodies of the kind that have answered

    @property
    def statuses(self) -> set[str]:
        found = {one.place for one in self.standing} or {"unanswered"}
        marks = {
            "due": any(one.due for one in self.standing),
            "inherited": any(one.declaration.inherited_from_id for one in self.standing),
            "ending": any(one.ending for one in self.standing),
            "draft": self.draft is not None,
        }
        return found | {name for name, marked in marks.items() if marked}


def standing_of(declaration: Declaration, on: date) -> Standing:
    said = said_of(declaration)
    return Standing(
        declaration=declaration,
        said=said,
        place=statements.place(declaration, on),
        due=declaration.is_due(on),
        ending=said.contract_end is not None and on <= said.contract_end <= on + CONTRACTS_WITHIN,
        confirmable=confirmable(declaration),
    )


def portfolio(body: Organisation, on: date, version: str = "") -> list[Row]:
    """Every function that the body says something about, prepares something for, or could answer for, by name."""
    current = Declaration.objects.current().filter(organisation=body)
    said = list(with_all(current).select_related("function", "component", "recorded_in"))
    drafts = list(Draft.objects.filter(organisation=body).select_related("function", "saved_by"))
    rows: dict[int, Row] = {}
    for one in said:
        rows.setdefault(one.function_id, Row(one.function)).standing.append(standing_of(one, on))
    for draft in drafts:
        rows.setdefault(draft.function_id, Row(draft.function)).draft = draft
    for known in asked.of(body, on, {one.function_id for one in said}, version):
        function = Function(pk=known.id, slug=known.slug, name=known.name)
        rows.setdefault(known.id, Row(function)).others = known.others
    return sorted(rows.values(), key=lambda row: (row.function.name.casefold(), row.function.slug))


def narrowed(rows: Collection[Row], *, text: str, status: str) -> list[Row]:
    """Those of one status, and with all the words in the names of the function or of what does it."""
    words = text.casefold().split()

    def names(row: Row) -> str:
        return " ".join([row.function.name, *(f"{one.name} {one.said.supplier}" for one in row.standing)])

    return [
        row
        for row in rows
        if (not status or status in row.statuses) and all(word in names(row).casefold() for word in words)
    ]

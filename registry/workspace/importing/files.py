"""The files that people fill in or mend: a template with the body's functions, and the rows that have a problem."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from commons.formats.cells import unguarded
from registry.models import DeclarationKind, Import, Organisation
from registry.portfolio_file.columns import COLUMNS
from registry.portfolio_file.headings import folded
from registry.said import Said
from registry.workspace.portfolio import Row, portfolio

NAME_COLUMN = "function_name"
WHAT_TO_DO = "What to do"
ANSWERS = {
    DeclarationKind.ADOPTION: "shared",
    DeclarationKind.DUPLICATE: "own",
    DeclarationKind.NOT_RESPONSIBLE: "not responsible",
    DeclarationKind.NOT_SURE: "not sure",
}


def heading() -> list[str]:
    first, *rest = (str(column.label) for column in COLUMNS)
    return [first, NAME_COLUMN, *rest]


def template_rows(body: Organisation, *, filled: bool) -> Iterator[list[str]]:
    """A row for each function that the body could answer for; `filled`: and one for each statement that stands."""
    for row in portfolio(body, timezone.localdate()):
        for said in stated(row) if filled else [None]:
            yield [row.function.slug, row.function.name, *cells(said)]


def stated(row: Row) -> list[Said | None]:
    return [one.said for one in row.standing] or [None]


def cells(said: Said | None) -> list[str]:
    """As they are read again: unchanged, they change nothing."""
    if said is None:
        return [""] * (len(COLUMNS) - 1)
    plain = said.as_json() | {"answer": ANSWERS[DeclarationKind(said.kind)], "kept_back": kept_back(said)}
    return [str(plain.get(column.name, "")) for column in COLUMNS[1:]]


def kept_back(said: Said) -> str:
    return "; ".join(
        f"{name} for {hold.shown_to.value}{f' until {hold.until.isoformat()}' if hold.until else ''}"
        for name, hold in sorted(said.held.items())
    )


def notes() -> list[list[str]]:
    """What to write in each column, as a second sheet."""
    rows = [[str(column.label), str(column.help), column.example] for column in COLUMNS]
    return [[_("Column"), _("What to write"), _("For example")], *rows]


def mending_heading(imported: Import) -> list[str]:
    return [imported.headings[place] for place in own_places(imported)] + [WHAT_TO_DO]


def mending_rows(imported: Import) -> Iterator[list[str]]:
    """The rows with a problem as they were sent, each with what to do."""
    places = own_places(imported)
    lines = imported.lines.filter(outcome="problem").order_by("number")
    for row, problems in lines.values_list("cells", "problems").iterator(chunk_size=2000):
        own = [unguarded(row[place]) if place < len(row) else "" for place in places]
        yield [*own, " ".join(sentence for _column, _value, sentence in problems)]


def own_places(imported: Import) -> list[int]:
    """Without the column that an earlier file of this kind had."""
    return [place for place, text in enumerate(imported.headings) if folded(text) != folded(WHAT_TO_DO)]

"""What the first sheet of a list's spreadsheet tells: what it is, of when, from where, and what was chosen."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from commons.formats.books import Book, Table
from commons.formats.books.book import Line
from commons.formats.cells import header, typed, values
from commons.formatting import plain_date
from commons.listing import Column, Selection
from commons.listing.selection import Row


class Provenance(NamedTuple):
    """Where the data come from, and on what terms. settings.PROVENANCE names the function that knows."""

    source: str
    licence: str


def provenance() -> Provenance:
    return import_string(settings.PROVENANCE)()


def book_of(selection: Selection, columns: Sequence[Column], address: str, more: Iterable[Table] = ()) -> Book:
    """The whole selection, in its order, with the given columns. `address` is where it was asked for, `more` stands
    before it."""
    listing = selection.listing
    title = _("%(list)s: %(service)s") % {"list": words(listing.name), "service": settings.SERVICE_NAME}
    lines = [*general(first_paragraph(listing.__doc__), address), *chosen(selection), *explained(columns)]
    table = table_of(words(listing.name), columns, selection.rows())
    return Book(title, lines, [*more, table], settings.SERVICE_NAME)


def table_of(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> Table:
    return Table(sheet_name(name), header(columns), ([typed(*each) for each in values(columns, row)] for row in rows))


def general(shows: str, address: str) -> list[Line]:
    known = provenance()
    return [
        Line(_("What it shows"), shows),
        Line(_("Date"), plain_date(timezone.localdate())),
        Line(_("Source"), ". ".join(filter(None, [known.source, address]))),
        Line(_("Licence"), known.licence or _("Not stated yet: ask whoever runs this service before you publish it.")),
        Line(_("Blanks"), blanks()),
    ]


def blanks() -> str:
    return _(
        "A blank is never zero. Where there can be several reasons for it, the column that ends in _status says which: "
        "not_responsible, not_answered, unknown or suppressed."
    )


def chosen(selection: Selection) -> Iterator[Line]:
    """The filters and the order, as the page tells them."""
    names = [f"{one.filter.label}: {one.label}" for one in selection.chosen]
    yield Line(_("Filters"), "\n".join(names) or _("None: these are all rows."))
    turned = selection.asked.backwards
    sort = selection.sort
    yield Line(
        _("Order"), (sort.turned or _("%(order)s, turned round") % {"order": sort.label}) if turned else sort.label
    )


def explained(columns: Sequence[Column]) -> Iterator[Line]:
    yield Line(_("Columns"))
    for column in columns:
        yield Line(column.name, ". ".join(filter(None, [str(column.label), str(column.help).rstrip(".")])))


def first_paragraph(text: str | None) -> str:
    return " ".join((text or "").replace("`", "").split("\n\n")[0].split())


def words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").capitalize()


def sheet_name(name: str) -> str:
    """As both formats allow it: at most 31 characters, none of them of use in a formula."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)[:31].strip() or "Table"

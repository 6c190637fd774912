"""The whole portfolio as a file, as its own people see it: what is kept back is in it, and marked."""

import csv
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commons.formats.about import general
from commons.formats.books import WRITERS, Book, Table, as_book
from commons.formats.books.book import Line
from commons.formats.cells import Value, cell, typed
from commons.formats.negotiation import TYPES
from commons.formats.streams import Echo
from registry.models import Organisation
from registry.workspace.doors import entered
from registry.workspace.portfolio import Row, Standing, portfolio

FORMS = ("csv", *WRITERS)
COLUMNS = (
    *("function", "function_name", "answer", "component", "system", "supplier", "stage", "coverage", "transactions"),
    *("annual_cost", "price_fy", "since", "contract_end", "confirmed", "evidence", "why", "reason", "contact"),
    *("source_url", "kept_back"),
)


@never_cache
@login_required
@require_safe
def portfolio_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    body, _actor = entered(request, slug)
    rows = (values for row in portfolio(body, timezone.localdate()) for values in lines(row))
    if form == "csv":
        content, kind = as_text(rows), f"{TYPES[form]}; charset=utf-8"
    else:
        content, kind = as_book(book_of(body, rows, request.build_absolute_uri()), form), TYPES[form]
    response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{body.slug}-portfolio.{form}"'
    return response


def as_text(rows: Iterator[list[Value]]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for values in rows:
        numbers = [isinstance(value, int | float) for value in values]
        yield writer.writerow(cell(value, number=plain) for value, plain in zip(values, numbers, strict=True))


def book_of(body: Organisation, rows: Iterator[list[Value]], address: str) -> Book:
    shows = _("What %(body)s says for each function, as its own people see it. Not for publication.") % {"body": body}
    told = [line for line in general(shows, address) if line.name not in (_("Licence"), _("Blanks"))]
    told.append(Line(_("Kept back"), _("The last column names what the public does not see.")))
    title = _("%(body)s: portfolio") % {"body": body}
    return Book(title, told, [Table(_("Portfolio"), COLUMNS, rows)], settings.SERVICE_NAME)


def lines(row: Row) -> Iterator[list[Value]]:
    """One for each statement; one of the function alone where there is none."""
    for one in row.standing or [None]:
        yield values_of(row, one)


def values_of(row: Row, one: Standing | None) -> list[Value]:
    if one is None:
        return [row.function.slug, row.function.name, *[None] * (len(COLUMNS) - 2)]
    told = {
        "function": row.function.slug,
        "function_name": row.function.name,
        "answer": one.declaration.kind,
        "confirmed": one.declaration.confirmed,
        "evidence": one.declaration.evidence,
        "kept_back": "; ".join(sorted(one.said.held)),
    }
    return [typed(told[name] if name in told else getattr(one.said, name)) for name in COLUMNS]

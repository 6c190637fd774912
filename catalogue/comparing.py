"""Comparing up to three components: a page, and the same as CSV, JSON, XLSX and ODS."""

import csv
import io
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.models import Component
from catalogue.presenters import comparison
from commons.formats import guarded
from commons.formats.about import general
from commons.formats.books import WRITERS, Book, Table, as_book
from commons.formats.negotiation import TYPES, listed
from commons.kept_pages import kept_page
from commons.listing.errors import shown
from commons.listing.text import as_json

FORMS = ("csv", "json", *WRITERS)
HTML = "html"


@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    """A file where one is asked for and there is something to compare, else the page."""
    form = request.GET.get("format", HTML)
    if form not in FORMS:
        return compared(request)
    on, slugs = timezone.localdate(), asked(request.GET)
    components = comparison.chosen(slugs[: comparison.MOST], on)
    if refused(slugs, components) or len(components) < 2:
        return compared(request)
    return file_of(request, components, comparison.criteria(components, on), form)


@kept_page
def compared(request: HttpRequest) -> HttpResponse:
    on, slugs = timezone.localdate(), asked(request.GET)
    components = comparison.chosen(slugs[: comparison.MOST], on)
    refusal = refused(slugs, components) or no_such_format(request.GET.get("format", HTML))
    only_differences = request.GET.get("differences") == "1"
    page = comparison.page(components, refusal, only_differences, on)
    return render(request, "catalogue/compare.html", page, status=400 if refusal else 200)


def no_such_format(form: str) -> str:
    if form == HTML or form in FORMS:
        return ""
    return _("There is no format “%(form)s” here, only %(forms)s.") % {"form": shown(form), "forms": listed(FORMS)}


def asked(params: QueryDict) -> list[str]:
    """The slugs that the address names, each once, in its order."""
    named = (slug.strip() for slug in params.getlist(comparison.PARAMETER))
    return list(dict.fromkeys(slug for slug in named if slug))


def refused(slugs: Sequence[str], components: Sequence[Component]) -> str:
    """What of it cannot be shown, as a sentence; blank where all can."""
    if len(slugs) > comparison.MOST:
        return _("Choose at most three components. Of %(number)s the first three are shown.") % {"number": len(slugs)}
    known = {component.slug for component in components}
    missing = [slug for slug in slugs if slug not in known]
    if missing:
        return _("There is no component “%(slug)s”.") % {"slug": shown(missing[0])}
    return ""


def file_of(
    request: HttpRequest, components: Sequence[Component], criteria: Sequence[comparison.Criterion], form: str
) -> HttpResponse:
    kind = f"{TYPES[form]}; charset=utf-8" if form == "csv" else TYPES[form]
    response = HttpResponse(content_of(request, components, criteria, form), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="comparison.{form}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def content_of(
    request: HttpRequest, components: Sequence[Component], criteria: Sequence[comparison.Criterion], form: str
) -> bytes | Iterator[bytes]:
    if form in WRITERS:
        return as_book(book_of(components, criteria, request.build_absolute_uri()), form)
    return as_csv(components, criteria) if form == "csv" else as_document(components, criteria)


def table(components: Sequence[Component], criteria: Sequence[comparison.Criterion]) -> list[list[str]]:
    """A header row, and a row for each criterion."""
    header = [_("Part"), _("Criterion"), _("Differs"), *(component.name for component in components)]
    return [header, *([row.group, row.label, _("yes") if row.differs else _("no"), *row.values] for row in criteria)]


def as_csv(components: Sequence[Component], criteria: Sequence[comparison.Criterion]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in table(components, criteria))
    return text.getvalue().encode()


def book_of(components: Sequence[Component], criteria: Sequence[comparison.Criterion], address: str) -> Book:
    header, *rows = table(components, criteria)
    title = _("Comparison: %(names)s") % {"names": ", ".join(component.name for component in components)}
    shows = _("What each component is, offers and costs, criterion by criterion.")
    return Book(title, general(shows, address), [Table(_("Comparison"), header, rows)], settings.SERVICE_NAME)


def as_document(components: Sequence[Component], criteria: Sequence[comparison.Criterion]) -> bytes:
    slugs = [component.slug for component in components]
    rows = [
        {
            "part": row.group,
            "criterion": row.label,
            "differs": row.differs,
            "values": dict(zip(slugs, row.values, strict=True)),
        }
        for row in criteria
    ]
    named = [{"slug": component.slug, "name": component.name} for component in components]
    return as_json({"components": named, "criteria": rows}).encode()

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.dependencies.graph import DEPTHS, around
from catalogue.dependencies.pages import COLUMNS, drawn, file_rows, page
from catalogue.judging import listed
from commons.formats.about import explained, general, table_of
from commons.formats.books import Book, as_book
from commons.formats.faces import CACHED, sent
from commons.formats.streams import as_csv
from commons.kept_pages import kept_page
from commons.listing.errors import BadParameter, ParameterError, shown


def depth_of(request: HttpRequest) -> int:
    """Raises BadParameter."""
    wrong = [name for name in request.GET if name != "depth"]
    if wrong:
        detail = f"There is no parameter “{shown(wrong[0])}” here, only depth."
        raise BadParameter([ParameterError(shown(wrong[0]), "unknown_parameter", detail)])
    text = request.GET.get("depth") or str(DEPTHS[0])
    if text not in map(str, DEPTHS):
        raise BadParameter([ParameterError("depth", "out_of_range", f"“depth” is 1, 2 or 3, not “{shown(text)}”.")])
    return int(text)


@require_safe
@kept_page
def dependencies(request: HttpRequest, slug: str) -> HttpResponse:
    made = page(listed(slug), depth_of(request), timezone.localdate())
    return render(request, "catalogue/dependencies.html", made)


@require_safe
def dependencies_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture alone; 404 where there is too much to draw."""
    component = listed(slug)
    graph = around(component.pk, depth_of(request), timezone.localdate())
    if not graph.drawable:
        return HttpResponse("There is no picture: there is too much to draw.", status=404, content_type="text/plain")
    response = HttpResponse(drawn(component, graph), content_type="image/svg+xml")
    response["Cache-Control"] = CACHED
    return response


@require_safe
def dependencies_file(request: HttpRequest, slug: str, form: str) -> StreamingHttpResponse:
    graph = around(listed(slug).pk, depth_of(request), timezone.localdate())
    name, rows = f"{slug}-dependencies", file_rows(graph)
    if form == "csv":
        return sent(as_csv(list(COLUMNS), rows), name, form)
    table = table_of(_("Dependencies"), COLUMNS, rows)
    shows = _("What “%(slug)s” needs, and what needs it.") % {"slug": slug}
    lines = [*general(shows, request.build_absolute_uri()), *explained(COLUMNS)]
    return sent(as_book(Book(table.name, lines, [table], settings.SERVICE_NAME), form), name, form)

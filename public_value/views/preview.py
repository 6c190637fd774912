from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from public_value.listings import ScoresOfOneKind
from public_value.models import Preview, PreviewRefusal, Score
from public_value.presenters import preview as preview_page
from public_value.views.editions import BODIES_A_PAGE
from registry.views.paging import to_first_page


def current() -> Preview | None:
    """The preview that readers see, the pointer read once for a page, and in `refusal` why none can be made anew."""
    refusal = Subquery(PreviewRefusal.objects.values("sentence")[:1])
    return Preview.objects.current().select_related("edition", "basis").annotate(refusal=refusal).first()


def shown(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """A page that no search engine keeps: what it says is not published."""
    answer = render(request, template, context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    found = current()
    if found is None:
        context = {"refusal": PreviewRefusal.objects.first(), "breadcrumbs": preview_page.trail(_("Live preview"))}
        return shown(request, "public_value/preview_none.html", context)
    selection = ScoresOfOneKind(found.edition).select(request.GET)
    page = selection.page(request.GET.get("page"), BODIES_A_PAGE)
    if other := to_first_page(request, selection, page):
        return other
    return shown(request, "public_value/preview.html", preview_page.page(found, selection, page))


@require_safe
def preview_score(request: HttpRequest, organisation: str) -> HttpResponse:
    found = current()
    if found is None:
        raise Http404
    scores = Score.objects.of(found.edition).listed().select_related("edition", "organisation", "peer_group")
    score = get_object_or_404(scores, organisation__slug=organisation)
    return shown(request, "public_value/preview_score.html", preview_page.one(found, score))

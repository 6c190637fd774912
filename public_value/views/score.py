from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commons.formats import in_formats
from commons.kept_pages import kept_page
from public_value.listings import ScoreLineListing
from public_value.models import Score
from public_value.presenters import score as score_page
from public_value.views.editions import elsewhere, those_named


def found(label: str, organisation: str, revision: int | None = None) -> Score:
    editions = those_named(label, revision)
    return get_object_or_404(score_page.described(), edition__in=editions, organisation__slug=organisation)


def lines_of(label: str, organisation: str, revision: int | None = None) -> ScoreLineListing:
    return ScoreLineListing(found(label, organisation, revision))


@require_safe
@in_formats(lines_of)
@kept_page
def score(request: HttpRequest, label: str, organisation: str, revision: int | None = None) -> HttpResponse:
    read = found(label, organisation, revision)
    other = elsewhere(request, label, read.edition)
    return other or render(request, "public_value/score.html", score_page.page(read))

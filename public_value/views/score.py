from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commons.formats import in_formats
from commons.kept_pages import kept_page
from public_value.listings import ScoreLineListing
from public_value.models import Edition, Score
from public_value.presenters import score as score_page


def found(label: str, organisation: str) -> Score:
    scores = Score.objects.listed().select_related("edition", "organisation", "peer_group")
    return get_object_or_404(
        scores, edition__in=Edition.objects.listed(), edition__label=label, organisation__slug=organisation
    )


def lines_of(label: str, organisation: str) -> ScoreLineListing:
    return ScoreLineListing(found(label, organisation))


@require_safe
@in_formats(lines_of)
@kept_page
def score(request: HttpRequest, label: str, organisation: str) -> HttpResponse:
    return render(request, "public_value/score.html", score_page.page(found(label, organisation)))

"""The open data of a published edition, as one file."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from public_value.models import Edition, EditionBundle

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def bundle(request: HttpRequest, label: str) -> HttpResponseBase:
    """Of the newest published revision. A correction changes what stands here, so a reader's copy is asked about."""
    return sent(request, Edition.objects.published().labelled(label).first(), "no-cache")


@require_safe
def bundle_of_revision(request: HttpRequest, label: str, revision: int) -> HttpResponseBase:
    """Of one revision, which never changes."""
    return sent(request, Edition.objects.standing().labelled(label).filter(revision=revision).first(), FOR_EVER)


def sent(request: HttpRequest, edition: Edition | None, cached: str) -> HttpResponseBase:
    """The file, or 304 where the reader has it. It is read only where it is sent."""
    kept = EditionBundle.objects.filter(edition=edition).defer("content").first()
    if edition is None or kept is None:
        raise Http404("This edition is not published, so it has no open data.")
    etag = f'"{kept.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(kept.content if request.method == "GET" else b"", content_type="application/zip")
        response["Content-Length"] = str(kept.size)
        name = f"public-value-{edition.label}-{edition.revision}.zip"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"], response["Cache-Control"] = etag, cached
    response["Access-Control-Allow-Origin"] = "*"
    return response

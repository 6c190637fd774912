"""Pages about the service itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "commons/accessibility.html", {"breadcrumbs": trail("Accessibility")})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "commons/privacy.html", {"breadcrumbs": trail("Privacy and cookies")})


def trail(name: str) -> list[dict[str, str]]:
    return [{"text": "Home", "href": "/"}, {"text": name}]

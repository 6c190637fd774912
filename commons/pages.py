"""Pages about the service itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "commons/accessibility.html", {"breadcrumbs": trail("Accessibility")})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "breadcrumbs": trail("Privacy and cookies"),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_hours": f"{settings.SESSION_COOKIE_AGE / 3600:g}",
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "commons/privacy.html", context)


def trail(name: str) -> list[dict[str, str]]:
    return [{"text": "Home", "href": "/"}, {"text": name}]

"""What every page needs to know: the service's name and which section the reader is in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

SECTIONS = {
    "/components/": "Components",
    "/functions/": "Functions",
    "/organisations/": "Organisations",
    "/public-value/": "Public value",
    "/data/": "Data and API",
}


def page(request: HttpRequest) -> dict[str, Any]:
    return {
        "service_name": settings.SERVICE_NAME,
        "feedback_email": settings.FEEDBACK_EMAIL,
        "navigation": [
            {"href": href, "text": text, "current": current(href, request.path)} for href, text in SECTIONS.items()
        ],
    }


def reader(request: HttpRequest) -> dict[str, Any]:
    """Whether to offer signing in or the reader's own account. Error pages, which ask for no session, offer neither."""
    user = getattr(request, "user", None)
    return {"account_link": "account" if user and user.is_authenticated else "account_login"}


def current(href: str, path: str) -> str:
    """The value of aria-current: `page` on the section's own page, `true` below it, blank elsewhere."""
    if path == href:
        return "page"
    return "true" if path.startswith(href) else ""

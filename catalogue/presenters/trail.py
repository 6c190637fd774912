"""Where a page below a component's stands."""

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import Component


def trail(component: Component, last: str) -> list[dict]:
    """Breadcrumbs, of which `last` is the page's own."""
    return [
        {"text": _("Components"), "href": reverse("catalogue:component_list")},
        {"text": component.name, "href": reverse("catalogue:component", args=[component.slug])},
        {"text": last},
    ]

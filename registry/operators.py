"""The operators' pages, which are Django's admin: for operators alone, with all that their role asks of them."""

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path

from registry.permissions import is_operator
from registry.signed_in import actor_of


class OperatorsSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        """Django asks for its flags alone; whoever signed in without a second factor is held back here too."""
        return super().has_permission(request) and is_operator(actor_of(request))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [path("r/<int:kind>/<path:key>/", self.admin_view(on_site)), *super().get_urls()]


def on_site(request: HttpRequest, kind: int, key: str) -> HttpResponseBase:
    """From an operator's page to the public one. Django asks even of kinds that have no table, and stops with an
    error."""
    found = ContentType.objects.filter(pk=kind).first()
    model = found.model_class() if found else None
    if model is None or not hasattr(model, "get_absolute_url"):
        raise Http404
    try:
        return shortcut(request, kind, key)
    except ValidationError:  # what is none of its keys
        raise Http404 from None

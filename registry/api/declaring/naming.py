"""Bodies and functions as programs name them."""

from django.db.models import Q
from django.http import Http404

from catalogue.models import Function
from commons.listing.errors import shown
from registry.models import Organisation


def body_named(key: str) -> Organisation:
    """Raises Http404."""
    scheme, _, code = key.partition(":")
    coded = Q(identifiers__scheme=scheme, identifiers__code=code) if code else Q()
    found = None if "\0" in key else Organisation.objects.filter(Q(slug=key) | coded).first()
    if found is None:
        raise Http404(f"There is no body “{shown(key)}”.")
    return found


def function_named(slug: str) -> Function:
    """Raises Http404."""
    found = None if "\0" in slug else Function.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no function “{shown(slug)}”.")
    return found

"""Bodies whose names may be meant by what is being typed."""

from datetime import date

from django.db.models import Q

from catalogue.search.suggestions import LEAST, Suggestion
from registry.models import Organisation

MOST = 3


def suggested_bodies(typed: str, on: date) -> list[Suggestion]:
    """Bodies that exist, by the beginning of their names or of a word in them."""
    text = " ".join(typed.split())
    if len(text) < LEAST:
        return []
    named = Q(name__istartswith=text) | Q(name__icontains=f" {text}")
    found = Organisation.objects.existing(on).filter(named).order_by("name", "slug")
    return [Suggestion("organisation", slug, name) for slug, name in found.values_list("slug", "name")[:MOST]]

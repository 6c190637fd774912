"""The documents that the search keeps, with what it does not keep: the profile and the standards of each component."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from catalogue.models import Component, Profile, SearchEntry


def documents_after(entries: QuerySet[SearchEntry], slug: str, number: int) -> list[dict]:
    """The next `number` of these entries' documents, by slug. Three questions."""
    found = entries.filter(slug__gt=slug).order_by("slug").values_list("document", flat=True)
    return with_offers([json.loads(text) for text in found[:number]])


def with_offers(documents: Iterable[dict]) -> list[dict]:
    """Each with `profile`, an empty one where there is none, and `standards`, by name."""
    told = list(documents)
    found = Component.objects.filter(slug__in=[document["slug"] for document in told])
    components = {one.slug: one for one in found.select_related("profile").prefetch_related("standards")}
    return [document | offer(components.get(document["slug"])) for document in told]


def offer(component: Component | None) -> dict[str, Any]:
    """`component` is none where it went since the document was read."""
    standards = list(component.standards.all()) if component else []
    return {"profile": getattr(component, "profile", None) or Profile(), "standards": standards}

"""The components that bodies use or look after."""

from collections.abc import Iterable

from django.db.models import QuerySet

from catalogue.models import Component
from registry.models import Declaration, Stewardship


def components(keys: Iterable[int]) -> QuerySet[Component]:
    return Component.objects.filter(pk__in=list(keys)).order_by("pk")


def named_with(bodies: Iterable[int]) -> set[int]:
    """The components that these bodies use or look after: what is found of them is other from the day on."""
    concerned = list(bodies)
    used = Declaration.objects.current().adoptions().filter(organisation__in=concerned)
    held = Stewardship.objects.current().filter(organisation__in=concerned)
    return {*used.values_list("component_id", flat=True), *held.values_list("component_id", flat=True)}

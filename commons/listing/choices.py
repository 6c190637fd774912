"""Which values a filter knows, and what they are called."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.db.models import QuerySet


class Choices(Protocol):
    def labels(self, values: Iterable[str]) -> dict[str, str]:
        """The label of each of `values` that is known."""

    def every(self) -> list[str]:
        """Every known value: asked for only to suggest the nearest one."""


class Fixed:
    """Values that the code knows."""

    def __init__(self, choices: Mapping[str, str] | Iterable[tuple[str, str]]):
        self.known = {str(value): str(label) for value, label in dict(choices).items()}

    def labels(self, values: Iterable[str]) -> dict[str, str]:
        return {value: self.known[value] for value in values if value in self.known}

    def every(self) -> list[str]:
        return list(self.known)


class Rows:
    """Values that a table holds: the column `value`, named by the column `label`."""

    def __init__(self, queryset: QuerySet, value: str = "slug", label: str = "name"):
        self.queryset, self.value, self.label = queryset, value, label

    def labels(self, values: Iterable[str]) -> dict[str, str]:
        known = self.queryset.filter(**{f"{self.value}__in": list(values)}).order_by()
        return dict(known.values_list(self.value, self.label).distinct())

    def every(self) -> list[str]:
        return list(self.queryset.order_by().values_list(self.value, flat=True).distinct())

"""What a component offers to other programs: the operations of a service, the columns of a dataset."""

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q

from catalogue.interfaces import ColumnKey, PathKey
from commons.constraints import keep_history

METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"]


@keep_history()
class Operation(models.Model):
    """One thing that an interface does; `path` as its description has it, with names in braces."""

    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="operations")
    method = models.CharField(max_length=10, choices=[(method, method) for method in METHODS])
    path = models.CharField(max_length=1000)
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["path", "method"]
        indexes = [HashIndex(PathKey("path"), name="operation_by_path")]
        constraints = [
            models.UniqueConstraint(fields=["component", "method", "path"], name="operation_said_once"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="operation_method_is_known"),
            models.CheckConstraint(condition=~Q(path=""), name="operation_has_a_path"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@keep_history()
class Column(models.Model):
    """A column of a dataset; `type` in the words of its description. `number` counts from 1, left to right."""

    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="columns")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    type = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [HashIndex(ColumnKey("name"), name="column_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["component", "name"], name="column_said_once"),
            models.CheckConstraint(condition=~Q(name=""), name="column_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

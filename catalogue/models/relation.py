from django.db import models
from django.db.models import F, Q

from commons.constraints import keep_history, one_of


class RelationKind(models.TextChoices):
    REQUIRES = "requires", "requires"
    WORKS_WITH = "works_with", "works with"
    ALTERNATIVE_TO = "alternative_to", "is an alternative to"
    BASED_ON = "based_on", "is based on"
    REPLACES = "replaces", "replaces"
    CONFLICTS_WITH = "conflicts_with", "does not work with"


@keep_history()
class Relation(models.Model):
    """How one component stands to another, read from left to right: `component` requires `other`."""

    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="relations")
    relation = models.CharField(max_length=20, choices=RelationKind)
    other = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="related_from")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["component", "relation", "other"], name="relation_said_once"),
            models.CheckConstraint(condition=one_of("relation", RelationKind), name="relation_is_known"),
            models.CheckConstraint(condition=~Q(component=F("other")), name="relation_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.component} {self.get_relation_display()} {self.other}"

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import RawSQL

from commons.constraints import SLUG, Acyclic, keep_history, one_of

WITHIN = """
    WITH RECURSIVE branch (id) AS (
        SELECT id FROM catalogue_function WHERE slug = ANY(%s)
        UNION
        SELECT below.id FROM branch JOIN catalogue_function below ON below.parent_id = branch.id
    )
    SELECT id FROM branch
"""


class FunctionKind(models.TextChoices):
    CAPABILITY = "capability", "Capability"
    ADMINISTRATIVE = "administrative", "Administrative"
    SERVICE = "service", "Service"


class Evolution(models.TextChoices):
    """Wardley's stages: how settled the practice is, and so how far it should be shared."""

    GENESIS = "genesis", "Genesis: new and not yet understood"
    CUSTOM = "custom", "Custom: built for each body"
    PRODUCT = "product", "Product: several alike"
    COMMODITY = "commodity", "Commodity: standardised"


class FunctionQuerySet(models.QuerySet):
    def roots(self):
        return self.filter(parent=None)

    def within(self, slugs):
        """The functions named by `slugs` and everything below them."""
        return self.filter(id__in=RawSQL(WITHIN, [list(slugs)]))


@keep_history()
class Function(models.Model):
    """Something that public bodies do, as a node of one tree. Stewarded by the catalogue's board, not by any body."""

    slug = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=FunctionKind)
    evolution = models.CharField(max_length=20, choices=Evolution, blank=True)
    codes = ArrayField(models.CharField(max_length=200), default=list, blank=True, help_text="scheme:code")

    objects = FunctionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(slug__regex=SLUG), name="function_slug_is_plain"),
            models.CheckConstraint(condition=one_of("kind", FunctionKind), name="function_kind_is_known"),
            models.CheckConstraint(
                condition=one_of("evolution", Evolution, blank=True), name="function_evolution_is_known"
            ),
        ]
        triggers = [Acyclic(name="function_acyclic", node="id", to="parent_id")]

    def __str__(self) -> str:
        return self.name

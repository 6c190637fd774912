from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from commons.constraints import Touched, keep_history

ROOT = "∅"
"""The alternative id of the root catalogue: what belongs to no other belongs to it, whether a row says so or not."""


@keep_history()
class Catalog(models.Model):
    """A part of the catalogue with a name and publishers of its own. `sources` are as the contract has them."""

    uuid = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    name = models.CharField(max_length=255)
    alternative_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    active = models.BooleanField(default=True)
    publishers_namespace = models.CharField(max_length=255, blank=True)
    scopes = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    analysis = models.JSONField(default=dict, blank=True, help_text="By namespace, as those who analyse it wrote it.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["created_at", "uuid"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="catalog_has_a_name"),
            models.CheckConstraint(
                condition=~Q(alternative_id=ROOT) | Q(sources=[]), name="root_catalog_has_no_sources"
            ),
        ]
        triggers = [Touched(name="catalog_touched")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_root(self) -> bool:
        return self.alternative_id == ROOT

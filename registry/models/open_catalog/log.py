import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper

from catalogue.models import Lifecycle


class LogQuerySet(models.QuerySet):
    def listed(self):
        """What the public may see: nothing about a draft."""
        return self.exclude(component__lifecycle=Lifecycle.DRAFT)


class Log(models.Model):
    """A line that a program wrote about its work: about a component, a catalogue or nothing of them. Never changed.

    It says itself who wrote it, and so needs no event beside it.
    """

    uuid = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    message = models.CharField(max_length=2048)
    component = models.ForeignKey("catalogue.Component", models.CASCADE, null=True, blank=True, related_name="logs")
    catalog = models.ForeignKey("registry.Catalog", models.CASCADE, null=True, blank=True, related_name="logs")
    token = models.ForeignKey("registry.Token", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-uuid"]
        indexes = [
            models.Index("created_at", "uuid", name="log_by_age"),
            models.Index("component", "created_at", "uuid", name="log_by_component"),
            GinIndex(OpClass(Upper("message"), name="gin_trgm_ops"), name="log_by_message"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="log_says_something"),
            models.CheckConstraint(condition=Q(component=None) | Q(catalog=None), name="log_is_about_one_thing"),
        ]
        triggers = [pgtrigger.Protect(name="log_never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.message[:80]

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from catalogue.models import Component
from commons.constraints import Touched


class SoftwareQuerySet(models.QuerySet):
    def withdrawn(self):
        return self.exclude(withdrawn_at=None)


class Software(models.Model):
    """What the Open Catalog says of a component besides what the component is. No row: nothing is special about it.

    A withdrawn one is in the Open Catalog no longer; its component stays, because others declared that they use it.
    """

    component = models.OneToOneField("catalogue.Component", models.CASCADE, related_name="software")
    catalog = models.ForeignKey(
        "registry.Catalog",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="software",
        help_text="Blank: the root catalogue.",
    )
    active = models.BooleanField(default=True)
    vitality = models.TextField(blank=True)
    analysis = models.JSONField(default=dict, blank=True, help_text="By namespace, as those who analyse it wrote it.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SoftwareQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "software"
        triggers = [Touched(name="software_touched")]

    def __str__(self) -> str:
        return f"Software: {self.component}"


IN_CATALOGUE = Q(software=None) | Q(software__withdrawn_at=None)
ACTIVE = Q(software=None) | Q(software__active=True)


def listed_software() -> models.QuerySet[Component]:
    """The components that are software to the Open Catalog: neither drafts nor withdrawn, the oldest first."""
    return Component.objects.listed().filter(IN_CATALOGUE).order_by(F("created_at"), F("uuid"))

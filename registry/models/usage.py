import pgtrigger
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from registry.models.attestation import group_of


class UsageQuerySet(models.QuerySet):
    def independent_of(self, body):
        """Without what was counted by a steward of the body's own group."""
        return self.alias(group=group_of("steward")).exclude(group=body.independence_group)

    def latest(self):
        """Of each month what was reported last."""
        place = Window(
            RowNumber(),
            partition_by=[F("organisation"), F("component"), F("function"), F("month")],
            order_by=F("pk").desc(),
        )
        return self.annotate(place=place).filter(place=1)


class Usage(models.Model):
    """How much a body used a component in a month, as its steward's machines counted. A correction is another row."""

    component = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="usage")
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="usage")
    steward = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    month = models.DateField(help_text="Its first day.")
    transactions = models.PositiveBigIntegerField()
    reported_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)

    objects = UsageQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-pk"]
        verbose_name_plural = "usage"
        indexes = [models.Index(fields=["organisation", "component", "function", "month"], name="usage_by_month")]
        triggers = [pgtrigger.Protect(name="usage_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="usage_month_is_its_first_day"),
            models.CheckConstraint(condition=~Q(organisation=F("steward")), name="usage_not_of_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.component}, {self.month:%Y-%m}: {self.transactions}"

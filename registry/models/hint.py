from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper


class RejectedHint(models.Model):
    """What a body was thought to use, and does not: it is not proposed again."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="rejected_hints")
    component = models.ForeignKey("catalogue.Component", models.CASCADE, null=True, blank=True, related_name="+")
    system = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True, db_default="", help_text="In the body's words, for who claimed it.")
    rejected_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "component", Upper("system"), nulls_distinct=False, name="hint_rejected_once"
            ),
            models.CheckConstraint(
                condition=Q(component__isnull=False, system="") | Q(component=None) & ~Q(system=""),
                name="rejected_hint_names_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} does not use {self.component or self.system}"

"""What sharing has saved, as far as both costs were stated: the first rung of the ladder."""

from django.db import models
from django.db.models import F, Q

from public_value.models.score import BY_SCORE, Score
from public_value.models.standing import stands_still
from registry.models import Evidence

ENOUGH = (Evidence.E1, Evidence.E2, Evidence.E3)
"""What the method asks of both costs (section 3, rule 4)."""
STRONG = (Evidence.E2, Evidence.E3)
"""What the ladder asks of them. The two differ, so the rung shows the stricter, and words say what the other adds."""


class RealisedQuerySet(models.QuerySet):
    def of(self, edition):
        """Those of bodies that existed on the edition's day, each with its `saving`, £ a year, maybe negative."""
        return self.filter(score__in=Score.objects.of(edition).listed()).annotate(saving=F("before") - F("after"))

    def strong(self):
        """Both costs at E2 or better: what the rung shows."""
        return self.filter(evidence__in=STRONG)


class RealisedSaving(models.Model):
    """What one body has saved in one function: the cost of the systems that it ended less that of what it shares.

    £ of the base year, a year. `since` is the day of the change; three years after it, nothing counts any more.
    """

    score = models.ForeignKey(Score, models.CASCADE, related_name="realised", db_index=False)
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="+", db_index=False)
    evidence = models.CharField(max_length=2, choices=Evidence, help_text="Of the weakest of the costs.")
    before = models.FloatField(help_text="Stated cost of the systems that ended, £ a year.")
    after = models.FloatField(help_text="Stated cost of the adoptions in their place, £ a year.")
    since = models.DateField(help_text="Day of the change.")

    objects = RealisedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["score", "function"], name="realised_saving_once"),
            models.CheckConstraint(condition=Q(evidence__in=ENOUGH), name="realised_saving_evidence_is_enough"),
            models.CheckConstraint(condition=Q(before__gte=0), name="realised_saving_before_not_negative"),
            models.CheckConstraint(condition=Q(after__gte=0), name="realised_saving_after_not_negative"),
        ]
        triggers = stands_still("realised_saving_stands", **BY_SCORE)

    def __str__(self) -> str:
        return f"{self.score}: {self.function}"

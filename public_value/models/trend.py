from django.db import models
from django.db.models import Exists, OuterRef, Q

from public_value.models.reply import HeldChange
from public_value.models.score import BY_SCORE, PublishedAs
from public_value.models.standing import stands_still

SURE = 0.9
"""A change is one where this part of the paired draws agrees on its direction (method 1.13)."""


class ScoreTrendQuerySet(models.QuerySet):
    def since_shown(self):
        """Those whose earlier score may be shown. The later score has its own gate."""
        waiting = HeldChange.objects.waiting().filter(
            edition=OuterRef("previous__edition"), organisation=OuterRef("previous__organisation")
        )
        return self.filter(~Exists(waiting), previous__published_as=PublishedAs.SCORE)


class ScoreTrend(models.Model):
    """How a score came from the same body's in an earlier edition; points, which add up to the change.

    catalogue  by another yardstick: functions, references, what is shared; time  by the later day; declared  by what
               the body itself stated since
    p5, p95    of the change over paired draws; higher, lower  part of the draws in which the score rises, falls
    """

    score = models.OneToOneField("public_value.Score", models.CASCADE, primary_key=True, related_name="trend")
    previous = models.ForeignKey("public_value.Score", models.CASCADE, related_name="followed_by")
    catalogue = models.FloatField()
    time = models.FloatField()
    declared = models.FloatField()
    p5 = models.FloatField()
    p95 = models.FloatField()
    higher = models.FloatField()
    lower = models.FloatField()

    objects = ScoreTrendQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(higher__range=(0, 1), lower__range=(0, 1)), name="score_trend_parts_of_draws"
            ),
        ]
        triggers = stands_still("score_trend_stands", **BY_SCORE)

    def __str__(self) -> str:
        return f"{self.score} since {self.previous}"

    @property
    def change(self) -> float:
        return self.catalogue + self.time + self.declared

    @property
    def is_significant(self) -> bool:
        """Whether the draws agree that it rose, or fell. The method asks P(Δ>0) ≥ .90 or ≤ .10; where nothing changed
        at all no draw rises, and nothing has fallen either."""
        return max(self.higher, self.lower) >= SURE

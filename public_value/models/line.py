"""What one declaration did to a score."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from commons.constraints import one_of
from public_value.methodology import EVIDENCE_LEVELS
from public_value.models.score import BY_SCORE, Scenario, Score
from public_value.models.standing import stands_still

USUAL_COST = (0.2, 5)
"""Between how many times the reference of its share of the work the cost of an own system is not asked about (AG-7)."""
CASE = (
    *("case_modelled", "case_cost", "case_shared_cost", "case_start"),
    *(f"case_{what}_{scenario}" for what in ("annual", "npv") for scenario in Scenario.values),
)
"""Fields of a line that stand together or not at all."""


class RowKind(models.TextChoices):
    """What a declaration is to the index: an adoption of a component that is not shared is a duplicate."""

    ADOPTION = "adoption", "Uses a shared component"
    DUPLICATE = "duplicate", "Runs its own"
    EXEMPT = "exempt", "Runs its own, exempt"
    LEFT_OUT = "left_out", "Not counted"


class ScoreLine(models.Model):
    """What one declaration did to a score. Over all lines of a score, points sum to its contributions S, N and O.

    The `case_` fields say what a shared component in place of a duplicate would save: on none but duplicates, and blank
    where no shared component states a price. Its steady saving and value are in three scenarios.

    `evidence` to `ends_soon` are what else the arithmetic read, so that a what-if can repeat it when the declaration
    and its component have changed. `evidence` is blank on what was not counted.
    """

    score = models.ForeignKey(Score, models.CASCADE, related_name="lines", db_index=False)
    declaration = models.ForeignKey("registry.Declaration", models.PROTECT, related_name="+", db_index=False)
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=RowKind)
    envelope = models.FloatField(default=0, help_text="Reference cost of the function for this body, £ a year.")
    share = models.FloatField(default=0, help_text="Of the function's work, after scaling.")
    freshness = models.FloatField(default=0)
    cost = models.FloatField(null=True, help_text="Declared cost in base-year £.")
    relieved = models.BooleanField(default=False, help_text="Half its cost is passed over: it is about to move.")
    evidence = models.CharField(max_length=2, blank=True, help_text="Blank: not counted, or kept before what-ifs were.")
    pilot = models.BooleanField(default=False)
    published = models.BooleanField(default=False)
    openness = models.FloatField(default=0, help_text="Of the component, 0 to 1.")
    volume = models.FloatField(default=0, help_text="Of the function in this body, transactions a year.")
    ends_soon = models.BooleanField(default=False, help_text="Its cost is halved as soon as the body begins to move.")
    points_S = models.FloatField(default=0)
    points_N = models.FloatField(default=0)
    points_O = models.FloatField(default=0)
    reasons = ArrayField(models.CharField(max_length=40), default=list, help_text="Why it counts less, or not.")
    case_component = models.ForeignKey(
        "catalogue.Component", models.PROTECT, null=True, related_name="+", db_index=False, help_text="The cheapest."
    )
    case_modelled = models.BooleanField(null=True, help_text="Its cost or its share is assumed.")
    case_cost = models.FloatField(null=True, help_text="What it costs now, £ a year.")
    case_shared_cost = models.FloatField(null=True, help_text="What the shared component would cost, £ a year.")
    case_start = models.PositiveSmallIntegerField(null=True, help_text="Years until the move can begin.")
    case_annual_low = models.FloatField(null=True, help_text="Steady saving, £ a year; 0: no saving case.")
    case_annual_central = models.FloatField(null=True)
    case_annual_high = models.FloatField(null=True)
    case_npv_low = models.FloatField(null=True, help_text="Net present value over the horizon, £.")
    case_npv_central = models.FloatField(null=True)
    case_npv_high = models.FloatField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["function"], condition=Q(kind=RowKind.DUPLICATE), name="score_line_own_by_function"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["score", "declaration"], name="score_line_once"),
            models.CheckConstraint(condition=one_of("kind", RowKind), name="score_line_kind_is_known"),
            models.CheckConstraint(
                condition=Q(evidence="") | Q(evidence__in=EVIDENCE_LEVELS), name="score_line_evidence_is_known"
            ),
            models.CheckConstraint(
                condition=Q(**{f"{field}__isnull": True for field in (*CASE, "case_component")})
                | Q(kind=RowKind.DUPLICATE, **{f"{field}__isnull": False for field in (*CASE, "case_component")}),
                name="score_line_case_is_whole",
            ),
        ]
        triggers = stands_still("score_line_stands", **BY_SCORE)

    def __str__(self) -> str:
        return f"{self.declaration} in {self.score}"

    @property
    def cost_is_unusual(self) -> bool:
        """Whether the stated cost of an own system is to be asked about, whatever its evidence (AG-7)."""
        reference = self.envelope * self.share
        if self.kind not in (RowKind.DUPLICATE, RowKind.EXEMPT) or self.cost is None or reference <= 0:
            return False
        low, high = (times * reference for times in USUAL_COST)
        return not low <= self.cost <= high

"""What follows for one organisation in one edition."""

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from commons.constraints import one_of
from public_value.methodology import DIMENSIONS, ENOUGH_PEERS, Parameters, euler_parts
from public_value.models.reply import HeldChange
from public_value.models.standing import stands_still

# How `stands_still` ties a row to its edition by way of its score.
BY_SCORE = {
    "of": "edition.id = score.edition_id",
    "join": "JOIN public_value_score score ON score.id = changed.score_id",
}


class PublishedAs(models.TextChoices):
    """The gate that every public face obeys (method 1.10)."""

    SCORE = "score", "Score"
    BAND = "band", "Band only"
    NOT_PUBLISHED = "not_published", "No number"


class SavingBasis(models.TextChoices):
    """What a saving rests on. The two are never added to each other."""

    DECLARED = "declared", "Declared cost and share"
    MODELLED = "modelled", "Cost or share assumed"


class Scenario(models.TextChoices):
    LOW = "low", "Low"
    CENTRAL = "central", "Central"
    HIGH = "high", "High"


SHOWN_RANK = ("rank_group", "rank_members", "shown_rank_low", "shown_rank_high")
"""Fields of a score that stand together or not at all."""


class ScoreQuerySet(models.QuerySet):
    def of(self, edition):
        return self.filter(edition=edition)

    def listed(self):
        """Those of bodies that existed on the edition's day: others are in the arithmetic, and in no list. Each says in
        `held` whether it is held for review."""
        waiting = HeldChange.objects.waiting().filter(
            edition=OuterRef("edition"), organisation=OuterRef("organisation")
        )
        return self.filter(existed=True).annotate(held=Exists(waiting))

    def scored(self):
        return self.filter(pvi__isnull=False)

    def published(self):
        """What may be shown with a number: a score, or a band."""
        return self.exclude(published_as=PublishedAs.NOT_PUBLISHED)

    def beside(self, score: "Score"):
        """The scores that are shown, the given one's among them, of the group that its place is in; of its own peer
        group where it has none."""
        shown = self.of(score.edition_id).listed().filter(published_as=PublishedAs.SCORE, held=False)
        if score.rank_group_id in (None, score.peer_group_id):
            return shown.filter(peer_group=score.peer_group_id)
        return shown.filter(peer_group__slug__in=score.edition.kinds_within(score.rank_group.slug))


class Score(models.Model):
    """The index of one organisation in one edition; every figure is NULL where there is no envelope to measure against.

    Indicators and shares run from 0 to 1, scores and contributions are points, money is base-year £ a year.
    """

    edition = models.ForeignKey("public_value.Edition", models.CASCADE, related_name="scores", db_index=False)
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="scores")
    peer_group = models.ForeignKey("catalogue.PeerGroup", models.PROTECT, null=True, related_name="+")
    driver = models.FloatField(null=True)
    frontline = models.FloatField(null=True)
    admin = models.FloatField(null=True)
    reuse = models.FloatField()
    contribution_units = models.FloatField()
    S = models.FloatField("standardisation", null=True)
    R = models.FloatField("relief of duplicates", null=True)
    N = models.FloatField("duplication avoided", null=True)
    F = models.FloatField("front-line focus", null=True)
    C = models.FloatField("commons", null=True)
    O = models.FloatField("openness", null=True)  # noqa: E741 (the method's letter)
    frontline_stated = models.BooleanField(default=False)
    xi = models.FloatField("exemption factor", null=True)
    den = models.FloatField("denominator", null=True)
    K = models.FloatField("completeness", null=True)
    V = models.FloatField("verification", null=True)
    T = models.FloatField("timeliness", null=True)
    pvi = models.FloatField(null=True)
    pvi_peer_imputed = models.FloatField(null=True)
    pvi_max = models.FloatField(null=True)
    arithmetic = models.FloatField(null=True)
    balance_penalty = models.FloatField(null=True)
    contribution_S = models.FloatField(null=True)
    contribution_N = models.FloatField(null=True)
    contribution_F = models.FloatField(null=True)
    contribution_C = models.FloatField(null=True)
    contribution_O = models.FloatField(null=True)
    p5 = models.FloatField(null=True)
    p50 = models.FloatField(null=True)
    p95 = models.FloatField(null=True)
    existed = models.BooleanField(help_text="It had begun on the edition's day, and not ended: it is in lists.")
    rank_low = models.PositiveIntegerField(null=True, help_text="In its own peer group, however small: never shown.")
    rank_high = models.PositiveIntegerField(null=True)
    rank_group = models.ForeignKey(
        "catalogue.PeerGroup",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Of what is shown.",
    )
    rank_members = models.PositiveIntegerField(null=True, help_text="Scores that the shown rank is among.")
    shown_rank_low = models.PositiveIntegerField(null=True)
    shown_rank_high = models.PositiveIntegerField(null=True)
    grade = models.CharField(max_length=1)
    published_as = models.CharField(max_length=20, choices=PublishedAs)
    missing = ArrayField(models.CharField(max_length=40), default=list, help_text="What keeps it from a score.")
    own_cost = models.FloatField(null=True, help_text="Declared cost of its own systems that count, £ a year.")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="score_once_an_edition"),
            models.CheckConstraint(condition=Q(grade__in="ABCDE"), name="score_grade_is_known"),
            models.CheckConstraint(condition=one_of("published_as", PublishedAs), name="score_face_is_known"),
            models.CheckConstraint(
                condition=Q(pvi__isnull=False) | Q(published_as=PublishedAs.NOT_PUBLISHED),
                name="score_shown_only_where_computed",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{field}__isnull": True for field in SHOWN_RANK})
                | Q(
                    **{f"{field}__isnull": False for field in SHOWN_RANK},
                    shown_rank_low__gte=1,
                    shown_rank_low__lte=F("shown_rank_high"),
                    shown_rank_high__lte=F("rank_members"),
                    rank_members__gte=ENOUGH_PEERS,
                ),
                name="score_shown_rank_is_whole",
            ),
        ]
        triggers = stands_still("score_stands", "edition.id = changed.edition_id")

    def __str__(self) -> str:
        return f"{self.organisation} in {self.edition}"

    def contribution(self, dimension: str) -> float | None:
        """Points that a dimension (S, N, F, C or O) adds."""
        return getattr(self, f"contribution_{dimension}")

    @property
    def euler(self) -> list[float]:
        """What each dimension gives to the score, points, in the order of DIMENSIONS; they sum to it (1.14)."""
        x = np.array([[getattr(self, name) for name in DIMENSIONS]])
        parameters = Parameters.from_json(self.edition.parameters)
        return euler_parts(parameters, x, np.array([self.pvi]))[0].tolist()


class ScoreDraws(models.Model):
    """The draws of what gets a score, so that ranks and comparisons need no redraw: points in little-endian float32."""

    score = models.OneToOneField(Score, models.CASCADE, primary_key=True, related_name="drawn")
    points = models.BinaryField()

    class Meta:
        verbose_name_plural = "score draws"
        triggers = stands_still("score_draws_stands", **BY_SCORE)

    def __str__(self) -> str:
        return f"Draws of {self.score}"


class ScoreSaving(models.Model):
    """What one organisation could save by sharing, in one scenario: the sum over the cases of its lines.

    There is none where no line of the basis has a case to work out. Base-year £; `npv10` may be negative. `contracted`
    is the saving in functions for which the body has stated that it plans, tries or partly uses a shared component.
    """

    score = models.ForeignKey(Score, models.CASCADE, related_name="savings", db_index=False)
    basis = models.CharField(max_length=20, choices=SavingBasis)
    scenario = models.CharField(max_length=20, choices=Scenario)
    annual = models.FloatField(help_text="Steady saving, £ a year.")
    npv10 = models.FloatField(help_text="Net present value over the horizon, £.")
    contracted = models.FloatField(
        null=True, help_text="Part of `annual` whose move has begun, £ a year; null: kept before that was told apart."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["score", "basis", "scenario"], name="score_saving_once"),
            models.CheckConstraint(condition=one_of("basis", SavingBasis), name="score_saving_basis_is_known"),
            models.CheckConstraint(condition=one_of("scenario", Scenario), name="score_saving_scenario_is_known"),
            models.CheckConstraint(condition=Q(annual__gte=0), name="score_saving_annual_not_negative"),
        ]
        triggers = stands_still("score_saving_stands", **BY_SCORE)

    def __str__(self) -> str:
        return f"{self.score}: {self.basis}, {self.scenario}"

"""A frozen, dated calculation of the index, and everything that is needed to explain it to the last line."""

from django.db import models
from django.db.models import F, Q

from commons.constraints import one_of

LABEL = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


class EditionState(models.TextChoices):
    COMPUTED = "computed", "Computed"
    PUBLISHED = "published", "Published"


class EditionQuerySet(models.QuerySet):
    def listed(self):
        """What everybody may read, latest snapshot first. Each organisation's gate still holds within it."""
        return self.filter(state__in=[EditionState.COMPUTED, EditionState.PUBLISHED]).order_by("-snapshot_date", "-id")


class Edition(models.Model):
    """One calculation of all figures at a snapshot date. `parameters` is the method's file, character for character."""

    label = models.CharField(max_length=60, unique=True, help_text="Its name, and the seed of its random streams.")
    snapshot_date = models.DateField()
    state = models.CharField(max_length=20, choices=EditionState, default=EditionState.COMPUTED)
    method_version = models.CharField(max_length=40)
    parameters = models.TextField()
    params_hash = models.CharField(max_length=64)
    snapshot_hash = models.CharField(max_length=64)
    seed = models.CharField(max_length=60)
    draws = models.PositiveIntegerField()
    benchmark_edition = models.CharField(max_length=60, blank=True)
    base_financial_year = models.CharField(max_length=7, blank=True)
    code_version = models.CharField(max_length=60, blank=True)
    function_figures = models.JSONField(default=dict, help_text="By function: what is shared, and how concentrated.")
    peer_groups = models.JSONField(default=dict, help_text="By peer group: its label, unit, goalposts and means.")
    money = models.JSONField(
        default=dict,
        help_text="What amounts are read by: country, currency, prices of each year, front-line posts. "
        "Empty: calculated before savings were.",
    )
    robustness = models.JSONField(default=dict, help_text="What each part weighs in fact, and orders under other sums.")
    note = models.TextField(blank=True)
    started_at = models.DateTimeField()
    computed_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-snapshot_date", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(label__regex=LABEL), name="edition_label_is_plain"),
            models.CheckConstraint(condition=one_of("state", EditionState), name="edition_state_is_known"),
            models.CheckConstraint(condition=Q(draws__gt=0), name="edition_draws_positive"),
            models.CheckConstraint(condition=Q(started_at__lte=F("computed_at")), name="edition_times_in_order"),
        ]

    def __str__(self) -> str:
        return self.label


class EditionFunction(models.Model):
    """Whether a function counts for a peer group in an edition, at which reference, or why it does not."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="functions")
    peer_group = models.ForeignKey("catalogue.PeerGroup", models.PROTECT, related_name="+", db_index=False)
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="+", db_index=False)
    evolution = models.CharField(max_length=20, blank=True)
    ref_cost_per_driver = models.FloatField(null=True)
    ref_volume_per_driver = models.FloatField(null=True)
    reason = models.CharField(max_length=40, blank=True, help_text="Blank: it counts.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "peer_group", "function"], name="edition_function_once"),
        ]

    def __str__(self) -> str:
        return f"{self.function} for {self.peer_group} in {self.edition}"

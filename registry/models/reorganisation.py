"""Bodies that merge, split, are renamed, end or begin: planned with a date, seconded, and carried out on that day."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from commons.constraints import SLUG, at_least_zero, keep_history, one_of


class ReorganisationKind(models.TextChoices):
    MERGE = "merge", "Several become one"
    SPLIT = "split", "One becomes several"
    REDRAW = "redraw", "Several become several others"
    RENAME = "rename", "A body gets another name"
    ABOLISH = "abolish", "A body ends and nobody goes on with its work"
    CREATE = "create", "A body begins and takes over from nobody"


class ReorganisationState(models.TextChoices):
    """Not a column: it follows from the acts (`Reorganisation.state`)."""

    PLANNED = "planned", "Planned, not seconded yet"
    SECONDED = "seconded", "Planned and seconded"
    CARRIED_OUT = "carried_out", "Carried out"
    CANCELLED = "cancelled", "Cancelled"


STATES = {
    ReorganisationState.CANCELLED: Q(cancelled_in__isnull=False),
    ReorganisationState.CARRIED_OUT: Q(carried_out_in__isnull=False),
    ReorganisationState.SECONDED: Q(seconded_in__isnull=False, carried_out_in=None, cancelled_in=None),
    ReorganisationState.PLANNED: Q(seconded_in=None, carried_out_in=None, cancelled_in=None),
}


class ReorganisationQuerySet(models.QuerySet):
    def standing(self):
        """All that nobody cancelled: planned or carried out."""
        return self.filter(cancelled_in=None)

    def open(self):
        """What is still to be carried out."""
        return self.filter(cancelled_in=None, carried_out_in=None)

    def due(self, on: date):
        """Seconded, and its day has come: also where it came long ago."""
        return self.open().filter(seconded_in__isnull=False, vesting_day__lte=on)

    def with_state(self):
        """Annotates `said_state`, one of ReorganisationState."""
        cases = [models.When(condition, then=models.Value(state.value)) for state, condition in STATES.items()]
        return self.annotate(said_state=models.Case(*cases, output_field=models.CharField()))


@keep_history(exclude=["problem", "tried_at"])
class Reorganisation(models.Model):
    """A planned act on bodies. `planned_in` is the act that last said what is planned; each change asks for another
    second. `problem` says why it could not be carried out when that was last tried."""

    kind = models.CharField(max_length=20, choices=ReorganisationKind)
    area = models.CharField(max_length=200, help_text="What people call it: Exampleshire.")
    vesting_day = models.DateField(help_text="The first day of the bodies that are made.")
    source_url = models.TextField(blank=True, help_text="The order or law that says so.")
    planned_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+")
    seconded_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")
    carried_out_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="reorganisations"
    )
    outcome = models.JSONField(default=dict, blank=True, help_text="How much followed of what, once it is carried out.")
    tried_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        ordering = ["-vesting_day", "-id"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", ReorganisationKind), name="reorganisation_kind_is_known"),
            models.CheckConstraint(condition=~Q(area=""), name="reorganisation_has_an_area"),
            models.CheckConstraint(
                condition=Q(carried_out_in=None) | Q(seconded_in__isnull=False, cancelled_in=None),
                name="reorganisation_carried_out_was_seconded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.get_kind_display().lower()}, {self.vesting_day}"

    def get_absolute_url(self) -> str:
        return reverse("registry:reorganisation", args=[self.pk])

    @property
    def state(self) -> ReorganisationState:
        if self.cancelled_in_id:
            return ReorganisationState.CANCELLED
        if self.carried_out_in_id:
            return ReorganisationState.CARRIED_OUT
        return ReorganisationState.SECONDED if self.seconded_in_id else ReorganisationState.PLANNED

    @property
    def is_open(self) -> bool:
        return self.cancelled_in_id is None and self.carried_out_in_id is None


@keep_history()
class Becoming(models.Model):
    """A body that a reorganisation leads to: one that is there (`organisation`), or one that it makes on its day.

    Of a body that is there only `name` is read, and only where it is renamed.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="becomings")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(
        "registry.Organisation", models.PROTECT, null=True, blank=True, related_name="becomings"
    )
    slug = models.SlugField(max_length=120, db_index=False)
    name = models.CharField(max_length=300)
    type = models.CharField(max_length=120, blank=True)
    peer_group = models.ForeignKey("catalogue.PeerGroup", models.PROTECT, null=True, blank=True, related_name="+")
    identifiers = ArrayField(models.CharField(max_length=261), default=list, blank=True, help_text="scheme:code")
    driver = models.DecimalField(null=True, blank=True, help_text="Size, in the peer group's unit.")
    homepage = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "number"], name="becoming_in_order"),
            models.UniqueConstraint(fields=["reorganisation", "slug"], name="becoming_named_once"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="becoming_slug_is_plain"),
            models.CheckConstraint(condition=~Q(name=""), name="becoming_has_a_name"),
            models.CheckConstraint(condition=at_least_zero("driver"), name="becoming_driver_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


@keep_history()
class Leaving(models.Model):
    """A body that a reorganisation begins with, and which ends unless it is among those that it becomes."""

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="leavings")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="leavings")
    to = models.ManyToManyField(Becoming, through="registry.Passing", related_name="leavings")

    class Meta:
        ordering = ["organisation__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "organisation"], name="leaving_named_once"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@keep_history()
class Passing(models.Model):
    """Work of a body passes to another. Of several, the `heir` gets what cannot be had by two."""

    leaving = models.ForeignKey(Leaving, models.CASCADE, related_name="passings")
    becoming = models.ForeignKey(Becoming, models.CASCADE, related_name="passings")
    heir = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leaving", "becoming"], name="passing_said_once"),
            models.UniqueConstraint(fields=["leaving"], condition=Q(heir=True), name="passing_has_one_heir"),
        ]

    def __str__(self) -> str:
        return f"{self.leaving} to {self.becoming}"


class Inheritance(models.Model):
    """A statement of a body stands for one of a predecessor. `Declaration.inherited_from` names the one it is like
    most; here are all that were made one."""

    heir = models.ForeignKey("registry.Declaration", models.PROTECT, related_name="origins")
    origin = models.ForeignKey("registry.Declaration", models.PROTECT, related_name="heirs")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["heir", "origin"], name="inheritance_said_once"),
            models.CheckConstraint(condition=~Q(heir=F("origin")), name="inheritance_is_from_another"),
        ]

    def __str__(self) -> str:
        return f"{self.heir_id} from {self.origin_id}"

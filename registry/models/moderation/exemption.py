"""Exemptions: a panel of three says that a body has good reason to run a system of its own (method, AG-8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from commons.constraints import keep_history, one_of
from registry.models.declaration import ExemptReason

SEATS, AGREEING = 3, 2
STEWARDS_SEAT = 1
"""The seat of whoever looks after a component for the function; the others are of bodies of the same kind."""


class ExemptionOutcome(models.TextChoices):
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Taken back"


class ExemptionQuerySet(models.QuerySet):
    def waiting(self):
        """Asked for, and the panel has not decided."""
        return self.filter(outcome="")


@keep_history()
class Exemption(models.Model):
    """A body asks that one of its own systems counts as exempt until a day. It is public from the beginning."""

    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="exemptions")
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="exemptions")
    system = models.CharField(max_length=300, help_text="As the body's statement names it to everybody.")
    reason = models.CharField(max_length=20, choices=ExemptReason)
    text = models.TextField()
    evidence_url = models.TextField()
    until = models.DateField()
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")
    asked_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, choices=ExemptionOutcome, blank=True)
    decided_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "function", "system"], condition=Q(outcome=""), name="exemption_waits_once"
            ),
            models.CheckConstraint(condition=one_of("reason", ExemptReason), name="exemption_reason_is_known"),
            models.CheckConstraint(
                condition=one_of("outcome", ExemptionOutcome, blank=True), name="exemption_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_in=None) | (~Q(outcome="") & Q(decided_in__isnull=False)),
                name="exemption_decided_in_an_act",
            ),
            models.CheckConstraint(
                condition=~Q(system="") & ~Q(text="") & ~Q(evidence_url=""), name="exemption_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.system} for {self.function}"

    def get_absolute_url(self) -> str:
        return reverse("registry:exemption", args=[self.pk])


@keep_history()
class PanelSeat(models.Model):
    """One of the three who decide. Whom the seat is of, and what they say and why, is public; the person's name is not.

    `group` is the body's affiliation group: of one group, and of the asking body's, there is one voice at most (AG-10).
    """

    exemption = models.ForeignKey(Exemption, models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    group = models.CharField(max_length=120)
    as_steward = models.BooleanField(help_text="It looks after a component for the function.")
    taken_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    grants = models.BooleanField(null=True, blank=True, help_text="Blank: has not voted yet.")
    reason = models.TextField(blank=True)
    voted_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["exemption", "number"], name="panel_seat_taken_once"),
            models.UniqueConstraint(fields=["exemption", "person"], name="panel_seat_one_a_person"),
            models.UniqueConstraint(fields=["exemption", "group"], name="panel_seat_one_a_group"),
            models.CheckConstraint(condition=Q(number__range=(1, SEATS)), name="panel_seat_is_one_of_three"),
            models.CheckConstraint(
                condition=Q(grants=None, reason="", voted_in=None)
                | (Q(grants__isnull=False, voted_in__isnull=False) & ~Q(reason="")),
                name="panel_seat_votes_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.exemption}"

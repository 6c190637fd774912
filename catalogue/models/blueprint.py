"""Patterns of public services: what steps a service has, and which functions could do the work of each."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q

from catalogue.models.component import Component, ComponentKind, Lifecycle
from commons.constraints import SLUG, at_least_zero, keep_history, one_of


class ServiceKind(models.TextChoices):
    """What a resident wants when using the service."""

    PERMISSION = "permission", "Get permission"
    REPORT = "report", "Report something"
    BOOKING = "booking", "Book something"
    REGISTRATION = "registration", "Register something"
    SUPPORT = "support", "Get money or help"


class Verb(models.TextChoices):
    """What happens in a step."""

    INFORM = "inform", "Find out"
    APPLY = "apply", "Apply"
    REPORT = "report", "Report"
    IDENTIFY = "identify", "Prove who you are"
    CHECK = "check", "Check"
    DECIDE = "decide", "Decide"
    PAY = "pay", "Pay"
    PAY_OUT = "pay_out", "Pay out"
    BOOK = "book", "Book"
    DO = "do", "Do the work"
    NOTIFY = "notify", "Notify"
    ISSUE = "issue", "Issue"
    RECORD = "record", "Record"
    PUBLISH = "publish", "Publish"


@keep_history()
class Blueprint(models.Model):
    """A pattern that services of one kind share, whoever runs them. Each transaction of `function` is one case."""

    slug = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=ServiceKind, blank=True)
    summary = models.TextField(blank=True)
    function = models.ForeignKey(
        "catalogue.Function",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="blueprints",
        help_text="What the whole service does: a body's transactions for it are the cases of a year.",
    )
    source = models.TextField(blank=True, help_text="Where this pattern comes from.")

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="blueprint_slug_is_plain"),
            models.CheckConstraint(condition=one_of("kind", ServiceKind, blank=True), name="blueprint_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


@keep_history()
class Step(models.Model):
    """What happens at one point of a service. Steps with the same number are taken side by side."""

    slug = models.CharField(max_length=120, unique=True)
    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=20, choices=Verb)
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["number", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="step_slug_is_plain"),
            models.CheckConstraint(condition=one_of("verb", Verb), name="step_verb_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class SlotQuerySet(models.QuerySet):
    def unfilled(self):
        """Those that no listed component could fill. What is retired fills nothing: nobody can take it up."""
        wanted = ExpressionWrapper(OuterRef("kinds"), output_field=ArrayField(models.CharField()))
        offered = Component.objects.listed().exclude(lifecycle=Lifecycle.RETIRED)
        serving = offered.filter(functions__slots=OuterRef("pk")).alias(wanted=wanted)
        return self.exclude(Exists(serving.filter(Q(wanted=[]) | Q(wanted__contains=[F("kind")]))))


@keep_history()
class Slot(models.Model):
    """The place in a step that one component fills: any that serves one of its functions and is of its kinds."""

    slug = models.CharField(max_length=120, unique=True)
    step = models.ForeignKey(Step, models.CASCADE, related_name="slots")
    name = models.CharField(max_length=300)
    functions = models.ManyToManyField("catalogue.Function", related_name="slots", blank=True)
    required = models.BooleanField(default=True)
    kinds = ArrayField(
        models.CharField(max_length=20, choices=ComponentKind), default=list, blank=True, help_text="None: any kind."
    )
    uses_low = models.DecimalField(null=True, blank=True, help_text="How often a case uses it, at least.")
    uses_high = models.DecimalField(null=True, blank=True, help_text="How often a case uses it, at most.")

    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="slot_slug_is_plain"),
            models.CheckConstraint(condition=Q(kinds__contained_by=ComponentKind.values), name="slot_kinds_are_known"),
            models.CheckConstraint(condition=at_least_zero("uses_low"), name="slot_uses_not_negative"),
            models.CheckConstraint(
                condition=Q(uses_low=None, uses_high=None)
                | Q(uses_low__isnull=False, uses_high__isnull=False, uses_low__lte=F("uses_high")),
                name="slot_uses_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def candidates(self):
        """The listed components that could fill it."""
        serving = Component.objects.listed().filter(functions__in=self.functions.all()).distinct()
        return serving.filter(kind__in=self.kinds) if self.kinds else serving

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from catalogue.models import Component, Lifecycle
from commons.constraints import FINANCIAL_YEAR, at_least_zero, one_of


class DeclarationKind(models.TextChoices):
    ADOPTION = "adoption", "Uses a shared component"
    DUPLICATE = "duplicate", "Runs its own system"
    NOT_RESPONSIBLE = "not_responsible", "Not responsible"
    NOT_SURE = "not_sure", "Not sure"


class Stage(models.TextChoices):
    PLANNED = "planned", "Planned"
    PILOT = "pilot", "Pilot"
    PARTIAL = "partial", "Partial"
    LIVE = "live", "Live"
    RETIRED = "retired", "Stopped"


class Evidence(models.TextChoices):
    """How far a statement is more than its body's word. How each is earned and lost: docs/evidence.md."""

    E0 = "E0", "Declared"
    E1 = "E1", "Evidence published"
    E2 = "E2", "Attested"
    E3 = "E3", "Measured"


class ExemptReason(models.TextChoices):
    LAW = "law", "Law"
    SAFETY = "safety", "Safety"
    ACCESSIBILITY = "accessibility", "Accessibility"
    SECURITY = "security", "Security"
    UNECONOMIC = "uneconomic", "Uneconomic"


class Why(models.TextChoices):
    """Why a body does not use what is shared: what those who look after it can do something about."""

    NOT_SUITABLE = "not_suitable", "It does not suit us"
    CONTRACT = "contract", "Our contract runs on"
    DID_NOT_KNOW = "did_not_know", "We did not know of it"
    BETTER = "better", "Ours is better"


EXPIRES_AFTER = timedelta(days=1095)
DUE_AFTER = timedelta(days=90)
"""What was confirmed longer ago is asked about this quarter."""
STAGES_IN_USE = (Stage.PILOT, Stage.PARTIAL, Stage.LIVE)
ADOPTION, DUPLICATE = Q(kind=DeclarationKind.ADOPTION), Q(kind=DeclarationKind.DUPLICATE)
STOPPED = Q(kind=DeclarationKind.ADOPTION, stage=Stage.RETIRED)
CURRENT = Q(superseded_in=None)
COUNTS_AS_ADOPTER = Q(stage__in=[Stage.PARTIAL, Stage.LIVE], evidence__in=[Evidence.E2, Evidence.E3])


class DeclarationQuerySet(models.QuerySet):
    def current(self):
        """What is said now: nothing that a later statement superseded."""
        return self.filter(CURRENT)

    def listed(self):
        """What the public may see: nothing about a draft, which would tell that it exists."""
        return self.exclude(component__in=Component.objects.filter(lifecycle=Lifecycle.DRAFT))

    def adoptions(self):
        return self.filter(ADOPTION)

    def duplicates(self):
        """Systems that a body runs itself."""
        return self.filter(DUPLICATE)

    def in_use(self):
        """Adoptions that run today, on trial or in part included; planned and stopped ones are not."""
        return self.filter(ADOPTION, stage__in=STAGES_IN_USE)

    def fresh(self, on: date):
        """Confirmed in the 1,095 days before `on`. What is older, or was never confirmed, is in no figure."""
        return self.filter(confirmed__gte=on - EXPIRES_AFTER)

    def to_confirm(self, on: date):
        """What is asked about this quarter. What stopped needs no confirming."""
        old = Q(confirmed=None) | Q(confirmed__lt=on - DUE_AFTER)
        return self.filter(old | Q(inherited_from__isnull=False)).exclude(stage=Stage.RETIRED)

    def counting(self, on: date):
        """Fresh, and of a body that exists on that day: one that has ended is counted in its successor, if at all."""
        begun = Q(organisation__start=None) | Q(organisation__start__lte=on)
        lasting = Q(organisation__end=None) | Q(organisation__end__gt=on)
        return self.fresh(on).filter(begun & lasting)


class Declaration(models.Model):
    """What a body says about itself and one function: which component it uses, or which system of its own it runs.

    Never edited: a change is a new row, and the old one keeps its place in history through `superseded_in`.
    """

    kind = models.CharField(max_length=20, choices=DeclarationKind)
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="declarations")
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="declarations")
    component = models.ForeignKey(
        "catalogue.Component", models.PROTECT, null=True, blank=True, related_name="declarations"
    )
    system = models.CharField(max_length=300, blank=True)
    supplier = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    coverage = models.FloatField(null=True, blank=True, help_text="Part of the function's work that it does, 0 to 1.")
    transactions = models.FloatField(null=True, blank=True, help_text="A year.")
    annual_cost = models.DecimalField(null=True, blank=True)
    price_fy = models.CharField("price year", max_length=7, blank=True)
    since = models.DateField(null=True, blank=True)
    contract_end = models.DateField(null=True, blank=True)
    contract_slips = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How often the end of the contract moved later in the last 24 months."
    )
    confirmed = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=2, choices=Evidence, blank=True)
    published = models.BooleanField(null=True, blank=True, help_text="Its complete open-book record is public.")
    exempt_until = models.DateField(null=True, blank=True)
    exempt_reason = models.CharField(max_length=20, choices=ExemptReason, blank=True)
    why = models.CharField(max_length=20, choices=Why, blank=True, help_text="Why a shared component is not used.")
    reason = models.TextField(blank=True, help_text="The same in the body's own words.")
    contact = models.CharField(max_length=300, blank=True, help_text="Whom other bodies may ask. In no pack.")
    source_url = models.TextField(blank=True)
    inherited_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="The statement of a predecessor that it stands for, until the body has confirmed it for itself.",
    )
    recorded_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="recorded", db_index=False)
    superseded_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="superseded", db_index=False
    )

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("component", condition=CURRENT, name="declaration_by_component"),
            models.Index("function", "kind", condition=CURRENT, name="declaration_by_function"),
            # Independent adopters are counted from the index alone, also of a component that a country uses.
            models.Index(
                fields=["component"],
                include=["organisation", "function", "evidence", "since", "confirmed"],
                condition=ADOPTION & CURRENT & COUNTS_AS_ADOPTER,
                name="declaration_adopters",
            ),
            # Few adoptions stop: what stopped since an edition's day is found without reading all that run.
            models.Index(
                fields=["organisation"],
                include=["since", "recorded_in"],
                condition=STOPPED & CURRENT,
                name="declaration_stopped",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "organisation", "function", "component", condition=ADOPTION & CURRENT, name="adoption_current_once"
            ),
            models.UniqueConstraint(
                "organisation", "function", "system", condition=DUPLICATE & CURRENT, name="duplicate_current_once"
            ),
            models.UniqueConstraint(
                "organisation", "function", condition=~ADOPTION & ~DUPLICATE & CURRENT, name="answer_current_once"
            ),
            models.CheckConstraint(
                condition=(ADOPTION & Q(component__isnull=False, system="") & ~Q(stage=""))
                | (DUPLICATE & Q(component=None, stage="") & ~Q(system=""))
                | (~ADOPTION & ~DUPLICATE & Q(component=None, system="", stage="")),
                name="declaration_fits_its_kind",
            ),
            models.CheckConstraint(condition=one_of("kind", DeclarationKind), name="declaration_kind_is_known"),
            models.CheckConstraint(condition=one_of("stage", Stage, blank=True), name="declaration_stage_is_known"),
            models.CheckConstraint(condition=one_of("why", Why, blank=True), name="declaration_why_is_known"),
            models.CheckConstraint(
                condition=one_of("evidence", Evidence, blank=True), name="declaration_evidence_is_known"
            ),
            models.CheckConstraint(
                condition=one_of("exempt_reason", ExemptReason, blank=True), name="declaration_exempt_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(coverage=None) | Q(coverage__range=(0, 1)), name="declaration_coverage_is_a_share"
            ),
            models.CheckConstraint(
                condition=at_least_zero("transactions"), name="declaration_transactions_not_negative"
            ),
            models.CheckConstraint(condition=at_least_zero("annual_cost"), name="declaration_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(price_fy="") | Q(price_fy__regex=FINANCIAL_YEAR), name="declaration_price_year_is_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.component or self.system or self.get_kind_display()} for {self.function}"

    def is_due(self, on: date) -> bool:
        """As `to_confirm` has it."""
        old = self.confirmed is None or self.confirmed < on - DUE_AFTER
        return self.stage != Stage.RETIRED and (old or self.inherited_from_id is not None)

    def is_expired(self, on: date) -> bool:
        """As `fresh` has it not."""
        return self.confirmed is None or self.confirmed < on - EXPIRES_AFTER

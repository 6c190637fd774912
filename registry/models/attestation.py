from datetime import date, timedelta

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from commons.constraints import one_of
from registry.models.declaration import STAGES_IN_USE, Declaration, DeclarationKind
from registry.models.stewardship import Stewardship

ANSWER_WITHIN = timedelta(days=60)
ASK_AGAIN_AFTER = timedelta(days=90)


def group_of(body: str) -> Coalesce:
    """The group of the body at a path: what counts as one wherever independence is asked for (AG-10)."""
    return Coalesce(NullIf(f"{body}__affiliation_group", Value("")), f"{body}__slug")


class AttestationKind(models.TextChoices):
    USE = "use", "Use of a component"
    COST = "cost", "Cost of a system"


class AttestationState(models.TextChoices):
    ASKED = "asked", "Asked"
    ATTESTED = "attested", "Attested"
    DECLINED = "declined", "Declined by the steward"
    LAPSED = "lapsed", "Not answered by the steward"
    WITHDRAWN = "withdrawn", "Withdrawn"
    VOID = "void", "No longer so"


OPEN = (AttestationState.ASKED, AttestationState.ATTESTED)
STANDS, IS_OPEN = Q(state=AttestationState.ATTESTED), Q(state__in=OPEN)


class AttestationQuerySet(models.QuerySet):
    def standing(self):
        """Given, and neither withdrawn nor void."""
        return self.filter(STANDS)

    def open(self):
        return self.filter(IS_OPEN)

    def asked(self):
        return self.filter(state=AttestationState.ASKED)

    def of_use(self):
        return self.filter(kind=AttestationKind.USE)

    def asked_of(self, steward):
        """What this body may attest as a steward: never about itself, nor about bodies of its group (AG-2, AG-10)."""
        kept = Stewardship.objects.current().filter(organisation=steward).values("component")
        return (
            self.of_use()
            .filter(component__in=kept)
            .alias(group=group_of("organisation"))
            .exclude(group=steward.independence_group)
        )

    def given_by(self, steward):
        """What this body attested, or declined to; also as the heir of a body of its group."""
        return self.of_use().alias(group=group_of("steward")).filter(group=steward.independence_group)

    def overdue(self, on: date):
        return self.asked().filter(due_on__lt=on)

    def with_statement(self):
        """Each with `statement`, the id of what stands now of what it is about; None where nothing does."""
        same = Declaration.objects.current().filter(
            organisation=OuterRef("organisation"), function=OuterRef("function")
        )
        use = same.filter(
            kind=DeclarationKind.ADOPTION, component=OuterRef("component"), stage__in=STAGES_IN_USE
        ).values("pk")[:1]
        cost = same.filter(kind=DeclarationKind.DUPLICATE, system=OuterRef("system")).values("pk")[:1]
        return self.annotate(statement=Case(When(kind=AttestationKind.USE, then=Subquery(use)), default=Subquery(cost)))


class Attestation(models.Model):
    """Somebody else than who declares vouches for a statement: the component's steward for its use, or the body's own
    independent finance officer for what a system costs.

    It is of what is said (this body, for this function, uses this component), not of one row: it stands as long as the
    statement says the same. Asked, answered and ended; the row stays as history.
    """

    kind = models.CharField(max_length=10, choices=AttestationKind)
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="attestations")
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="+")
    component = models.ForeignKey(
        "catalogue.Component", models.PROTECT, null=True, blank=True, related_name="attestations"
    )
    system = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=AttestationState)
    steward = models.ForeignKey(
        "registry.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="given_attestations",
        help_text="Who answered: one of those that look after the component.",
    )
    asked_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    asked_on = models.DateField()
    due_on = models.DateField(help_text="The last day for an answer.")
    answered_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answered_on = models.DateField(null=True, blank=True)
    ended_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was declined or withdrawn. Public.")
    digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of the cost and the contract that were attested."
    )

    objects = AttestationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["component"], condition=IS_OPEN, name="attestation_open"),
            models.Index(fields=["steward", "answered_on"], name="attestation_given"),
            models.Index(fields=["due_on"], condition=Q(state="asked"), name="attestation_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "function",
                "component",
                "system",
                condition=IS_OPEN,
                nulls_distinct=False,
                name="attestation_open_once",
            ),
            models.CheckConstraint(condition=one_of("kind", AttestationKind), name="attestation_kind_is_known"),
            models.CheckConstraint(condition=one_of("state", AttestationState), name="attestation_state_is_known"),
            models.CheckConstraint(
                condition=Q(kind="use", component__isnull=False, system="")
                | Q(kind="cost", component=None, steward=None) & ~Q(system=""),
                name="attestation_names_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(steward=None) | ~Q(steward=F("organisation")), name="attestation_not_of_oneself"
            ),
            models.CheckConstraint(
                condition=Q(answered_in=None, answered_on=None, steward=None, state__in=["asked", "lapsed", "void"])
                | Q(answered_in__isnull=False, answered_on__isnull=False)
                & Q(state__in=["attested", "declined", "withdrawn", "void"])
                & (Q(kind="cost") | Q(steward__isnull=False)),
                name="attestation_answer_fits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "attested", "declined"], ended_in=None, ended_on=None)
                | Q(state__in=["lapsed", "withdrawn", "void"], ended_in__isnull=False, ended_on__isnull=False),
                name="attestation_end_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.component or self.system} for {self.function}"

    @property
    def subject(self) -> str:
        return str(self.component) if self.component else self.system


class AuditResult(models.TextChoices):
    PASSED = "passed", "Passed"
    FAILED = "failed", "Not confirmed"


class Audit(models.Model):
    """One of a steward's attestations of a year, drawn to be looked at by a moderator (AG-2)."""

    attestation = models.OneToOneField("registry.Attestation", models.PROTECT, related_name="audit")
    steward = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="audits")
    year = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64, help_text="SHA-256 of the list that was drawn from.")
    drawn_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    result = models.CharField(max_length=10, choices=AuditResult, blank=True)
    reason = models.TextField(blank=True)
    decided_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["result", "year", "steward__name", "pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("result", AuditResult, blank=True), name="audit_result_is_known"),
            models.CheckConstraint(
                condition=Q(result="", reason="", decided_in=None, decided_on=None)
                | Q(decided_in__isnull=False, decided_on__isnull=False) & ~Q(result="") & ~Q(reason=""),
                name="audit_decision_fits",
            ),
        ]
        indexes = [models.Index(fields=["steward", "decided_on"], condition=Q(result="failed"), name="audit_failed")]

    def __str__(self) -> str:
        return f"{self.attestation}, {self.year}"

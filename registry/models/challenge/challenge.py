import pgtrigger
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.db.models.lookups import IsNull
from django.urls import reverse

from catalogue.models import Component, Lifecycle
from commons.constraints import one_of

# Said aloud none is taken for another, and without vowels none makes a word.
LETTERS = "34679CDFGHJKMNPQRTVWXY"
REFERENCE = f"^[{LETTERS}]{{4}}-[{LETTERS}]{{4}}$"
LONGEST = 4_000  # characters of a text: a page's worth
LONGEST_ADDRESS = 2_000


class About(models.TextChoices):
    DECLARATION = "declaration", "A statement"
    MISSING = "missing", "Something missing"
    COMPONENT = "component", "A component’s description"
    ORGANISATION = "organisation", "A body’s record"
    PAYMENT = "payment", "A payment"


class ChallengeState(models.TextChoices):
    OPEN = "open", "To be answered"
    ASKED = "asked", "Asked for more"
    ESCALATED = "escalated", "With moderators"
    ANSWERED = "answered", "Answered"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ChallengeOutcome(models.TextChoices):
    CHANGED = "changed", "The record was changed"
    UPHELD = "upheld", "The moderators found it right"
    KEPT = "kept", "The record was kept"


UNDER_REVIEW = (ChallengeState.OPEN, ChallengeState.ASKED, ChallengeState.ESCALATED)
STANDING = Q(state__in=UNDER_REVIEW)
OUTCOMES = (
    Q(state=ChallengeState.ANSWERED, outcome__in=[ChallengeOutcome.CHANGED, ChallengeOutcome.KEPT])
    | Q(state=ChallengeState.DECIDED, outcome__in=[ChallengeOutcome.UPHELD, ChallengeOutcome.KEPT])
    | Q(state__in=[*UNDER_REVIEW, ChallengeState.WITHDRAWN], outcome="")
)
NEVER_CHANGE = [
    *(
        "reference",
        "about",
        "organisation",
        "function",
        "system",
        "declaration",
        "thing",
        "said",
        "claim",
        "claim_digest",
    ),
    *("evidence_url", "raised_on", "recorded_in"),
]
NO_STATEMENT = Q(declaration=None, system="")
SUBJECTS = (
    Q(about=About.DECLARATION, organisation__isnull=False, function__isnull=False, declaration__isnull=False)
    | (Q(about=About.MISSING, organisation__isnull=False, function__isnull=False, component=None) & NO_STATEMENT)
    | (Q(about=About.COMPONENT, organisation=None, function=None, component__isnull=False) & NO_STATEMENT)
    | (
        Q(about__in=[About.ORGANISATION, About.PAYMENT], organisation__isnull=False, function=None, component=None)
        & NO_STATEMENT
    )
)

# Deferred, so that a challenge and its step may be written in any order; on both tables, so that neither goes alone.
AS_THE_LAST_STEP_SAYS = """
    IF (SELECT state FROM registry_challenge WHERE id = {id}) IS DISTINCT FROM
       (SELECT state FROM registry_challengestep WHERE challenge_id = {id} ORDER BY id DESC LIMIT 1) THEN
        RAISE EXCEPTION 'The state of a challenge is what its last step says.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'challenge_state_is_of_its_last_step';
    END IF;
    RETURN NULL;
"""


def follows_its_steps(name: str, challenge: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func=AS_THE_LAST_STEP_SAYS.format(id=challenge),
    )


class ChallengeQuerySet(models.QuerySet):
    def listed(self):
        """What the public may see: nothing about a draft, which would tell that it exists."""
        return self.exclude(component__in=Component.objects.filter(lifecycle=Lifecycle.DRAFT))

    def standing(self):
        """Under review: nobody has settled them yet."""
        return self.filter(STANDING)


class Challenge(models.Model):
    """Somebody says that what is recorded of one thing is wrong, or that something is missing, and may show evidence.

    `organisation`, `function`, `component` and `system` say what it is about, so that a statement which is said anew
    stays under review. `declaration` is the row that was challenged, `said` what the record said then, in words.
    What was claimed never changes; `state`, `outcome` and the days follow from the last step.
    """

    reference = models.CharField(max_length=9, unique=True)
    about = models.CharField(max_length=20, choices=About)
    organisation = models.ForeignKey(
        "registry.Organisation", models.PROTECT, null=True, related_name="challenges", db_index=False
    )
    function = models.ForeignKey(
        "catalogue.Function", models.PROTECT, null=True, related_name="challenges", db_index=False
    )
    component = models.ForeignKey(
        "catalogue.Component", models.PROTECT, null=True, related_name="challenges", db_index=False
    )
    system = models.CharField(max_length=300, blank=True)
    declaration = models.ForeignKey("registry.Declaration", models.PROTECT, null=True, related_name="challenges")
    payment = models.ForeignKey(
        "registry.Payment", models.SET_NULL, null=True, related_name="challenges", help_text="Blank: it is gone."
    )
    thing = models.CharField(
        max_length=64, editable=False, help_text="The hash of what it is about, also where that is gone since."
    )
    said = models.TextField(blank=True, help_text="What the record said when it was challenged.")
    claim = models.TextField()
    claim_digest = models.CharField(max_length=64, editable=False, help_text="Of the claim without its spelling.")
    evidence_url = models.TextField(blank=True)
    raised_on = models.DateField()
    state = models.CharField(max_length=10, choices=ChallengeState, default=ChallengeState.OPEN)
    outcome = models.CharField(max_length=10, choices=ChallengeOutcome, blank=True)
    due_on = models.DateField(
        null=True, help_text="The last day for whoever’s turn it is; of a record that was kept, to ask the moderators."
    )
    ended_on = models.DateField(null=True)
    recorded_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_on", "-id"]
        indexes = [
            models.Index("raised_on", "id", name="challenge_by_day"),
            models.Index("organisation", "raised_on", name="challenge_by_organisation"),
            models.Index("function", name="challenge_by_function"),
            # What is under review is asked for each row of long lists, and is little.
            models.Index("organisation", "function", condition=STANDING, name="challenge_standing_of_body"),
            models.Index("component", condition=STANDING, name="challenge_standing_of_part"),
            models.Index("payment", condition=STANDING, name="challenge_standing_of_payment"),
            models.Index("due_on", condition=STANDING, name="challenge_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thing", "claim_digest"], condition=STANDING, name="challenge_stands_once"),
            models.CheckConstraint(condition=Q(reference__regex=REFERENCE), name="challenge_reference_can_be_said"),
            models.CheckConstraint(condition=SUBJECTS, name="challenge_fits_what_it_is_about"),
            models.CheckConstraint(condition=~Q(claim=""), name="challenge_claims_something"),
            models.CheckConstraint(condition=OUTCOMES, name="challenge_outcome_fits_its_state"),
            models.CheckConstraint(
                condition=Q(STANDING, ended_on=None, due_on__isnull=False) | (~STANDING & Q(ended_on__isnull=False)),
                name="challenge_ends_when_it_is_settled",
            ),
            models.CheckConstraint(condition=one_of("about", About), name="challenge_about_is_known"),
        ]
        triggers = [
            follows_its_steps("challenge_state_is_of_its_last_step", "NEW.id"),
            pgtrigger.Protect(name="challenge_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="challenge_claim_never_changes", fields=NEVER_CHANGE),
        ]

    def __str__(self) -> str:
        return f"Challenge {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("registry:challenge", args=[self.reference])

    @property
    def is_standing(self) -> bool:
        return self.state in UNDER_REVIEW


def of_declaration() -> Case:
    """Since when the statement of this row is under review, and the reference: {since, reference}, or None.

    Also where it was said anew since; what was said before it is not marked.
    """
    about = Challenge.objects.standing().filter(
        Q(component=OuterRef("component")) | Q(IsNull(OuterRef("component"), True), component=None),
        IsNull(OuterRef("superseded_in"), True),
        about=About.DECLARATION,
        organisation=OuterRef("organisation"),
        function=OuterRef("function"),
        system=OuterRef("system"),
    )
    return earliest(about, organisation__in=concerned(About.DECLARATION, "organisation"))


def of_row(about: About) -> Case:
    """The same of a row of the organisation's or the payment's own table."""
    of_it = Challenge.objects.standing().filter(about=about, **{about.value: OuterRef("pk")})
    return earliest(of_it, pk__in=concerned(about, about.value))


def concerned(about: About, field: str) -> ChallengeQuerySet:
    """What has any challenge at all: few. The database finds them once, and looks for no other row's."""
    return Challenge.objects.standing().filter(about=about, **{f"{field}__isnull": False}).values(field)


def earliest(challenges: ChallengeQuerySet, **where: ChallengeQuerySet) -> Case:
    first = challenges.order_by(F("raised_on"), F("pk"))
    told = Subquery(first.values(object=JSONObject(since="raised_on", reference="reference"))[:1])
    return Case(When(**where, then=told), output_field=models.JSONField())

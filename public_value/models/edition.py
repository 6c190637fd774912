"""A frozen, dated calculation of the index, and everything that is needed to explain it to the last line."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from commons.constraints import one_of
from commons.working_days import working_days
from public_value.methodology import within
from public_value.models.standing import STANDS, stands_still

LABEL = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


class EditionState(models.TextChoices):
    """In this order. A first revision goes through all of them; a correction needs no reply of its own."""

    COMPUTED = "computed", "Computed"
    REPLY = "reply", "Open for reply"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded by a correction"
    PREVIEW = "preview", "Live preview"


STANDING = [EditionState(state) for state in STANDS]
"""What is published stays as it is."""
LISTED = (EditionState.COMPUTED, EditionState.REPLY, EditionState.PUBLISHED)
"""Open to everybody; a correction only once it is published."""


class EditionQuerySet(models.QuerySet):
    def listed(self):
        """What everybody may read, latest snapshot first, one revision of each label: a correction takes the place of
        what it corrects when it is published. Each organisation's gate still holds within it."""
        counts = Q(revision=1) | Q(state=EditionState.PUBLISHED)
        return self.filter(counts, state__in=LISTED).order_by("-snapshot_date", "-id")

    def dated(self):
        """Calculations for a day, which stay as they are: all but the live preview."""
        return self.exclude(state=EditionState.PREVIEW)

    def published(self):
        return self.filter(state=EditionState.PUBLISHED)

    def standing(self):
        """What was published once, superseded or not: every revision stays readable."""
        return self.filter(state__in=STANDING)

    def labelled(self, label: str):
        """By label, however its letters are written."""
        return self.none() if "\x00" in label else self.filter(label__iexact=label)


# Of a published edition one thing may change: a correction supersedes it.
SUPERSEDES_ONLY = f"""
    IF OLD.state NOT IN {STANDS} THEN RETURN COALESCE(NEW, OLD); END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'superseded'
       AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'The edition % is published, and what is published stays.', OLD.label
        USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_stands';
"""


class Edition(models.Model):
    """One calculation of all figures at a snapshot date. `parameters` is the method's file, character for character.

    A published edition never changes. A correction is a further revision of the same label, with what was wrong.
    """

    label = models.CharField(max_length=60, help_text="Its name, and the seed of its random streams.")
    revision = models.PositiveSmallIntegerField(default=1)
    erratum = models.TextField(blank=True, help_text="What a correction corrects.")
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
    peer_groups = models.JSONField(default=dict, help_text="By peer group: its label, unit, parent, goalposts, means.")
    money = models.JSONField(
        default=dict,
        help_text="What amounts are read by: country, currency, prices of each year, front-line posts. "
        "Empty: calculated before savings were.",
    )
    compared_with = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The earlier edition that its trends begin at.",
    )
    realised_unpriced = models.PositiveIntegerField(
        null=True,
        help_text="Ended systems that are in no realised saving because their price year has no index. "
        "Null: calculated before realised savings were.",
    )
    robustness = models.JSONField(default=dict, help_text="What each part weighs in fact, and orders under other sums.")
    sensitivity = models.JSONField(default=dict, help_text="Which judgements move the scores most.")
    note = models.TextField(blank=True)
    started_at = models.DateTimeField()
    computed_at = models.DateTimeField()
    reply_from = models.DateField(null=True, blank=True, help_text="First day of the right of reply.")
    reply_until = models.DateField(null=True, blank=True, help_text="Last day of the right of reply.")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-snapshot_date", "-id"]
        constraints = [
            models.UniqueConstraint(Lower("label"), "revision", name="edition_revision_once_in_any_case"),
            models.UniqueConstraint(
                Lower("label"), condition=Q(state=EditionState.PUBLISHED), name="edition_one_published_revision"
            ),
            models.CheckConstraint(
                condition=Q(revision=1, erratum="") | Q(revision__gt=1) & ~Q(erratum=""),
                name="edition_correction_says_what",
            ),
            models.CheckConstraint(
                condition=Q(reply_from=None, reply_until=None) & ~Q(state=EditionState.REPLY)
                | Q(reply_from__lte=F("reply_until")),
                name="edition_reply_has_days",
            ),
            models.CheckConstraint(
                condition=Q(state__in=STANDING, published_at__isnull=False)
                | ~Q(state__in=STANDING) & Q(published_at=None),
                name="edition_published_has_a_time",
            ),
            models.CheckConstraint(condition=Q(label__regex=LABEL), name="edition_label_is_plain"),
            models.CheckConstraint(condition=one_of("state", EditionState), name="edition_state_is_known"),
            models.CheckConstraint(condition=Q(draws__gt=0), name="edition_draws_positive"),
            models.CheckConstraint(condition=Q(started_at__lte=F("computed_at")), name="edition_times_in_order"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="edition_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=SUPERSEDES_ONLY,
            )
        ]

    def __str__(self) -> str:
        return self.label if self.revision == 1 else f"{self.label}, revision {self.revision}"

    @property
    def stands(self) -> bool:
        """It was published once: nothing of it changes any more."""
        return self.state in STANDING

    @property
    def reply_working_days(self) -> int | None:
        """How many working days bodies have, or had, to reply; None where a right of reply was never opened."""
        if self.reply_from is None or self.reply_until is None:
            return None
        return working_days(self.reply_from, self.reply_until)

    @property
    def parents(self) -> dict[str, str | None]:
        """The parent of each peer group when it was calculated, by slug."""
        return {slug: group.get("parent") for slug, group in self.peer_groups.items()}

    def kinds_within(self, peer_group: str) -> frozenset[str]:
        """A peer group and all that were below it when it was calculated, by slug."""
        return within(peer_group, self.parents)


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
        triggers = stands_still("edition_function_stands", "edition.id = changed.edition_id")

    def __str__(self) -> str:
        return f"{self.function} for {self.peer_group} in {self.edition}"

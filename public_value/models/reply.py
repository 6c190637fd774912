"""What bodies say of an edition before it is published, and what is looked at again before it is shown."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q


class EditionCommentQuerySet(models.QuerySet):
    def about(self, label, revision):
        """What bodies said of a revision, and what they disputed of those that it corrects: a correction settles
        nothing by itself. Takes values or expressions."""
        earlier = Q(edition__revision__lt=revision, disputed=True, function__isnull=False)
        return self.filter(Q(edition__revision=revision) | earlier, edition__label=label)

    def of_score(self, score):
        """What the body said of its score, in the order in which it said so."""
        said = self.about(score.edition.label, score.edition.revision).filter(organisation=score.organisation_id)
        return said.select_related("function", "settlement")

    def pausing(self):
        """Disputes of one function that are not settled: what the function adds is not shown meanwhile (AG-17)."""
        return self.filter(disputed=True, function__isnull=False, settlement=None)


class EditionComment(models.Model):
    """A body's public comment, on its score as a whole or on one function of it. Never changed, and never deleted.

    A comment that disputes one function pauses what that function adds, until the dispute is settled (AG-17).
    """

    edition = models.ForeignKey("public_value.Edition", models.PROTECT, related_name="comments")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    function = models.ForeignKey(
        "catalogue.Function", models.PROTECT, null=True, blank=True, related_name="+", help_text="Blank: the whole."
    )
    text = models.TextField(help_text="Public, as it is written here.")
    disputed = models.BooleanField(default=False, help_text="The body says that the figure is wrong.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = EditionCommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="edition_comment_says_something")]
        triggers = [
            pgtrigger.Protect(name="edition_comment_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.edition}"

    @property
    def is_settled(self) -> bool:
        return hasattr(self, "settlement")

    @property
    def pauses(self) -> bool:
        """As `pausing` says of many."""
        return self.disputed and self.function_id is not None and not self.is_settled


class Settlement(models.Model):
    """How a dispute ended, in a note for everybody. Once for each dispute; never changed, and never deleted."""

    dispute = models.OneToOneField(EditionComment, models.PROTECT, related_name="settlement")
    note = models.TextField(help_text="Public: how the dispute was settled.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="settlement_says_something")]
        triggers = [pgtrigger.Protect(name="settlement_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Settled: {self.dispute}"


class HeldChangeQuerySet(models.QuerySet):
    def waiting(self):
        """Not reviewed yet: the body's figures are not shown."""
        return self.filter(reviewed_at=None)


class HeldChange(models.Model):
    """A score that moved more than 15 points since the last published edition: held until somebody has looked (AG-14).

    Written when the edition is published; reviewed once, with a note that is published beside the score.
    """

    edition = models.ForeignKey("public_value.Edition", models.PROTECT, related_name="held_changes")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    previous = models.ForeignKey("public_value.Edition", models.PROTECT, related_name="+")
    points = models.FloatField(help_text="The change, in points.")
    note = models.TextField(blank=True, help_text="Public: why the change is right.")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = HeldChangeQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="held_change_once"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, note="") | Q(reviewed_at__isnull=False) & ~Q(note=""),
                name="held_change_reviewed_with_a_note",
            ),
            models.CheckConstraint(condition=~Q(edition=F("previous")), name="held_change_between_two"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="held_change_reviewed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__reviewed_at__isnull=False),
            ),
            pgtrigger.Protect(name="held_change_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.edition}"

"""The live preview: which edition it is, what of it is still to be worked out, and whom a write made dirty."""

from django.db import models
from django.db.models import F, Q

BUILDING, CURRENT = Q(ready_at=None), Q(ready_at__isnull=False, replaced_at=None)


class PreviewQuerySet(models.QuerySet):
    def current(self):
        """The one that readers see: this is the pointer. None before the first is ready."""
        return self.filter(CURRENT)

    def building(self):
        """The one that workers are making, if any."""
        return self.filter(BUILDING)


class Preview(models.Model):
    """An edition that follows the registry, measured with the yardstick of `basis`, the latest dated edition.

    `basis` is NULL where there was none: then its yardstick is what the catalogue said when it was begun.
    """

    edition = models.OneToOneField("public_value.Edition", models.CASCADE, primary_key=True, related_name="preview")
    basis = models.ForeignKey("public_value.Edition", models.SET_NULL, null=True, related_name="+")
    job = models.ForeignKey("registry.Job", models.SET_NULL, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=BUILDING, name="preview_building_is_one"),
            models.UniqueConstraint(models.Value(1), condition=CURRENT, name="preview_current_is_one"),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(ready_at__lte=F("replaced_at")), name="preview_times_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.edition)


class PreviewChunk(models.Model):
    """A range of organisations of a preview that is being made: calculated and marked done in one transaction."""

    edition = models.ForeignKey("public_value.Edition", models.CASCADE, related_name="chunks", db_index=False)
    number = models.PositiveIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="preview_chunk_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="preview_chunk_in_order"),
        ]

    def __str__(self) -> str:
        return f"Chunk {self.number} of {self.edition}"


class PreviewRefusal(models.Model):
    """Why no preview can be made, for as long as that is so: the one row, gone when one is begun."""

    ONLY = 1

    sentence = models.TextField()
    since = models.DateTimeField(help_text="When it was first refused with this sentence.")
    logged_at = models.DateTimeField(help_text="When the log was last told.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="preview_refusal_is_one")]

    def __str__(self) -> str:
        return self.sentence


class RanksDue(models.Model):
    """A peer group of a preview that is to be ranked. A queue: the same group may stand in it many times."""

    edition = models.ForeignKey("public_value.Edition", models.CASCADE, related_name="ranks_due")
    peer_group = models.ForeignKey("catalogue.PeerGroup", models.CASCADE, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "ranks due"

    def __str__(self) -> str:
        return f"{self.peer_group} in {self.edition}"


class DirtyOrganisation(models.Model):
    """An organisation whose figures a write may have changed: a queue, written by triggers in the write's transaction.

    The same organisation may stand in it many times: were it unique, writers would wait for each other. It is no
    foreign key either, so that marking locks nothing and an organisation can go.
    """

    organisation = models.ForeignKey(
        "registry.Organisation", models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Organisation {self.organisation_id} since {self.at:%Y-%m-%d %H:%M:%S}"

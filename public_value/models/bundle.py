"""What is kept with an edition so that a stranger can check it: what was recorded, and everything in one file."""

from django.db import models
from django.db.models import Q

from public_value.models.standing import stands_still

_OF_EDITION = "edition.id = changed.edition_id"


class EditionSnapshot(models.Model):
    """The pack that an edition was computed from, as it was exported and hashed in that transaction.

    `drafts` says under which name each component that was not public yet stands in the pack.
    """

    edition = models.OneToOneField("public_value.Edition", models.CASCADE, primary_key=True, related_name="snapshot")
    content = models.BinaryField(help_text="A zip of the pack's files.")
    drafts = models.JSONField(default=dict)

    class Meta:
        triggers = stands_still("edition_snapshot_stands", _OF_EDITION)

    def __str__(self) -> str:
        return f"Snapshot of {self.edition}"


class EditionBundle(models.Model):
    """The open data of a published edition, written once, when it is published."""

    edition = models.OneToOneField("public_value.Edition", models.CASCADE, primary_key=True, related_name="bundle")
    content = models.BinaryField(help_text="A zip.")
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="edition_bundle_has_a_hash"),
        ]
        triggers = stands_still("edition_bundle_stands", _OF_EDITION)

    def __str__(self) -> str:
        return f"Open data of {self.edition}"

from django.db import models
from django.db.models.expressions import RawSQL

from commons.constraints import SLUG, Acyclic, keep_history

ABOVE = """
    WITH RECURSIVE above (id, parent_id) AS (
        SELECT id, parent_id FROM catalogue_peergroup WHERE id = %s
        UNION
        SELECT up.id, up.parent_id FROM catalogue_peergroup up JOIN above ON above.parent_id = up.id
    )
    SELECT id FROM above
"""


class PeerGroupQuerySet(models.QuerySet):
    def above(self, pk: int):
        """The peer group with this id, and everything that it is part of."""
        return self.filter(id__in=RawSQL(ABOVE, [pk]))


@keep_history()
class PeerGroup(models.Model):
    """A kind of public body: what a component is made for, and who is ever compared with whom."""

    slug = models.CharField(max_length=120, unique=True)
    label = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    driver_unit = models.CharField(max_length=120, blank=True, help_text="What an organisation's driver counts.")

    objects = PeerGroupQuerySet.as_manager()

    class Meta:
        ordering = ["label", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(slug__regex=SLUG), name="peer_group_slug_is_plain"),
        ]
        triggers = [Acyclic(name="peer_group_acyclic", node="id", to="parent_id")]

    def __str__(self) -> str:
        return self.label

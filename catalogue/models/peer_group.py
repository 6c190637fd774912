from django.db import models

from commons.constraints import SLUG, Acyclic, keep_history


@keep_history()
class PeerGroup(models.Model):
    """A kind of public body: what a component is made for, and who is ever compared with whom."""

    slug = models.CharField(max_length=120, unique=True)
    label = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    driver_unit = models.CharField(max_length=120, blank=True, help_text="What an organisation's driver counts.")

    class Meta:
        ordering = ["label", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(slug__regex=SLUG), name="peer_group_slug_is_plain"),
        ]
        triggers = [Acyclic(name="peer_group_acyclic", node="id", to="parent_id")]

    def __str__(self) -> str:
        return self.label

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class BodyRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_in=None)


class BodyRequest(models.Model):
    """Somebody asks that their body is put into the registry. A moderator adds it, or returns it with a reason.

    Who asks is in the act. `domain` is that of their address: where it is the body's own, its people can be told by it.
    """

    name = models.CharField(max_length=300)
    peer_group = models.ForeignKey("catalogue.PeerGroup", models.PROTECT, null=True, blank=True, related_name="+")
    homepage = models.TextField(blank=True)
    identifier = models.CharField(max_length=261, blank=True, help_text="scheme:code")
    why = models.TextField(blank=True, help_text="What who asks says of the body, and of themselves.")
    domain = models.CharField(max_length=253)
    asked_in = models.OneToOneField("registry.Event", models.PROTECT, related_name="body_request")
    decided_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "registry.Organisation", models.PROTECT, null=True, blank=True, related_name="+", help_text="What was made."
    )
    returned = models.TextField(blank=True, help_text="Why it was not added.")

    objects = BodyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), condition=Q(decided_in=None), name="body_request_waits_once"),
            models.CheckConstraint(condition=~Q(name=""), name="body_request_has_a_name"),
            models.CheckConstraint(
                condition=Q(decided_in=None, organisation=None, returned="")
                | Q(decided_in__isnull=False, organisation__isnull=False, returned="")
                | (Q(decided_in__isnull=False, organisation=None) & ~Q(returned="")),
                name="body_request_added_or_returned",
            ),
        ]

    def __str__(self) -> str:
        return self.name

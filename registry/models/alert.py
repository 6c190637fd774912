import uuid

from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Alert(models.Model):
    """A search that somebody without an account wants mail about. It keeps no history: who stops it is forgotten.

    `search` holds the parameters of the search's address. News up to `told_until` have been sent.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.CharField(max_length=254, validators=[validate_email])
    search = models.CharField(max_length=1000, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="Blank: nobody has opened the link yet.")
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        indexes = [models.Index("asked_at", name="alert_by_age")]
        constraints = [
            models.UniqueConstraint(Lower("email"), "search", name="alert_asked_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(told_until__isnull=False), name="alert_confirmed_tells_from_then"
            ),
        ]

    def __str__(self) -> str:
        return f"Alert {self.uuid}"

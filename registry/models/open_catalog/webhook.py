from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from commons.constraints import Touched, one_of


class Subject(models.TextChoices):
    SOFTWARE = "software", "Software"
    PUBLISHERS = "publishers", "Publishers"


class WebhookEvent(models.TextChoices):
    CREATE = "create", "Created"
    UPDATE = "update", "Updated"
    DELETE = "delete", "Deleted"


class DeliveryState(models.TextChoices):
    PENDING = "pending", "Waiting"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Given up"


class WebhookQuerySet(models.QuerySet):
    def of(self, subject: Subject, uuid=None):
        """Those that are kept for one thing, or for all of its kind where none is given."""
        return self.filter(subject=subject, subject_uuid=uuid)

    def awaiting(self, subject: Subject, uuid):
        """Those that want to hear of this thing."""
        return self.filter(Q(subject_uuid=uuid) | Q(subject_uuid=None), subject=subject, disabled_at=None)


class Webhook(models.Model):
    """An address that wants to hear when software or publishers change: all of them, or the one in `subject_uuid`."""

    uuid = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    organisation = models.ForeignKey(
        "registry.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="webhooks",
        help_text="Whose it is. Blank: the registry's own.",
    )
    subject = models.CharField(max_length=20, choices=Subject)
    subject_uuid = models.UUIDField(null=True, blank=True)
    url = models.CharField(max_length=255)
    secret = models.CharField(max_length=256, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="Attempts in a row that failed.")
    disabled_at = models.DateTimeField(null=True, blank=True, help_text="When it had failed too often to go on.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "uuid"]
        constraints = [
            models.CheckConstraint(condition=one_of("subject", Subject), name="webhook_subject_is_known"),
            models.UniqueConstraint(
                fields=["organisation", "subject", "subject_uuid", "url"],
                name="webhook_kept_once",
                nulls_distinct=False,
            ),
        ]
        triggers = [Touched(name="webhook_touched")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} to {self.url}"


class DeliveryQuerySet(models.QuerySet):
    def due(self):
        return self.filter(state=DeliveryState.PENDING, next_at__lte=timezone.now())


class Delivery(models.Model):
    """What a webhook is to be told. Work is found here, not in a message (docs/adr/0002)."""

    webhook = models.ForeignKey("registry.Webhook", models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=10, choices=WebhookEvent)
    about = models.CharField(max_length=255, help_text="As the receiver is told: /software/<id>.")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True, help_text="What came of the last attempt.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["id"]
        indexes = [models.Index("next_at", condition=Q(state="pending"), name="delivery_due")]
        constraints = [
            models.CheckConstraint(condition=one_of("state", DeliveryState), name="delivery_state_is_known"),
            models.CheckConstraint(condition=one_of("event", WebhookEvent), name="delivery_event_is_known"),
            models.CheckConstraint(
                condition=Q(state="pending", ended_at=None) | (~Q(state="pending") & Q(ended_at__isnull=False)),
                name="delivery_end_is_timed",
            ),
            # A burst of changes to one thing is told once: what waits already says it.
            models.UniqueConstraint(
                "webhook", "event", "about", condition=Q(state="pending", attempts=0), name="delivery_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.about}"

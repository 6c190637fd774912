from datetime import timedelta

from django.db import models

KEPT_FOR = timedelta(hours=48)
LONGEST_KEY = 255


class IdempotentAnswer(models.Model):
    """What a program was answered that sent `Idempotency-Key`: the same again gives the same answer, and no second act.

    Written in the act's own transaction, so that an answer that was lost on its way is still there.
    """

    token = models.ForeignKey("registry.Token", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    request_hash = models.CharField(max_length=64, help_text="Of method, address and body.")
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    answered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["answered_at"], name="idempotent_answer_by_age")]
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_used_once")]

    def __str__(self) -> str:
        return f"{self.status} for {self.key[:40]}"

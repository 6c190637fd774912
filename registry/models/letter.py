from datetime import datetime

from django.db import models
from django.db.models import Q

from commons.constraints import one_of

MOST_TRIES = 12


class LetterKind(models.TextChoices):
    """What a letter is, for hosts whose letters go out by templates: one for each kind, or one for all."""

    LETTER = "letter", "Letter"
    SIGN_IN = "sign_in", "Sign-in code"
    CONFIRM = "confirm", "Confirm your records"
    CHALLENGE = "challenge", "Challenge received or answered"
    JOB = "job", "Job finished"
    ADOPTED = "adopted", "Somebody adopted your component"
    ATTESTED = "attested", "What became of your statements"
    WAITING = "waiting", "Something waits for a moderator"


class LetterQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """Neither sent nor given up, and not claimed by a worker. One that a dead worker claimed has perhaps gone."""
        return self.filter(claimed_at=None, sent_at=None, next_at__lte=now)


class Letter(models.Model):
    """A letter that an act owes somebody, written in the act's own transaction. A worker sends it, once.

    `about` says what it is about and to whom, so that nobody is written to twice about one thing. It is forgotten
    some days after it went.
    """

    about = models.CharField(max_length=300, unique=True)
    kind = models.CharField(
        max_length=10, choices=LetterKind, default=LetterKind.LETTER, db_default=LetterKind.LETTER.value
    )
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    stop = models.CharField(
        max_length=300, blank=True, db_default="", help_text="Where one click stops such letters (RFC 8058)."
    )
    written_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, help_text=f"After {MOST_TRIES} refusals it is given up.")
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(claimed_at=None, sent_at=None), name="letter_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", LetterKind), name="letter_kind_is_known"),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="letter_tries_are_bounded"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(claimed_at__isnull=False), name="letter_claimed_before_sent"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

from django.core.validators import validate_email
from django.db import models
from django.db.models import Q


class Challenger(models.Model):
    """Where whoever challenged wants to be written to. In a table of its own, so that nothing public reads it; the row
    goes some days after the end of the challenge, or when they ask for it."""

    challenge = models.OneToOneField("registry.Challenge", models.CASCADE, primary_key=True, related_name="challenger")
    email = models.CharField(max_length=254, validators=[validate_email])

    def __str__(self) -> str:
        return f"Whoever raised {self.challenge}"


class LetterQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(claimed_at=None, next_try_at__lte=now).exclude(email="")


class ChallengeLetter(models.Model):
    """One letter about one step to one address. `recipient` is the keyed hash of the address: nobody is written to
    twice about the same step, also once the address itself has been forgotten, which it is as soon as the letter went.

    It is claimed before it is sent: one that is claimed and not mailed was cut off, and does not go again.
    """

    step = models.ForeignKey("registry.ChallengeStep", models.PROTECT, related_name="letters")
    organisation = models.ForeignKey(
        "registry.Organisation",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The body that is written to; blank: whoever challenged.",
    )
    recipient = models.CharField(max_length=64)
    email = models.CharField(max_length=254, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("next_try_at", condition=Q(claimed_at=None) & ~Q(email=""), name="challenge_letter_due"),
            models.Index("recipient", "next_try_at", name="challenge_letter_to"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["step", "recipient"], name="challenge_letter_written_once"),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | Q(email="", claimed_at__isnull=False),
                name="challenge_letter_forgets_its_address",
            ),
        ]

    def __str__(self) -> str:
        return f"Letter about {self.step}"


class ChallengeArrival(models.Model):
    """That a challenge came in: what floods are told by. Kept for a day.

    `caller` is the keyed hash of an internet address, with another key each day; `nonce` is the form that was sent,
    which is taken once; `thing` is the hash of what the challenge is about.
    """

    at = models.DateTimeField()
    caller = models.CharField(max_length=64, blank=True)
    nonce = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001 - programs send none, and many do
    thing = models.CharField(max_length=64)
    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, null=True, related_name="+")
    challenge = models.ForeignKey("registry.Challenge", models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index("at", name="challenge_arrival_by_time"),
            models.Index("caller", "at", name="challenge_arrival_by_caller"),
            models.Index("thing", "at", name="challenge_arrival_by_thing"),
        ]

    def __str__(self) -> str:
        return f"A challenge that came at {self.at:%Y-%m-%d %H:%M}"

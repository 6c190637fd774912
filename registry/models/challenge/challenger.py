from django.core.validators import validate_email
from django.db import models


class Challenger(models.Model):
    """Where whoever challenged wants to be written to. In a table of its own, so that nothing public reads it; the row
    goes some days after the end of the challenge, or when they ask for it."""

    challenge = models.OneToOneField("registry.Challenge", models.CASCADE, primary_key=True, related_name="challenger")
    email = models.CharField(max_length=254, validators=[validate_email])

    def __str__(self) -> str:
        return f"Whoever raised {self.challenge}"


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

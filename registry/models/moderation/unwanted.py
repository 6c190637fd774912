from django.conf import settings
from django.db import models

from commons.constraints import one_of
from registry.models.letter import LetterKind


class UnwantedLetter(models.Model):
    """Somebody does not want letters of a kind that can be done without."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unwanted_letters")
    kind = models.CharField(max_length=10, choices=LetterKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="unwanted_letter_said_once"),
            models.CheckConstraint(condition=one_of("kind", LetterKind), name="unwanted_letter_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: no “{self.kind}”"

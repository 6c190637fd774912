import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

TRIES = 5


class Purpose(models.TextChoices):
    SIGN_IN = "sign_in", _("Sign in")
    CONFIRM = "confirm", _("Confirm that it is you")
    CHANGE_ADDRESS = "change_address", _("Change the address")


class SignInCode(models.Model):
    """A code that was asked for by an address: whose mail it reaches, and how often it was tried.

    The code itself is kept nowhere: it is worked out from `uuid` and the secret key (registry/signing_in/codes.py). A
    row is written for every address that is asked for, also where nobody may sign in, so that asking tells nothing.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=Purpose)
    email = models.CharField(max_length=254)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="codes",
        help_text="Who is signed in and asks. Blank for a code to sign in with.",
    )
    asked_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="When somebody took on to mail it, or not to.")
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        indexes = [models.Index("asked_at", name="sign_in_code_by_age")]
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="sign_in_code_dies_after_tries"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="sign_in_code_small_letters"),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.SIGN_IN, person=None) | ~Q(purpose=Purpose.SIGN_IN) & ~Q(person=None),
                name="sign_in_code_of_somebody_signed_in",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__gte=F("asked_at")), name="sign_in_code_used_after_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"Code {self.uuid}"


class SharedValue(models.Model):
    """What all processes must agree on for minutes, as Django's cache: counts of tries, codes that were used."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Blank: never.")

    class Meta:
        indexes = [models.Index("expires_at", name="shared_value_by_end")]

    def __str__(self) -> str:
        return self.key

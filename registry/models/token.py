"""What a body's programs sign in with: writes through the API, each with the scopes that its token has."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

LONGEST_LIFE = timedelta(days=365)


class Scope(models.TextChoices):
    """What may be done. A token has some of the first seven for its body; a role is a set of them."""

    CATALOGUE_WRITE = "catalogue:write", "Write the catalogue"
    DECLARATIONS_WRITE = "declarations:write", "Declare what is used"
    SOURCES_WRITE = "sources:write", "Name sources to harvest"
    ASSEMBLIES_WRITE = "assemblies:write", "Write assemblies of components"
    WEBHOOKS_WRITE = "webhooks:write", "Keep webhooks"
    USAGE_WRITE = "usage:write", "Report who uses its components"
    OPERATE = "registry:operate", "Act for the registry as a whole"
    WORKSPACE_READ = "workspace:read", "See the workspace"
    DECLARATIONS_DRAFT = "declarations:draft", "Prepare declarations, and confirm those that stand"
    MEMBERS_WRITE = "members:write", "Approve members and issue tokens"
    FINANCE_ATTEST = "finance:attest", "Attest what systems cost"
    USE_ATTEST = "use:attest", "Attest who uses a component"
    ANALYSE = "registry:analyse", "See what is prepared for review"
    MODERATE = "registry:moderate", "Moderate"


FOR_TOKENS = (
    Scope.CATALOGUE_WRITE,
    Scope.DECLARATIONS_WRITE,
    Scope.SOURCES_WRITE,
    Scope.ASSEMBLIES_WRITE,
    Scope.WEBHOOKS_WRITE,
    Scope.USAGE_WRITE,
    Scope.OPERATE,
)


OF_THE_REGISTRY = Q(scopes__contains=[Scope.OPERATE])


class TokenQuerySet(models.QuerySet):
    def usable(self, on: date):
        """Neither revoked nor expired. Whether its body still exists is asked beside (`Organisation.exists_on`)."""
        return self.filter(revoked_at=None, expires_on__gt=on)


class Token(models.Model):
    """Only the secret's hash is kept: who loses it is given another. Never deleted, so that events can name it."""

    organisation = models.ForeignKey(
        "registry.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tokens",
        help_text="Blank: the registry's own, which its operators use.",
    )
    name = models.CharField(max_length=200, help_text="What it is for: “Crawler of the county”.")
    prefix = models.CharField(max_length=12, unique=True, help_text="The part that may be seen: dcr_1a2b3c4d.")
    hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=30, choices=[(scope.value, scope.label) for scope in FOR_TOKENS]))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField()
    expires_on = models.DateField(help_text="From this day it no longer works.")
    last_used_on = models.DateField(null=True, blank=True, help_text="A day, so that most requests write nothing.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(prefix__regex=r"^dcr_[0-9a-f]{8}$"), name="token_prefix_is_plain"),
            models.CheckConstraint(condition=Q(hash__regex=r"^[0-9a-f]{64}$"), name="token_hash_is_sha256"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=[scope.value for scope in FOR_TOKENS]) & Q(scopes__len__gt=0),
                name="token_scopes_are_known",
            ),
            models.CheckConstraint(
                condition=(OF_THE_REGISTRY & Q(organisation=None)) | (~OF_THE_REGISTRY & Q(organisation__isnull=False)),
                name="token_is_a_body_s_or_the_registry_s",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("issued_on"), expires_on__lte=F("issued_on") + LONGEST_LIFE),
                name="token_lives_a_year_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} ({self.name})"

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from catalogue.addresses import RepositoryKey
from catalogue.models import Lifecycle
from commons.constraints import Touched, keep_history
from registry.models.organisation import Organisation, existing
from registry.models.stewardship import Stewardship


@keep_history()
class Publisher(models.Model):
    """How a body is shown as a publisher, where somebody has said so. Blank: as the body itself has it."""

    organisation = models.OneToOneField("registry.Organisation", models.CASCADE, related_name="publisher")
    catalog = models.ForeignKey("registry.Catalog", models.PROTECT, null=True, blank=True, related_name="publishers")
    alternative_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    description = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=255, blank=True)
    active = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        triggers = [Touched(name="publisher_touched")]

    def __str__(self) -> str:
        return f"Publisher: {self.organisation}"


@keep_history()
class CodeHosting(models.Model):
    """Where a body publishes its code: a repository, or a group of them."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="code_hosting")
    url = models.CharField(max_length=255)
    group = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["url"]
        constraints = [models.UniqueConstraint(RepositoryKey("url"), name="code_hosting_of_one_publisher")]
        triggers = [Touched(name="code_hosting_touched")]
        verbose_name_plural = "code hosting"

    def __str__(self) -> str:
        return self.url


def listed_publishers() -> models.QuerySet[Organisation]:
    """All bodies that nobody withdrew, the oldest first."""
    listed = Organisation.objects.filter(Q(publisher=None) | Q(publisher__withdrawn_at=None))
    return listed.order_by(F("created_at"), F("uuid"))


def publishing(on: date) -> Q:
    """The body exists on that day, has code somewhere, and nobody said that it is not active."""
    hosting = CodeHosting.objects.filter(organisation=OuterRef("pk"))
    looked_after = Stewardship.objects.current().filter(organisation=OuterRef("pk"))
    with_code = looked_after.exclude(component__repository="").exclude(component__lifecycle=Lifecycle.DRAFT)
    said = Q(publisher=None) | Q(publisher__active=True)
    return existing(on) & said & (Q(Exists(hosting)) | Q(Exists(with_code)))

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
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
    withdrawn = Publisher.objects.filter(organisation=OuterRef("pk")).exclude(withdrawn_at=None)
    return Organisation.objects.filter(~Exists(withdrawn)).order_by(F("created_at"), F("uuid"))


def publishing(bodies: models.QuerySet[Organisation], on: date) -> models.QuerySet[Organisation]:
    """Those that exist on that day, have code somewhere, and of which nobody said that they are not active.

    One row is looked for beside each body: EXISTS would read all that everybody looks after to find a page of bodies.
    """
    hosting = CodeHosting.objects.filter(organisation=OuterRef("pk"))
    looked_after = Stewardship.objects.current().filter(organisation=OuterRef("pk"))
    with_code = looked_after.exclude(component__repository="").exclude(component__lifecycle=Lifecycle.DRAFT)
    beside = {
        name: Subquery(rows.order_by().values("pk")[:1]) for name, rows in (("said", hosting), ("had", with_code))
    }
    inactive = Publisher.objects.filter(organisation=OuterRef("pk"), active=False)
    has_code = Q(said__isnull=False) | Q(had__isnull=False)
    return bodies.alias(**beside).filter(existing(on) & ~Exists(inactive) & has_code)

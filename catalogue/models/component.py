from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import F, Prefetch, Q, Value
from django.db.models.functions import Now

from catalogue.addresses import RepositoryKey
from catalogue.models.description import PUBLICCODE, Description
from commons.constraints import SLUG, Acyclic, Touched, at_least_zero, keep_history, one_of

COMPARISON = "compare"
# What stands in addresses where a component's slug does: one of that slug would have no page.
RESERVED_SLUGS = frozenset({COMPARISON})


class ComponentKind(models.TextChoices):
    SERVICE = "service", "Service"
    DATASET = "dataset", "Dataset"
    PROCESS = "process", "Process"


class Lifecycle(models.TextChoices):
    DRAFT = "draft", "Draft"
    ALPHA = "alpha", "Alpha"
    BETA = "beta", "Beta"
    LIVE = "live", "Live"
    DEPRECATED = "deprecated", "Deprecated"
    RETIRED = "retired", "Retired"


class ComponentQuerySet(models.QuerySet):
    def listed(self):
        """What the public may see: everything but drafts."""
        return self.exclude(lifecycle=Lifecycle.DRAFT)

    def at_repository(self, address: str):
        """Those whose repository has this address or had it once (an alias), however it is spelt."""
        key = RepositoryKey(Value(address))
        now = Component.objects.exclude(repository="").alias(key=RepositoryKey("repository")).filter(key=key)
        aliases = Component._meta.get_field("aliases").related_model.objects.alias(key=RepositoryKey("address"))
        return self.filter(pk__in=now.values("pk").union(aliases.filter(key=key).values("component")))

    def for_description(self):
        """With all that `catalogue.descriptions` reads, in a fixed number of questions. `publiccode_files` are the kept
        files of each, the one read last first."""
        files = Description.objects.of_format(PUBLICCODE)
        return self.select_related("profile").prefetch_related(
            "functions",
            "standards",
            "operations",
            "columns",
            "relations__other",
            Prefetch("descriptions", files, to_attr="publiccode_files"),
        )


@keep_history()
class Component(models.Model):
    """A building block that public bodies can share: a service, a dataset or a process.

    Who looks after it is not here: stewardship is a declaration (`registry`), dated and shareable.
    """

    slug = models.CharField(max_length=120, unique=True)
    uuid = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=ComponentKind)
    functions = models.ManyToManyField("catalogue.Function", related_name="components", blank=True)
    summary = models.TextField(blank=True)
    description = models.TextField(blank=True, help_text="Markdown.")
    url = models.TextField(blank=True)
    repository = models.TextField(blank=True)
    documentation = models.TextField(blank=True)
    licence = models.CharField(max_length=300, blank=True, help_text="An SPDX expression where there is one.")
    lifecycle = models.CharField(max_length=20, choices=Lifecycle, blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")
    available_to = models.ManyToManyField(
        "catalogue.PeerGroup", related_name="components", blank=True, help_text="None: available to all."
    )
    open_licence = models.BooleanField(null=True, blank=True)
    open_standard = models.BooleanField(null=True, blank=True)
    valid_metadata = models.BooleanField(null=True, blank=True)
    data_exportable = models.BooleanField(null=True, blank=True)
    price_per_transaction = models.DecimalField(null=True, blank=True)
    fixed_fee = models.DecimalField(null=True, blank=True, help_text="A year, for each adopter.")
    external_independent_adopters = models.PositiveIntegerField(
        null=True, blank=True, help_text="Adopters outside this registry, where it holds an extract of a larger one."
    )
    standards = models.ManyToManyField("catalogue.Standard", related_name="components", blank=True)
    source = models.TextField(blank=True, help_text="Where this description comes from.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        indexes = [
            # Few of many: what the public may see of declarations is what is about none of them.
            models.Index(fields=["id"], condition=Q(lifecycle=Lifecycle.DRAFT), name="component_drafts"),
            models.Index("created_at", "uuid", name="component_by_age"),
            models.Index(RepositoryKey("repository"), condition=~Q(repository=""), name="component_by_repository"),
            # Addresses of any length: a hash of each is enough to find it.
            HashIndex(fields=["url"], condition=Q(repository="") & ~Q(url=""), name="component_by_url"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="component_slug_is_plain"),
            models.CheckConstraint(condition=one_of("kind", ComponentKind), name="component_kind_is_known"),
            models.CheckConstraint(
                condition=one_of("lifecycle", Lifecycle, blank=True), name="component_lifecycle_is_known"
            ),
            models.CheckConstraint(
                condition=at_least_zero("price_per_transaction"), name="component_price_not_negative"
            ),
            models.CheckConstraint(condition=at_least_zero("fixed_fee"), name="component_fixed_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")), name="component_not_own_successor"
            ),
        ]
        triggers = [
            Acyclic(name="component_successor_acyclic", node="id", to="successor_id"),
            Touched(name="component_touched"),
        ]

    def __str__(self) -> str:
        return self.name

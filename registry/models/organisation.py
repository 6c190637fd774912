from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import validate_email
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Now, NullIf, Upper

from commons.constraints import SLUG, Acyclic, Touched, at_least_zero, keep_history
from registry.models.declaration import Declaration, Stage

# What stands in addresses where a body's slug does: one of that slug would have no page.
RESERVED_SLUGS = frozenset({"new"})


def existing(on: date) -> Q:
    """Begun, and not yet ended, on the date `on`."""
    return (Q(start=None) | Q(start__lte=on)) & (Q(end=None) | Q(end__gt=on))


class OrganisationQuerySet(models.QuerySet):
    def existing(self, on):
        """Bodies that exist on the date `on`: begun, and not yet ended."""
        return self.filter(existing(on))

    def named_like(self, slug: str):
        """Bodies whose name, or one of whose other names, would make this address."""
        made = "trim(both '-' from regexp_replace(lower({name}), '[^a-z0-9]+', '-', 'g'))"
        alike = f"{made.format(name='name')} = %s OR EXISTS (SELECT FROM unnest(aliases) alias WHERE " + (
            f"{made.format(name='alias')} = %s)"
        )
        return self.filter(RawSQL(alike, [slug, slug], output_field=models.BooleanField())).order_by("pk")

    def towards(self, component, on: date):
        """Annotate what each body says about a component, by its strongest statement, in `said`.

        `uses`, `plans`, `stopped`; `expired` where it used or planned to and confirmed that too long ago; `other` where
        it answered for one of the component's functions without naming it; blank where it has not said anything.
        """
        of_body = Declaration.objects.current().filter(organisation=OuterRef("pk"))
        about = of_body.adoptions().filter(component=component)
        answers = of_body.fresh(on).filter(function__in=component.functions.values("pk"))
        return self.annotate(
            said=Case(
                When(Exists(about.in_use().fresh(on)), then=Value("uses")),
                When(Exists(about.filter(stage=Stage.PLANNED).fresh(on)), then=Value("plans")),
                When(Exists(about.filter(stage=Stage.RETIRED)), then=Value("stopped")),
                When(Exists(about), then=Value("expired")),
                When(Exists(answers), then=Value("other")),
                default=Value(""),
            )
        )


@keep_history()
class Organisation(models.Model):
    """A public body. Its `slug` is its key in packs, addresses and the index's random streams, and never changes."""

    slug = models.CharField(max_length=120, unique=True)
    uuid = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    name = models.CharField(max_length=300)
    type = models.CharField(max_length=120, blank=True)
    peer_group = models.ForeignKey(
        "catalogue.PeerGroup", models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    affiliation_group = models.CharField(
        max_length=120, blank=True, help_text="Bodies of one group count as one wherever independence is asked for."
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField(
        "self", through="registry.Succession", symmetrical=False, related_name="predecessors"
    )
    aliases = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    nation = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    homepage = models.TextField(blank=True)
    contact_email = models.CharField(
        max_length=254,
        blank=True,
        validators=[validate_email],
        help_text="Who is written to when a component that it uses ends. Shown to operators only; in no pack.",
    )
    email_domains = ArrayField(
        models.CharField(max_length=253),
        default=list,
        blank=True,
        help_text="Its people's addresses end in one of these, besides its homepage's. In no pack.",
    )
    latitude = models.DecimalField(null=True, blank=True)
    longitude = models.DecimalField(null=True, blank=True)
    driver = models.DecimalField(
        null=True, blank=True, help_text="Size, in the peer group's unit: people served, or staff where none are."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        indexes = [
            models.Index("created_at", "uuid", name="organisation_by_age"),
            # Who counts as one with a body wherever independence is asked for.
            models.Index(Coalesce(NullIf("affiliation_group", Value("")), "slug"), name="organisation_by_group"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="organisation_by_part_of_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="organisation_slug_is_plain"),
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(start__lte=F("end")), name="organisation_dates_in_order"
            ),
            models.CheckConstraint(condition=at_least_zero("driver"), name="organisation_driver_not_negative"),
            models.CheckConstraint(
                condition=Q(latitude=None) | Q(latitude__range=(-90, 90)), name="organisation_latitude_on_earth"
            ),
            models.CheckConstraint(
                condition=Q(longitude=None) | Q(longitude__range=(-180, 180)), name="organisation_longitude_on_earth"
            ),
        ]
        triggers = [
            Acyclic(name="organisation_parent_acyclic", node="id", to="parent_id"),
            Touched(name="organisation_touched"),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, on: date) -> bool:
        """As `existing` has it."""
        return (self.start is None or self.start <= on) and (self.end is None or self.end > on)

    @property
    def independence_group(self) -> str:
        """The group that counts as one adopter; a body on its own is its own group."""
        return self.affiliation_group or self.slug


@keep_history()
class Identifier(models.Model):
    """A body's code in some scheme: `gss:E07000223`, `GB-LAE:ADU`."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=60)
    code = models.CharField(max_length=200)

    class Meta:
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="identifier_names_one_organisation")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


@keep_history()
class Succession(models.Model):
    """What became of a body: its work went on in `successor`."""

    predecessor = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="succeeded_by")
    successor = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="succeeds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_said_once"),
        ]
        triggers = [Acyclic(name="succession_acyclic", node="predecessor_id", to="successor_id")]

    def __str__(self) -> str:
        return f"{self.predecessor} became {self.successor}"

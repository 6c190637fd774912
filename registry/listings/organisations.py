from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, JSONObject
from django.utils import timezone

from catalogue.models import PeerGroup
from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Rows, Sort
from commons.listing.expressions import CountOf
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.listings.under_review import UNDER_REVIEW, marked
from registry.models import About, Declaration, Identifier, Organisation, Succession
from registry.models.challenge import of_row

YES_NO = Fixed({"yes": "Has told us", "no": "Has not told us yet"})


def texts(field: str) -> Rows:
    """The values that bodies have in a column of their own."""
    return Rows(Organisation.objects.exclude(**{field: ""}), field, field)


def plain_number(value: Decimal | None) -> int | float | None:
    """Whole numbers without a point."""
    return None if value is None else int(value) if value == int(value) else float(value)


class OrganisationListing(QueryListing):
    """Public bodies, those that have ended among them, with what became of each.

    Figures count what was confirmed in three years. They are blank, not zero, where a body has not answered, or
    where all that it said has expired (unknown).
    """

    name = "organisations"
    columns = (
        Column("slug", "Organisation code"),
        Column("name", "Organisation"),
        Column("type", "Type"),
        Column("peer_group", "Compared with", kind="ref"),
        Column("nation", "Nation"),
        Column("region", "Region"),
        Column("start", "Began", kind="date"),
        Column("end", "Ended", kind="date"),
        Column("successors", "Succeeded by", kind="refs"),
        Column("identifiers", "Identifiers", "Codes of the body in public registers, as scheme:code.", kind="list"),
        Column("aliases", "Other names", kind="list"),
        Column("homepage", "Website"),
        Column("driver", "Size", "In the unit of its peer group.", kind="number"),
        Column("declared", "Has told us", "Whether it has made any current declaration.", kind="flag"),
        Column("components_used", "Shared components in use", kind="number", status=True),
        Column("own_systems", "Systems of its own", kind="number", status=True),
        *UNDER_REVIEW,
    )
    filters = (
        Filter("q", "Name, other name or code", kind="text", many=False),
        Filter("type", "Type", choices=texts("type"), field="type"),
        Filter(
            "peer_group",
            "Compared with",
            choices=Rows(PeerGroup.objects.all(), label="label"),
            field="peer_group__slug",
            label_field="peer_group__label",
        ),
        Filter("nation", "Nation", choices=texts("nation"), field="nation"),
        Filter("region", "Region", choices=texts("region"), field="region"),
        Filter("declared", "Has told us", choices=YES_NO, field="has_declared"),
    )
    sorts = (Sort("name", "A to Z", ("name",)),)  # in no other order anywhere: this is never a league table
    default_sort = "name"
    fields = {
        "peer_group_slug": "peer_group__slug",
        "peer_group_name": "peer_group__label",
        "declared": "has_declared",
        "components_used": "used",
        "own_systems": "owned",
        **{
            name: name
            for name in (
                *("slug", "name", "type", "nation", "region", "start", "end", "aliases", "homepage", "driver"),
                *("successor_refs", "codes", "fresh"),
            )
        },
        "review": of_row(About.ORGANISATION),
    }

    def base(self, asked: Asked) -> QuerySet:
        mine = Declaration.objects.listed().current().filter(organisation=OuterRef("pk"))
        fresh = mine.fresh(timezone.localdate())
        followed = Succession.objects.filter(predecessor=OuterRef("pk")).order_by("successor__slug")
        codes = Identifier.objects.filter(organisation=OuterRef("pk")).order_by("scheme", "code")
        return Organisation.objects.annotate(
            has_declared=Case(When(Exists(mine), then=Value("yes")), default=Value("no"), output_field=CharField()),
            fresh=Exists(fresh),
            used=CountOf(fresh.in_use(), of="component"),
            owned=CountOf(fresh.duplicates()),
            successor_refs=ArraySubquery(
                followed.values_list(JSONObject(slug="successor__slug", name="successor__name"))
            ),
            codes=ArraySubquery(codes.values_list(Concat("scheme", Value(":"), "code"))),
        )

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        """A part of the name or of another name, or the whole of a code with or without its scheme."""
        text = values[0]
        scheme, _, code = text.partition(":")
        coded = Identifier.objects.filter(
            Q(code__iexact=text) | Q(scheme__iexact=scheme, code__iexact=code), organisation=OuterRef("pk")
        )
        return queryset.filter(Q(name__icontains=text) | Q(aliases__icontains=text) | Q(Exists(coded)))

    def row(self, values: Row) -> Row:
        told = values["declared"] == "yes"
        silent = {} if values["fresh"] else {"components_used": None, "own_systems": None}
        status = None if values["fresh"] else "unknown" if told else "not_answered"
        made = {
            "declared": told,
            "driver": plain_number(values["driver"]),
            "peer_group": reference(values, "peer_group"),
            "successors": values["successor_refs"],
            "identifiers": values["codes"],
            "components_used_status": status,
            "own_systems_status": status,
        }
        return labelled(self.columns, values | made | silent | marked(values["review"]))

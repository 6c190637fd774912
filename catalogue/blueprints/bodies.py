"""The body that would use an assembly: what kind it is, how many cases it has, and who runs the same already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, Exists, FloatField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from catalogue.assembly import Body, Cases
from catalogue.models import Blueprint, Component
from public_value.models import Benchmark
from registry.models import Declaration, Identifier, Organisation, Volume

ABOVE = """
    (WITH RECURSIVE above (id, slug, parent_id) AS (
        SELECT id, slug, parent_id FROM catalogue_peergroup WHERE id = registry_organisation.peer_group_id
        UNION
        SELECT up.id, up.slug, up.parent_id FROM catalogue_peergroup up JOIN above ON above.parent_id = up.id
    )
    SELECT coalesce(array_agg(slug), '{}') FROM above)
"""
BODIES_SHOWN = 10


@dataclass(frozen=True)
class Chosen:
    """`found` is None where nobody was asked for, or `problem` says why nobody was found."""

    found: Organisation | None = None
    problem: str = ""

    @property
    def body(self) -> Body | None:
        if self.found is None:
            return None
        return Body(name=self.found.name, peer_groups=frozenset(self.found.kinds))


def body_named(text: str, blueprint: Blueprint, on: date) -> Chosen:
    """The one that exists, with what is known of how often it does what the blueprint is of."""
    return found_among(weighed(Organisation.objects.existing(on), blueprint), text) if text else Chosen()


def found_among(bodies: QuerySet, text: str) -> Chosen:
    """The one body with this slug, name, other name or code."""
    scheme, _, code = text.partition(":")
    coded = Identifier.objects.filter(organisation=OuterRef("pk"), scheme=scheme, code=code)
    named = Q(slug=text.lower()) | Q(name__iexact=text) | Q(aliases__contains=[text]) | Exists(coded)
    found = list(bodies.filter(named).order_by("name", "slug")[:2])
    exact = [body for body in found if body.slug == text.lower()]
    if len(exact or found) == 1:
        return Chosen((exact or found)[0])
    if found:
        return Chosen(problem=f"More than one body is called “{text[:80]}”. Write the code of yours.")
    return Chosen(problem=f"No public body that exists today is called “{text[:80]}”. Write its full name or its code.")


def weighed(bodies: QuerySet, blueprint: Blueprint) -> QuerySet:
    """Each with `kinds`, its peer group and those above, and with what is known of how often it does this."""
    stated = Volume.objects.filter(organisation=OuterRef("pk"), function=blueprint.function_id)
    usual = Benchmark.objects.filter(peer_group=OuterRef("peer_group"), function=blueprint.function_id)
    return bodies.annotate(
        kinds=RawSQL(ABOVE, (), output_field=ArrayField(CharField())),
        stated=Subquery(stated.values("transactions")),
        usual=Subquery(usual.values("ref_volume_per_driver"), output_field=FloatField()),
    )


def cases(asked: Decimal | None, body: Any) -> Cases | None:
    """As asked for, else as the body states it, else as the benchmark has it for a body of its size."""
    if asked is not None:
        return Cases(number=asked, basis="asked")
    if body is None:
        return None
    if body.stated is not None:
        return Cases(number=Decimal(str(body.stated)), basis="stated")
    if body.usual is not None and body.driver is not None:
        return Cases(number=(Decimal(str(body.usual)) * body.driver).quantize(Decimal(1)), basis="benchmark")
    return None


@dataclass(frozen=True)
class Runners:
    """Bodies that use every one of the components today, for whatever function."""

    count: int
    bodies: list[dict[str, str]]


def runners(components: Collection[str], on: date) -> Runners:
    if not components:
        return Runners(0, [])
    slugs = set(components)
    using = (
        Declaration.objects.current()
        .in_use()
        .fresh(on)
        .filter(component__in=Component.objects.filter(slug__in=slugs))
        .values("organisation")
        .annotate(components=Count("component", distinct=True))
        .filter(components=len(slugs))
        .order_by("organisation__name", "organisation__slug")
        .values_list("organisation__slug", "organisation__name")
    )
    found = list(using)
    return Runners(len(found), [{"slug": slug, "name": name} for slug, name in found[:BODIES_SHOWN]])

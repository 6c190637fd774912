"""What the facts of components are read from, in one question with the components themselves."""

from datetime import date

from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalogue.models import Component, Description
from catalogue.readers import openapi
from registry.independence import Capped
from registry.models import Declaration, Evidence, Stewardship

PROVEN = (Evidence.E2, Evidence.E3)


def held(components: QuerySet[Component], on: date) -> QuerySet[Component]:
    """With their profile and successor, and `api_read_at`, `api_read_from`, `stewards_count`, `stewards_on`,
    `standards_count`, `proven_count` and `proven_on`: what `facts_of` states."""
    read = Description.objects.filter(component=OuterRef("pk"), format=openapi.FORMAT).order_by("-read_at", "-pk")
    kept = Stewardship.objects.current().filter(component=OuterRef("pk")).order_by().values("component")
    followed = Component.standards.through.objects.filter(component=OuterRef("pk")).order_by().values("component")
    proven = proven_uses(on).order_by().values("component")
    return components.select_related("profile", "successor").annotate(
        api_read_at=Subquery(read.values("read_at")[:1]),
        api_read_from=Subquery(read.values("address")[:1]),
        stewards_count=number(kept, "pk"),
        stewards_on=Subquery(kept.values(on=Max("recorded_in__at"))),
        standards_count=number(followed, "pk"),
        proven_count=number(proven, "organisation"),
        proven_on=Subquery(proven.values(on=Max("confirmed"))),
    )


def proven_uses(on: date) -> QuerySet[Declaration]:
    """Uses of the component by others than those who look after it, fresh, and evidenced by the grade that counts."""
    stewards = Stewardship.objects.current().filter(component=OuterRef("component")).values("organisation")
    uses = Declaration.objects.current().in_use().counting(on).filter(component=OuterRef("pk"), evidence__in=PROVEN)
    counts = Q(evidence=Evidence.E3) | ~Q(Capped(OuterRef("pk"), on=on))
    return uses.exclude(organisation__in=stewards).filter(counts)


def number(grouped: QuerySet, field: str) -> Coalesce:
    counted = grouped.values(number=Count(F(field), distinct=True))
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

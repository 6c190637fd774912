"""What the facts of components are read from, in one question with the components themselves."""

from datetime import date

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from catalogue.models import Component, Description
from catalogue.readers import openapi
from commons.listing.expressions import CountOf
from registry.independence import Capped
from registry.models import Declaration, Evidence, Stewardship

PROVEN = (Evidence.E2, Evidence.E3)


def held(components: QuerySet[Component], on: date) -> QuerySet[Component]:
    """With their profile and successor, and `api_read_at`, `api_read_from`, `stewards_count`, `stewards_on`,
    `standards_count`, `proven_count` and `proven_on`: what `facts_of` states."""
    read = Description.objects.filter(component=OuterRef("pk"), format=openapi.FORMAT).order_by("-read_at", "-pk")
    kept = Stewardship.objects.current().filter(component=OuterRef("pk")).order_by().values("component")
    followed = Component.standards.through.objects.filter(component=OuterRef("pk"))
    proven = proven_uses(on).order_by().values("component")
    return components.select_related("profile", "successor").annotate(
        api_read_at=Subquery(read.values("read_at")[:1]),
        api_read_from=Subquery(read.values("address")[:1]),
        stewards_count=CountOf(kept),
        stewards_on=Subquery(kept.values(on=Max("recorded_in__at"))),
        standards_count=CountOf(followed),
        proven_count=CountOf(proven, "organisation"),
        proven_on=Subquery(proven.values(on=Max("confirmed"))),
    )


def proven_uses(on: date) -> QuerySet[Declaration]:
    """Uses of the component by others than those who look after it, fresh, and evidenced by the grade that counts."""
    stewards = Stewardship.objects.current().filter(component=OuterRef("component")).values("organisation")
    uses = Declaration.objects.current().in_use().counting(on).filter(component=OuterRef("pk"), evidence__in=PROVEN)
    counts = Q(evidence=Evidence.E3) | ~Q(Capped(OuterRef("pk"), on=on))
    return uses.exclude(organisation__in=stewards).filter(counts)

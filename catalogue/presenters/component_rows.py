"""What the page of a component needs of other tables, read in one question with the component itself."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from catalogue.models import Column, Function, Lifecycle, Operation, Relation, Standard
from catalogue.presenters.usage import OFFERED_TO
from registry.claims import silent as silent_claims
from registry.listings.declarations import CURRENCY
from registry.models import Declaration, Look, Notice, Review, SourceObject, Stewardship
from registry.presenters.under_review import of_a_component

OPERATIONS_SHOWN, COLUMNS_SHOWN, REVIEWS_SHOWN = 40, 60, 5


def described(components: QuerySet) -> QuerySet:
    """Of components as `registry.scorecard.held` gives them: with `currency`; lists of objects: `served` (functions),
    `offered_to`, `held` (stewards), `followed` (standards), `offered_operations`, `offered_columns` (the first ones,
    each with the number of all in `…_count`), `related` and `newest_reviews`; `paid`, what bodies say that it costs
    them: {statements, least, most} or None; `told`, how many bodies know that it ends: {on, bodies} or None; and
    `source_errors`; `claimed`, how many bodies its stewards say use it that have not said so. `challenged` is what of
    its description is under review, `returned` that moderators returned it and nothing has changed since: {on, reason}
    or None.
    """
    return components.annotate(
        currency=CURRENCY,
        offered_to=OFFERED_TO,
        served=ArraySubquery(
            Function.objects.filter(components=OuterRef("pk"))
            .order_by("name", "slug")
            .values(object=JSONObject(slug="slug", name="name"))
        ),
        held=ArraySubquery(
            Stewardship.objects.current()
            .filter(component=OuterRef("pk"))
            .order_by("-share", "organisation__name")
            .values(object=JSONObject(slug="organisation__slug", name="organisation__name", share="share"))
        ),
        followed=ArraySubquery(
            Standard.objects.filter(components=OuterRef("pk"))
            .order_by("name", "slug")
            .values(object=JSONObject(slug="slug", name="name", address="address"))
        ),
        offered_operations=first(Operation, OPERATIONS_SHOWN, "path", "method", fields=("method", "path", "summary")),
        operations_count=number(Operation),
        offered_columns=first(Column, COLUMNS_SHOWN, "number", "name", fields=("name", "type", "description")),
        columns_count=number(Column),
        related=related(),
        paid=paid(),
        told=told(),
        newest_reviews=newest_reviews(),
        reviews_count=reviews_count(),
        source_errors=source_errors(),
        claimed=claimed(),
        challenged=of_a_component(),
        returned=returned(),
    )


def claimed() -> Coalesce:
    """Bodies that its stewards say use it, and that have neither said so nor rejected it."""
    silent = silent_claims().filter(component=OuterRef("pk")).order_by().values("component")
    number = silent.values(number=Count("organisation", distinct=True))
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def first(model, most: int, *order: str, fields: tuple[str, ...]) -> ArraySubquery:
    rows = model.objects.filter(component=OuterRef("pk")).order_by(*order)
    return ArraySubquery(rows.values(object=JSONObject(**{name: name for name in fields}))[:most])


def number(model) -> Coalesce:
    rows = model.objects.filter(component=OuterRef("pk")).order_by().values("component")
    return Coalesce(Subquery(rows.values(number=Count("pk")), output_field=IntegerField()), 0)


def related() -> ArraySubquery:
    """How it stands to others, from its own side (`here`) or theirs; drafts left out."""
    here = Q(component=OuterRef("pk"))
    either = Relation.objects.filter(here | Q(other=OuterRef("pk")))
    listed = either.exclude(component__lifecycle=Lifecycle.DRAFT).exclude(other__lifecycle=Lifecycle.DRAFT)

    def of_other(field: str) -> Case:
        return Case(When(here, then=F(f"other__{field}")), default=F(f"component__{field}"))

    return ArraySubquery(
        listed.values(
            object=JSONObject(
                relation="relation",
                here=Case(When(here, then=Value(True)), default=Value(False)),
                **{field: of_other(field) for field in ("slug", "name", "lifecycle")},
            )
        )
    )


def source_errors() -> Subquery:
    """Where no source is read without errors: the last good version, and what is the matter with its source."""
    old = SourceObject.objects.showing_old().filter(component=OuterRef("pk"))
    latest = old.order_by(F("read_at").desc(nulls_last=True), "pk")
    return Subquery(latest.values(object=JSONObject(state="state", read_at="read_at", source="source_id"))[:1])


def returned() -> Subquery:
    found = Look.objects.returned().filter(component=OuterRef("pk"))
    return Subquery(found.values(object=JSONObject(on="looked_in__at", reason="reason"))[:1])


def paid() -> Subquery:
    """Of what bodies that use it now say that it costs them a year."""
    costed = Declaration.objects.current().in_use().filter(component=OuterRef("pk"), annual_cost__isnull=False)
    sums = costed.order_by().values("component")
    return Subquery(
        sums.values(object=JSONObject(statements=Count("pk"), least=Min("annual_cost"), most=Max("annual_cost")))
    )


def told() -> Subquery:
    """Whom the deprecation that stands has told."""
    standing = Notice.objects.standing().filter(deprecation__component=OuterRef("pk"))
    counted = standing.order_by().values("deprecation__component")
    return Subquery(counted.values(object=JSONObject(bodies=Count("pk"), on=Min("deprecation__recorded_in__at"))))


def newest_reviews() -> ArraySubquery:
    rows = Review.objects.listed().filter(component=OuterRef("pk")).order_by("-written_on", "-pk")
    fields = ("went_well", "blocked", "weeks_to_adopt", "written_on", "since", "stage", "evidence")
    told = JSONObject(slug="organisation__slug", name="organisation__name", **{name: name for name in fields})
    return ArraySubquery(rows.values(object=told)[:REVIEWS_SHOWN])


def reviews_count() -> Coalesce:
    rows = Review.objects.listed().filter(component=OuterRef("pk")).order_by().values("component")
    return Coalesce(Subquery(rows.values(number=Count("pk")), output_field=IntegerField()), 0)

from typing import Any

from django.db.models import QuerySet

from catalogue.models import Component
from commons.listing import Asked, Column, QueryListing, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.listings.about import ABOUT
from registry.models import Evidence, Review, Stage

REFERENCES = ("organisation", "component")
PLAIN = ("written_on", "went_well", "blocked", "weeks_to_adopt", "since", "stage", "evidence")


class ReviewListing(QueryListing):
    """What bodies found when they took a component up: of bodies alone that declare that they use it, or stopped."""

    name = "reviews"
    columns = (
        Column("component", "Component", kind="ref"),
        Column("organisation", "Organisation", kind="ref"),
        Column("written_on", "Written", kind="date"),
        Column("went_well", "What went well", "Markdown."),
        Column("blocked", "What stood in the way", "Markdown."),
        Column("weeks_to_adopt", "Weeks to adopt", "From the decision to the first real case.", "number"),
        Column("since", "Uses it since", kind="date"),
        Column("stage", "Stage", "Of its best evidenced use.", "choice", choices=dict(Stage.choices)),
        Column("evidence", "Evidence", "Of that use.", "choice", choices=dict(Evidence.choices)),
    )
    filters = tuple(known for known in ABOUT if known.name in REFERENCES)
    sorts = (
        Sort("written", "Newest first", ("-written_on",)),
        Sort("organisation", "Organisation, A to Z", ("organisation__name", "component__name")),
    )
    default_sort = "written"
    fields = {
        **{name: name for name in PLAIN},
        **{f"{name}_{part}": f"{name}__{part}" for name in REFERENCES for part in ("slug", "name")},
    }

    def base(self, asked: Asked) -> QuerySet:
        return Review.objects.listed()

    def row(self, values: Row) -> Row:
        refs: dict[str, Any] = {name: reference(values, name) for name in REFERENCES}
        return labelled(self.columns, values | refs)


class ReviewsOf(ReviewListing):
    """What bodies found when they took one component up."""

    filters = ()

    def __init__(self, component: Component):
        self.component = component

    def base(self, asked: Asked) -> QuerySet:
        return super().base(asked).filter(component=self.component)

"""What one person, or one token, has done: theirs to see, and of a token its body's people's."""

from django.db.models import QuerySet

from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Sort
from commons.listing.rows import labelled
from commons.listing.selection import Row
from registry.models import Act, Event, Person, Token


class ActsOf(QueryListing):
    """Every act of one person or one token, the newest first."""

    name = "acts"
    columns = (
        Column("at", "When", kind="date"),
        Column("act", "Act", kind="choice", choices=dict(Act.choices)),
        Column("source", "Source"),
    )
    filters = (
        Filter("act", "Act", choices=Fixed(Act.choices), field="act"),
        Filter("since", "On or after", kind="date", many=False, field="at__date__gte"),
        Filter("until", "On or before", kind="date", many=False, field="at__date__lte"),
    )
    sorts = (Sort("latest", "Latest first", ("-at",)),)
    default_sort = "latest"
    fields = {"at": "at", "act": "act", "source": "source"}

    def __init__(self, who: Person | Token) -> None:
        self.who = who

    def base(self, asked: Asked) -> QuerySet:
        return (
            Event.objects.filter(token=self.who) if isinstance(self.who, Token) else Event.objects.filter(by=self.who)
        )

    def row(self, values: Row) -> Row:
        return labelled(self.columns, values)

"""SQL that lists of several apps need."""

from django.db.models import IntegerField, QuerySet, Subquery


class CountOf(Subquery):
    """How many different values of `of` a correlated QuerySet has: counting beside a join would count pairs."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, queryset: QuerySet, of: str = "pk"):
        super().__init__(queryset.order_by().values(of).distinct())

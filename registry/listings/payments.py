import re
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, ExtractYear, LPad, Mod

from catalogue.models import Lifecycle
from commons.formatting import YEAR_STARTS
from commons.listing import Asked, Column, Filter, Fixed, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.listings.about import ABOUT, AboutListing
from registry.listings.declarations import CURRENCY
from registry.listings.under_review import UNDER_REVIEW, marked
from registry.models import About, Payment
from registry.models.challenge import of_row

REFERENCES = ("organisation", "function", "component")
YEAR = re.compile(r"[12]\d{3}-\d{2}", re.ASCII)
LINKED = Fixed({"yes": "Linked to a function or component", "no": "Not linked yet"})


class FinancialYears:
    """Any financial year, written `2025-26`."""

    def labels(self, values: Iterable[str]) -> dict[str, str]:
        return {year: year for year in values if YEAR.fullmatch(year) and year[5:] == f"{int(year[:4]) + 1}"[2:]}

    def every(self) -> list[str]:
        return [f"{year}-{(year + 1) % 100:02}" for year in range(date.today().year - 4, date.today().year + 1)]


def between(year: str) -> Q:
    """Paid in the financial year."""
    first = int(year[:4])
    return Q(paid_on__gte=date(first, *YEAR_STARTS), paid_on__lt=date(first + 1, *YEAR_STARTS))


def financial_year() -> Case:
    """The financial year of `paid_on`, written `2025-26`."""
    begun = Case(When(paid_on__month__gte=YEAR_STARTS[0], then=Value(0)), default=Value(1))
    first = ExtractYear("paid_on") - begun
    ending = LPad(Cast(Mod(first + 1, 100, output_field=IntegerField()), CharField()), 2, Value("0"))
    return Case(
        When(paid_on=None, then=None),
        default=Concat(Cast(first, CharField()), Value("-"), ending),
        output_field=CharField(),
    )


class PaymentListing(AboutListing):
    """Published spend lines. A credit is negative; nothing is added up here."""

    name = "payments"
    columns = (
        Column("id", "Number", kind="number"),
        Column("organisation", "Organisation", kind="ref"),
        Column("reference", "Reference"),
        Column("line", "Line"),
        Column("paid_on", "Paid on", kind="date"),
        Column("financial_year", "Financial year"),
        Column("supplier", "Supplier"),
        Column("supplier_identifier", "Supplier code"),
        Column("amount", "Amount", "A credit is negative.", "money"),
        Column("currency", "Currency"),
        Column("function", "Function", kind="ref"),
        Column("component", "Shared component", kind="ref"),
        Column("system", "System of its own"),
        Column("category", "Category"),
        Column("purpose", "Purpose"),
        Column("source_url", "Source"),
        *UNDER_REVIEW,
    )
    filters = (
        Filter("q", "Supplier", kind="text", many=False, field="supplier__icontains"),
        *ABOUT,
        Filter("financial_year", "Financial year", choices=FinancialYears(), field="year"),
        Filter("from", "Paid on or after", kind="date", many=False, field="paid_on__gte"),
        Filter("to", "Paid on or before", kind="date", many=False, field="paid_on__lte"),
        Filter("linked", "Linked", choices=LINKED, field="is_linked"),
    )
    sorts = (
        Sort("paid_on", "Oldest first", ("paid_on",), turned="Newest first"),
        Sort("amount", "Amount, highest first", ("-amount",)),
        Sort("supplier", "Supplier, A to Z", ("supplier",)),
    )
    default_sort = "-paid_on"
    fields = {
        **{
            name: name
            for name in (
                *("id", "reference", "line", "paid_on", "supplier", "supplier_identifier", "amount", "system"),
                *("category", "purpose", "source_url"),
            )
        },
        **{f"{name}_{part}": f"{name}__{part}" for name in REFERENCES for part in ("slug", "name")},
        "component_lifecycle": "component__lifecycle",
        "financial_year": "year",
        "currency": CURRENCY,
        "review": of_row(About.PAYMENT),
    }

    def base(self, asked: Asked) -> QuerySet:
        linked = Q(function__isnull=False) | Q(component__isnull=False)
        return Payment.objects.annotate(
            year=financial_year(),
            is_linked=Case(When(linked, then=Value("yes")), default=Value("no"), output_field=CharField()),
        )

    def narrow_financial_year(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.filter(reduce(or_, map(between, values)))

    def row(self, values: Row) -> Row:
        """A payment for a draft is shown, the draft is not."""
        refs = {name: reference(values, name) for name in REFERENCES}
        if values["component_lifecycle"] == Lifecycle.DRAFT:
            refs["component"] = None
        return labelled(self.columns, values | refs | marked(values["review"]))

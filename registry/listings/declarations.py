from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from catalogue.models import PeerGroup
from commons.listing import Asked, Column, Filter, Fixed, Rows, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.listings.about import ABOUT, AboutListing
from registry.listings.organisations import texts
from registry.listings.under_review import UNDER_REVIEW, marked
from registry.models import Commons, Declaration, DeclarationKind, Evidence, ExemptReason, Stage, Why, Withheld
from registry.models.challenge import of_declaration

CURRENCY = Coalesce(Subquery(Commons.objects.values("currency")[:1]), Value(settings.CURRENCY))
REFERENCES = ("organisation", "function", "component")
# Why a number of a statement is blank. A system's owner who gave no sum has not answered.
BLANK = {DeclarationKind.NOT_RESPONSIBLE: "not_responsible", DeclarationKind.NOT_SURE: "unknown"}
PLAIN = (
    *("id", "kind", "system", "supplier", "stage", "coverage", "transactions", "annual_cost", "price_fy", "since"),
    *("contract_end", "confirmed", "evidence", "published", "exempt_until", "exempt_reason", "why", "reason"),
    *("contact", "source_url"),
)
# What stands in place of a value that its body keeps back, for a while or for good.
HELD = ArraySubquery(Withheld.objects.filter(declaration=OuterRef("pk")).values("field"))


class DeclarationListing(AboutListing):
    """What bodies say about themselves, each with its source. With `history=1` also what was said before."""

    name = "declarations"
    columns = (
        Column("id", "Number", kind="number"),
        Column("kind", "Statement", kind="choice", choices=dict(DeclarationKind.choices)),
        Column("organisation", "Organisation", kind="ref"),
        Column("function", "Function", kind="ref"),
        Column("component", "Shared component", kind="ref", status=True),
        Column("system", "System of its own"),
        Column("supplier", "Supplier", status=True),
        Column("stage", "Stage", kind="choice", choices=dict(Stage.choices)),
        Column("coverage", "Coverage", "The part of the function's work that it does, 0 to 1.", "number", True),
        Column("transactions", "Transactions a year", kind="number", status=True),
        Column("annual_cost", "Cost a year", kind="money", status=True),
        Column("currency", "Currency"),
        Column("price_fy", "Price year"),
        Column("since", "Since", kind="date"),
        Column("contract_end", "Contract ends", kind="date", status=True),
        Column("confirmed", "Last confirmed", kind="date"),
        Column("evidence", "Evidence", kind="choice", choices=dict(Evidence.choices)),
        Column("published", "Open-book record is public", kind="flag"),
        Column("exempt_until", "Exempt until", kind="date"),
        Column("exempt_reason", "Exempt because", kind="choice", choices=dict(ExemptReason.choices)),
        Column("why", "Why no shared component is used", kind="choice", choices=dict(Why.choices)),
        Column("reason", "The same in its own words"),
        Column("contact", "Whom to ask"),
        Column("source_url", "Source"),
        Column(
            "inherited_from",
            "Inherited from",
            "Number of a predecessor's statement that it stands for, until the body has confirmed it. Blank: its own.",
            "number",
        ),
        Column("recorded", "Recorded", kind="date"),
        Column("superseded", "Replaced", "Blank: this is what is said now.", kind="date"),
        *UNDER_REVIEW,
    )
    filters = (
        Filter("kind", "Statement", choices=Fixed(DeclarationKind.choices), field="kind"),
        *ABOUT,
        Filter("stage", "Stage", choices=Fixed(Stage.choices), field="stage"),
        Filter("why", "Why no shared component is used", choices=Fixed(Why.choices), field="why"),
        Filter("evidence", "Evidence", choices=Fixed(Evidence.choices), field="evidence"),
        Filter("type", "Type of organisation", choices=texts("type"), field="organisation__type", top=20),
        Filter(
            "peer_group",
            "Compared with",
            choices=Rows(PeerGroup.objects.all(), label="label"),
            field="organisation__peer_group__slug",
            label_field="organisation__peer_group__label",
            top=20,
        ),
        Filter("confirmed_before", "Confirmed before", kind="date", many=False, field="confirmed__lt"),
        Filter("confirmed_after", "Confirmed on or after", kind="date", many=False, field="confirmed__gte"),
        Filter("contract_ends_before", "Contract ends before", kind="date", many=False, field="contract_end__lt"),
        Filter("contract_ends_after", "Contract ends on or after", kind="date", many=False, field="contract_end__gte"),
        Filter("inherited", "From a predecessor, to be confirmed", kind="flag", many=False),
        Filter("history", "Also what was said before", kind="flag", many=False),
    )
    sorts = (
        Sort("organisation", "Organisation, A to Z", ("organisation__name", "function__name")),
        Sort("function", "Function, A to Z", ("function__name", "organisation__name")),
        Sort("confirmed", "Last confirmed first", ("-confirmed",)),
        Sort("contract_end", "Contract ends first", ("contract_end",)),
        Sort("annual_cost", "Cost, highest first", ("-annual_cost",)),
    )
    default_sort = "organisation"
    fields = {
        **{name: name for name in PLAIN},
        **{f"{name}_{part}": f"{name}__{part}" for name in REFERENCES for part in ("slug", "name")},
        "currency": CURRENCY,
        "held": HELD,
        "inherited_from": "inherited_from",
        "recorded": "recorded_in__at",
        "superseded": "superseded_in__at",
        "review": of_declaration(),
    }

    def base(self, asked: Asked) -> QuerySet:
        said = Declaration.objects.listed()
        return said if asked.value("history") else said.current()

    def narrow_history(self, queryset: QuerySet, values: list[Any]) -> QuerySet:
        return queryset

    def narrow_inherited(self, queryset: QuerySet, values: list[Any]) -> QuerySet:
        return queryset.filter(inherited_from__isnull=False)

    def row(self, values: Row) -> Row:
        refs = {name: reference(values, name) for name in REFERENCES}
        days = {name: values[name].date() if values[name] else None for name in ("recorded", "superseded")}
        blank = BLANK.get(values["kind"], "not_answered")
        held = values.pop("held")
        status = {
            f"{name}_status": None if values[name] not in (None, "") else "suppressed" if name in held else blank
            for name in ("coverage", "transactions", "annual_cost", "supplier", "contract_end")
        }
        adopts = values["kind"] in (DeclarationKind.ADOPTION, DeclarationKind.DUPLICATE)
        status["component_status"] = None if adopts else blank
        return labelled(self.columns, values | refs | days | status | marked(values["review"]))

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from commons.listing import Asked, Column, Filter, Fixed, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.listings.about import ABOUT, AboutListing
from registry.models import Exemption, ExemptionOutcome, ExemptReason

STATES = {"waiting": "The panel has not decided", **dict(ExemptionOutcome.choices)}


class ExemptionListing(AboutListing):
    """Exemptions that bodies ask for: what for, until when, and what a panel of three said. Open from the beginning."""

    name = "exemptions"
    columns = (
        Column("id", "Number", kind="number"),
        Column("organisation", "Organisation", kind="ref"),
        Column("function", "Function", kind="ref"),
        Column("system", "System"),
        Column("reason", "Reason", kind="choice", choices=dict(ExemptReason.choices)),
        Column("text", "What speaks for it"),
        Column("evidence_url", "Evidence"),
        Column("until", "Until", kind="date"),
        Column("renews", "Renews", "The number of the exemption that it goes on with. Blank: none.", "number"),
        Column("state", "State", kind="choice", choices=STATES),
        Column("asked", "Asked for", kind="date"),
        Column("decided", "Decided", kind="date"),
        Column("seats", "Seats taken", "Of three.", "number"),
        Column("granting", "Votes to grant it", kind="number"),
        Column("refusing", "Votes to refuse it", kind="number"),
    )
    filters = (
        Filter("state", "State", choices=Fixed(STATES), field="state"),
        Filter("reason", "Reason", choices=Fixed(ExemptReason.choices), field="reason"),
        *(one for one in ABOUT if one.name in ("organisation", "function")),
    )
    sorts = (
        Sort("asked", "Newest first", ("-pk",), turned="Oldest first"),
        Sort("until", "Ends last first", ("-until",), turned="Ends first"),
        Sort("organisation", "Organisation, A to Z", ("organisation__name",)),
    )
    default_sort = "asked"
    fields = {
        **{name: name for name in ("id", "system", "reason", "text", "evidence_url", "until", "state")},
        **{name: name for name in ("taken", "granting", "refusing")},
        **{f"{name}_{part}": f"{name}__{part}" for name in ("organisation", "function") for part in ("slug", "name")},
        "renews_number": "renews_id",
        "asked_at": F("asked_in__at"),
        "decided_at": F("decided_in__at"),
    }

    def base(self, asked: Asked) -> QuerySet:
        waiting = When(outcome="", then=Value("waiting"))
        return Exemption.objects.annotate(
            state=Case(waiting, default=F("outcome"), output_field=CharField()),
            granting=Count("seats", filter=Q(seats__grants=True)),
            refusing=Count("seats", filter=Q(seats__grants=False)),
            taken=Count("seats"),
        )

    def row(self, values: Row) -> Row:
        refs = {name: reference(values, name) for name in ("organisation", "function")}
        days = {name: values[f"{name}_at"].date() if values[f"{name}_at"] else None for name in ("asked", "decided")}
        more = {"renews": values["renews_number"], "seats": values["taken"]}
        return labelled(self.columns, values | refs | days | more)

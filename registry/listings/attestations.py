from typing import Any

from django.db.models import F, QuerySet

from catalogue.models import Lifecycle
from commons.listing import Asked, Column, Filter, Fixed, Rows, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.listings.about import ABOUT, AboutListing
from registry.models import Attestation, AttestationState, AuditResult, Organisation

REFERENCES = ("organisation", "function", "component", "steward")


class AttestationListing(AboutListing):
    """Who attested, declined or was asked to attest that a body uses a component; what was audited of it, and how it
    was drawn. What systems cost is attested by their own bodies' finance officers, and in no list.
    """

    name = "attestations"
    columns = (
        Column("id", "Number", kind="number"),
        Column("organisation", "Organisation", kind="ref"),
        Column("function", "Function", kind="ref"),
        Column("component", "Shared component", kind="ref"),
        Column("state", "State", kind="choice", choices=dict(AttestationState.choices)),
        Column("steward", "Steward", "Who answered. Blank: nobody has.", "ref"),
        Column("asked_on", "Asked", kind="date"),
        Column("due_on", "To be answered until", kind="date"),
        Column("answered_on", "Answered", kind="date"),
        Column("ended_on", "Ended", kind="date"),
        Column("reason", "Reason", "Why it was declined or taken back."),
        Column("audit_year", "Audited for the year", "Blank: not drawn.", "number"),
        Column("audit_seed", "Seed of the draw", "SHA-256 of the year's list."),
        Column("audit_result", "Audit", kind="choice", choices=dict(AuditResult.choices)),
        Column("audit_reason", "What the audit found"),
        Column("audited_on", "Audit decided", kind="date"),
    )
    filters = (
        Filter("state", "State", choices=Fixed(AttestationState.choices), field="state"),
        *ABOUT,
        Filter("steward", "Steward", choices=Rows(Organisation.objects.all()), field="steward__slug", facet=False),
        Filter("audit", "Audit", choices=Fixed(AuditResult.choices), field="audit__result"),
        Filter("answered_after", "Answered on or after", kind="date", many=False, field="answered_on__gte"),
        Filter("answered_before", "Answered before", kind="date", many=False, field="answered_on__lt"),
    )
    sorts = (
        Sort("id", "Oldest first", ("pk",), turned="Newest first"),
        Sort("organisation", "Organisation, A to Z", ("organisation__name", "pk")),
    )
    default_sort = "id"
    fields = {
        **{name: name for name in ("id", "state", "asked_on", "due_on", "answered_on", "ended_on", "reason")},
        **{f"{name}_{part}": f"{name}__{part}" for name in REFERENCES for part in ("slug", "name")},
        "audit_for": F("audit__year"),
        "audit_drawn": F("audit__seed"),
        "audit_said": F("audit__result"),
        "audit_found": F("audit__reason"),
        "audit_on": F("audit__decided_on"),
    }

    def base(self, asked: Asked) -> QuerySet:
        return Attestation.objects.of_use().exclude(component__lifecycle=Lifecycle.DRAFT)

    def row(self, values: Row) -> Row:
        refs: dict[str, Any] = {name: reference(values, name) for name in REFERENCES}
        audit = {
            "audit_year": values["audit_for"],
            "audit_seed": values["audit_drawn"] or "",
            "audit_result": values["audit_said"] or "",
            "audit_reason": values["audit_found"] or "",
            "audited_on": values["audit_on"],
        }
        return labelled(self.columns, values | refs | audit)

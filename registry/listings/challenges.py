from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When

from commons.listing import Asked, Column, Filter, Fixed, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.listings.about import ABOUT, AboutListing
from registry.models import About, Challenge, ChallengeOutcome, ChallengeState
from registry.models.challenge import challenge

REFERENCES = ("organisation", "function", "component")
PLAIN = (
    *("reference", "state", "outcome", "about", "system", "claim", "evidence_url", "raised_on"),
    *("due_on", "ended_on"),
)
STANDING = Fixed({"yes": "Under review", "no": "Settled"})


class ChallengeListing(AboutListing):
    """What people say is wrong or missing, and what became of it. Who they are is in no list.

    What was said to it step by step is with each challenge itself.
    """

    name = "challenges"
    columns = (
        Column("reference", "Reference"),
        Column("state", "State", kind="choice", choices=dict(ChallengeState.choices)),
        Column("outcome", "Outcome", "Blank: not settled.", "choice", choices=dict(ChallengeOutcome.choices)),
        Column("about", "About", kind="choice", choices=dict(About.choices)),
        Column("organisation", "Organisation", kind="ref"),
        Column("function", "Function", kind="ref"),
        Column("component", "Shared component", kind="ref"),
        Column("system", "System of its own"),
        Column("declaration", "Declaration", "The number of the statement that was challenged.", "number"),
        Column("payment", "Payment", "The number of the payment that was challenged.", "number"),
        Column("claim", "Claim", "What is said to be wrong or missing."),
        Column("evidence_url", "Evidence"),
        Column("under_review_since", "Under review since", "Blank: settled.", "date"),
        Column("raised_on", "Raised", kind="date"),
        Column("due_on", "Due", "The last day for whoever’s turn it is.", "date"),
        Column("ended_on", "Settled", kind="date"),
    )
    filters = (
        Filter("standing", "Under review", choices=STANDING, field="stands"),
        Filter("state", "State", choices=Fixed(ChallengeState.choices), field="state"),
        Filter("outcome", "Outcome", choices=Fixed(ChallengeOutcome.choices), field="outcome"),
        Filter("about", "About", choices=Fixed(About.choices), field="about"),
        *ABOUT,
        Filter("raised_after", "Raised on or after", kind="date", many=False, field="raised_on__gte"),
        Filter("raised_before", "Raised before", kind="date", many=False, field="raised_on__lt"),
    )
    sorts = (
        Sort("raised", "Newest first", ("-raised_on",), turned="Oldest first"),
        Sort("due", "Due first", ("due_on",)),
        Sort("organisation", "Organisation, A to Z", ("organisation__name", "-raised_on")),
    )
    default_sort = "raised"
    fields = {
        **{name: name for name in PLAIN},
        **{f"{name}_{part}": f"{name}__{part}" for name in REFERENCES for part in ("slug", "name")},
        "declaration_number": "declaration_id",
        "payment_number": "payment_id",
    }

    def base(self, asked: Asked) -> QuerySet:
        stands = Case(When(challenge.STANDING, then=Value("yes")), default=Value("no"), output_field=CharField())
        return Challenge.objects.listed().annotate(stands=stands)

    def row(self, values: Row) -> Row:
        refs: dict[str, Any] = {name: reference(values, name) for name in REFERENCES}
        standing = values["raised_on"] if values["state"] in challenge.UNDER_REVIEW else None
        numbers = {name: values[f"{name}_number"] for name in ("declaration", "payment")}
        return labelled(self.columns, values | refs | numbers | {"under_review_since": standing})

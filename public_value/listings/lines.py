"""The lines of one score, with their saving cases."""

from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from catalogue.models import Lifecycle
from commons.formatting import significant
from commons.listing import Asked, Column, QueryListing, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from public_value.evidence.restated import voided
from public_value.gate import face
from public_value.models import EditionComment, RowKind, SavingBasis, Score, ScoreLine
from public_value.models.line import CASE
from public_value.savings import SCENARIOS
from public_value.wording import DIMENSIONS as NAMES
from registry.models import Declaration, Evidence

_WORTH = ("annual", "npv")
ESTIMATE = "To two significant figures, in prices of the base year; 0 where there is no saving case."


class ScoreLineListing(QueryListing):
    """What each declaration did to one score. Points stand only where the score is shown."""

    name = "lines"
    columns = (
        Column("function", "Function", kind="ref"),
        Column("component", "Shared component", kind="ref"),
        Column("system", "System of its own"),
        Column("kind", "Counts as", kind="choice", choices=dict(RowKind.choices)),
        Column("disputed", "Disputed", "The body says, or said until it was settled, that this is wrong.", kind="flag"),
        Column("paused", "Paused", "Its points and amounts are not shown: the body disputes it.", kind="flag"),
        Column("share", "Share of the work", "After scaling, 0 to 1.", kind="number"),
        Column("freshness", "Freshness", "1 for a year, then falling to 0.5.", kind="number"),
        Column("evidence", "Evidence", kind="choice", choices=dict(Evidence.choices)),
        Column("reference_cost", "Reference cost", "Of the function for this body, a year.", kind="number"),
        *(Column(name, f"Points for {NAMES[name].lower()}", kind="number") for name in "SNO"),
        Column("reasons", "Why it counts less, or not", kind="list"),
        Column("cost", "Stated cost", "A year, in prices of the base year.", kind="number"),
        Column(
            "cost_is_unusual",
            "Cost to be checked",
            "Below a fifth of the reference for its share of the work, or above five times that.",
            kind="flag",
        ),
        Column(
            "stopped_on", "Stopped on", "Within 90 days after the snapshot: its credit does not stand.", kind="date"
        ),
        Column(
            "case_basis",
            "Saving case rests on",
            "Blank: not a duplicate, or no shared component beside it states a price.",
            kind="choice",
            choices=dict(SavingBasis.choices),
        ),
        Column("case_component", "Component assumed", "The cheapest shared one that states a price.", kind="ref"),
        Column("case_cost", "Cost now", "A year, stated or assumed, in prices of the base year.", kind="number"),
        Column("case_shared_cost", "Cost of sharing", "A year, of the component assumed.", kind="number"),
        Column("case_start", "Years until the move", kind="number"),
        *(Column(f"case_annual_{name}", f"Saving a year, {name}", ESTIMATE, kind="number") for name in SCENARIOS),
        *(Column(f"case_npv_{name}", f"Net present value, {name}", ESTIMATE, kind="number") for name in SCENARIOS),
        Column("declaration", "Declaration's number", kind="number"),
        Column("confirmed", "Last confirmed", kind="date"),
        Column("source_url", "Source"),
    )
    sorts = (Sort("function", "Function, A to Z", ("function__name",)),)
    default_sort = "function"
    fields = {
        "function_slug": "function__slug",
        "function_name": "function__name",
        "component_slug": "declaration__component__slug",
        "component_name": "declaration__component__name",
        "system": "declaration__system",
        "declared_evidence": "declaration__evidence",
        "confirmed": "declaration__confirmed",
        "source_url": "declaration__source_url",
        "lifecycle": "declaration__component__lifecycle",
        "reference_cost": "envelope",
        "declaration_number": "declaration_id",
        "case_component_slug": "case_component__slug",
        "case_component_name": "case_component__name",
        "case_component_lifecycle": "case_component__lifecycle",
        "disputed": "disputed",
        "paused": "paused",
        **{
            name: name for name in ("kind", "share", "freshness", "cost", "reasons", "points_S", "points_N", "points_O")
        },
        **{name: name for name in CASE},
    }

    def __init__(self, score: Score | None = None) -> None:
        self.score = score

    @cached_property
    def stopped(self) -> dict[int, date]:
        """The day on which each adoption that lost its credit stopped, by its declaration."""
        found = voided(self.score.edition, self.score.organisation_id) if self.score else []
        return {one.declaration: one.stopped_on for one in found}

    def base(self, asked: Asked) -> QuerySet:
        """A draft stays hidden: its name would tell that it exists."""
        drafts = Declaration.objects.filter(component__lifecycle=Lifecycle.DRAFT)
        said = EditionComment.objects.about(OuterRef("score__edition__label"), OuterRef("score__edition__revision"))
        cell = {"organisation": OuterRef("score__organisation"), "function": OuterRef("function")}
        disputes = said.filter(disputed=True, **cell)
        lines = ScoreLine.objects.filter(score=self.score).exclude(declaration__in=drafts)
        return lines.annotate(disputed=Exists(disputes), paused=Exists(disputes.pausing()))

    def row(self, values: Row) -> Row:
        has_points = self.score is not None and face(self.score).is_score and not values["paused"]
        points = {name: round(values[f"points_{name}"], 4) if has_points else None for name in "SNO"}
        made = {
            "function": reference(values, "function"),
            "component": reference(values, "component"),
            "evidence": values["declared_evidence"],
            "share": round(values["share"], 4),
            "freshness": round(values["freshness"], 4),
            "reference_cost": round(values["reference_cost"], 2),
            "declaration": values["declaration_number"],
            "cost": None if values["cost"] is None else round(values["cost"], 2),
            "cost_is_unusual": ScoreLine(
                kind=values["kind"], cost=values["cost"], share=values["share"], envelope=values["reference_cost"]
            ).cost_is_unusual,
            "stopped_on": self.stopped.get(values["declaration_number"]),
        }
        return labelled(self.columns, values | made | points | case_of(values))


def case_of(values: Row) -> Row:
    """The saving case of a line; nothing where there is none, and no amount where it is paused."""
    modelled, hidden = values["case_modelled"], values["case_component_lifecycle"] == Lifecycle.DRAFT
    basis = SavingBasis.MODELLED if modelled else SavingBasis.DECLARED
    costs, worth = ("case_cost", "case_shared_cost"), [f"case_{what}_{name}" for what in _WORTH for name in SCENARIOS]
    if values["paused"]:
        values = values | dict.fromkeys((*costs, *worth))
    return {
        "case_basis": None if modelled is None else basis.value,
        "case_component": None if hidden else reference(values, "case_component"),
        **{name: None if values[name] is None else round(values[name], 2) for name in costs},
        **{name: significant(values[name]) for name in worth},
    }

"""The lists of what follows, each behind the gate: the same rows for pages, API and files."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from catalogue.models import Lifecycle, PeerGroup
from commons.formatting import significant
from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Rows, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from public_value.gate import HELD, face
from public_value.methodology import DIMENSIONS
from public_value.models import (
    Edition,
    EditionComment,
    EditionState,
    PublishedAs,
    RowKind,
    SavingBasis,
    Score,
    ScoreLine,
)
from public_value.models.score import CASE
from public_value.presenters.publication import bundle_address
from public_value.savings import SCENARIOS
from public_value.wording import DIMENSIONS as NAMES
from public_value.wording import GRADES
from registry.models import Declaration, Evidence

_FACTS = ("published_as", "grade", "pvi", "p5", "p95", *(f"contribution_{name}" for name in DIMENSIONS))
_FACTS += ("shown_rank_low", "shown_rank_high", "rank_members")
_WORTH = ("annual", "npv")
ESTIMATE = "To two significant figures, in prices of the base year; 0 where there is no saving case."
SHOWN_AS = dict(PublishedAs.choices) | {HELD: "Held for review"}
_PLAIN = ("pvi_peer_imputed", "pvi_max", "K", "V", "T", "missing")


class EditionListing(QueryListing):
    """Editions of the public value index: dated calculations of all figures, each with what it was made of."""

    name = "editions"
    columns = (
        Column("label", "Edition"),
        Column("revision", "Revision", "A correction is a further revision of the same label.", kind="number"),
        Column("erratum", "What a correction corrects"),
        Column("snapshot_date", "As recorded for", kind="date"),
        Column("state", "State", kind="choice", choices=dict(EditionState.choices)),
        Column("method_version", "Method"),
        Column("params_hash", "Parameters", "SHA-256 of the method's parameter file as canonical JSON."),
        Column("snapshot_hash", "Snapshot", "SHA-256 over the files of the registry's exported pack."),
        Column("benchmark_edition", "Benchmarks"),
        Column("base_financial_year", "Prices of"),
        Column("seed", "Seed"),
        Column("draws", "Draws", kind="number"),
        Column("code_version", "Code"),
        Column("computed_at", "Computed", kind="date"),
        Column("reply_from", "Replies from", kind="date"),
        Column("reply_until", "Replies until", kind="date"),
        Column("published_at", "Published", kind="date"),
        Column("bundle", "Open data", "Path of a zip that holds all inputs, all results and a program that compares."),
        Column("bundle_sha256", "SHA-256 of the open data"),
        Column("note", "Note"),
    )
    sorts = (Sort("snapshot_date", "Latest first", ("-snapshot_date",)),)
    default_sort = "snapshot_date"
    fields = {column.name: column.name for column in columns if column.name != "bundle"} | {
        "bundle_sha256": "bundle__sha256"
    }

    def base(self, asked: Asked) -> QuerySet:
        return Edition.objects.listed()

    def row(self, values: Row) -> Row:
        days = {name: values[name] and timezone.localdate(values[name]) for name in ("computed_at", "published_at")}
        address = bundle_address(values["label"], values["revision"]) if values["bundle_sha256"] else None
        return labelled(self.columns, values | days | {"bundle": address})


class ScoreListing(QueryListing):
    """What each body gets in an edition, from A to Z and never by value. Compare only bodies of one peer group.

    `score` stands for grades A to C; for D there is only the range `low` to `high`, for E neither. `missing` says what
    keeps a body from a score. `rank_low` to `rank_high` of `rank_members` is a place among bodies of `rank_group`, and
    never one across kinds.
    """

    name = "scores"
    columns = (
        Column("organisation", "Organisation", kind="ref"),
        Column("comparable_with", "Compare only with", "The peer group of the body in this edition.", kind="ref"),
        Column("published_as", "Shown as", kind="choice", choices=SHOWN_AS),
        Column("grade", "Confidence", kind="choice", choices=GRADES),
        Column("score", "Score", "0 to 100, whole points.", kind="number"),
        Column("low", "Range from", kind="number"),
        Column("high", "Range to", kind="number"),
        Column("rank_low", "Place from", "1 is the highest. Null where fewer than ten are compared.", kind="number"),
        Column("rank_high", "Place to", "Places are a range: from P5 to P95 of the draws.", kind="number"),
        Column("rank_members", "Of so many scores", kind="number"),
        Column("rank_group", "Place among", "Its peer group, or the nearest parent of ten scores.", kind="ref"),
        *(Column(name, f"Points for {NAMES[name].lower()}", kind="number") for name in DIMENSIONS),
        Column("balance", "Points lost to imbalance", kind="number"),
        Column("peer_imputed", "Score if the rest were like its peers'", kind="number"),
        Column("most", "Score if the rest were all shared", kind="number"),
        Column("K", "Completeness", "Part of its work that declarations explain, 0 to 1.", kind="number"),
        Column("V", "Verification", "Strength of the evidence, 0 to 1.", kind="number"),
        Column("T", "Timeliness", "Freshness of the declarations, 0 to 1.", kind="number"),
        Column("missing", "What is missing", "Codes, explained in the guide.", kind="list"),
    )
    filters = (
        Filter("q", "Name", kind="text", many=False),
        Filter(
            "peer_group",
            "Kind of body",
            choices=Rows(PeerGroup.objects.all(), label="label"),
            field="peer_group__slug",
            label_field="peer_group__label",
        ),
        Filter("published_as", "Shown as", choices=Fixed(tuple(SHOWN_AS.items())), field="shown_as"),
        Filter("grade", "Confidence", choices=Fixed(GRADES), field="grade"),
    )
    sorts = (Sort("organisation", "A to Z", ("organisation__name",)),)
    default_sort = "organisation"
    fields = {
        "organisation_slug": "organisation__slug",
        "organisation_name": "organisation__name",
        "held": "held",
        "comparable_with_slug": "peer_group__slug",
        "comparable_with_name": "peer_group__label",
        "balance_penalty": "balance_penalty",
        "rank_group_slug": "rank_group__slug",
        "rank_group_name": "rank_group__label",
        **{name: name for name in (*_FACTS, *_PLAIN)},
    }

    def __init__(self, edition: Edition | None = None) -> None:
        self.edition = edition

    def base(self, asked: Asked) -> QuerySet:
        is_held = Q(held=True) & ~Q(published_as=PublishedAs.NOT_PUBLISHED)
        shown_as = Case(When(is_held, then=Value(HELD)), default=F("published_as"))
        return Score.objects.of(self.edition).listed().annotate(shown_as=shown_as)

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        text = values[0]
        return queryset.filter(Q(organisation__name__icontains=text) | Q(organisation__slug__icontains=text))

    def row(self, values: Row) -> Row:
        score = Score(**{name: values[name] for name in _FACTS})
        shown = face(score, held=values["held"])
        open_figures: dict[str, Any] = dict.fromkeys((*DIMENSIONS, "balance", "peer_imputed", "most"))
        if shown.is_score:
            open_figures = {name: round(score.contribution(name), 2) for name in DIMENSIONS}
            open_figures["balance"] = round(values["balance_penalty"], 2)
            open_figures["peer_imputed"] = round(values["pvi_peer_imputed"])
            open_figures["most"] = round(values["pvi_max"])
        made = {
            "organisation": reference(values, "organisation"),
            "comparable_with": reference(values, "comparable_with"),
            "published_as": shown.published_as,
            "score": shown.score,
            "low": shown.low,
            "high": shown.high,
            "rank_low": shown.rank_low,
            "rank_high": shown.rank_high,
            "rank_members": shown.rank_members,
            "rank_group": reference(values, "rank_group") if shown.rank_members else None,
            **{name: None if values[name] is None else round(values[name], 4) for name in "KVT"},
        }
        return labelled(self.columns, values | made | open_figures)


class ScoresOfOneKind(ScoreListing):
    """The bodies of one kind, from A to Z: there is no list across kinds."""

    filters = tuple(
        Filter(known.name, known.label, many=False, choices=known.choices, field=known.field, facet=False)
        if known.name == "peer_group"
        else known
        for known in ScoreListing.filters
        if known.name in ("q", "peer_group")
    )

    def base(self, asked: Asked) -> QuerySet:
        scores = super().base(asked)
        return scores if asked.value("peer_group") else scores.none()


class ScoreLineListing(QueryListing):
    """What each declaration did to one score. Points stand only where the score is shown."""

    name = "lines"
    columns = (
        Column("function", "Function", kind="ref"),
        Column("component", "Shared component", kind="ref"),
        Column("system", "System of its own"),
        Column("kind", "Counts as", kind="choice", choices=dict(RowKind.choices)),
        Column("disputed", "Disputed", "The body says that this is wrong.", kind="flag"),
        Column("share", "Share of the work", "After scaling, 0 to 1.", kind="number"),
        Column("freshness", "Freshness", "1 for a year, then falling to 0.5.", kind="number"),
        Column("evidence", "Evidence", kind="choice", choices=dict(Evidence.choices)),
        Column("reference_cost", "Reference cost", "Of the function for this body, a year.", kind="number"),
        *(Column(name, f"Points for {NAMES[name].lower()}", kind="number") for name in "SNO"),
        Column("reasons", "Why it counts less, or not", kind="list"),
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
        **{name: name for name in ("kind", "share", "freshness", "reasons", "points_S", "points_N", "points_O")},
        **{name: name for name in CASE},
    }

    def __init__(self, score: Score | None = None) -> None:
        self.score = score

    def base(self, asked: Asked) -> QuerySet:
        """A draft stays hidden: its name would tell that it exists."""
        drafts = Declaration.objects.filter(component__lifecycle=Lifecycle.DRAFT)
        about = {"edition": OuterRef("score__edition"), "organisation": OuterRef("score__organisation")}
        disputes = EditionComment.objects.filter(disputed=True, function=OuterRef("function"), **about)
        lines = ScoreLine.objects.filter(score=self.score).exclude(declaration__in=drafts)
        return lines.annotate(disputed=Exists(disputes))

    def row(self, values: Row) -> Row:
        open_score = self.score is not None and face(self.score).is_score
        points = {name: round(values[f"points_{name}"], 4) if open_score else None for name in "SNO"}
        made = {
            "function": reference(values, "function"),
            "component": reference(values, "component"),
            "evidence": values["declared_evidence"],
            "share": round(values["share"], 4),
            "freshness": round(values["freshness"], 4),
            "reference_cost": round(values["reference_cost"], 2),
            "declaration": values["declaration_number"],
        }
        return labelled(self.columns, values | made | points | case_of(values))


def case_of(values: Row) -> Row:
    """The saving case of a line; nothing where there is none."""
    modelled, hidden = values["case_modelled"], values["case_component_lifecycle"] == Lifecycle.DRAFT
    basis = SavingBasis.MODELLED if modelled else SavingBasis.DECLARED
    costs, worth = ("case_cost", "case_shared_cost"), (f"case_{what}_{name}" for what in _WORTH for name in SCENARIOS)
    return {
        "case_basis": None if modelled is None else basis.value,
        "case_component": None if hidden else reference(values, "case_component"),
        **{name: None if values[name] is None else round(values[name], 2) for name in costs},
        **{name: significant(values[name]) for name in worth},
    }


def savings_of(score: Score) -> dict[str, dict[str, dict[str, float]] | None]:
    """`savings` and `savings_modelled` by scenario, to two significant figures; None where no system has a case."""
    found: dict[str, dict] = {}
    for row in score.savings.values("basis", "scenario", "annual", "npv10"):
        figures = {name: significant(row[name]) for name in ("annual", "npv10")}
        found.setdefault(row["basis"], {})[row["scenario"]] = figures
    return {"savings": found.get(SavingBasis.DECLARED), "savings_modelled": found.get(SavingBasis.MODELLED)}

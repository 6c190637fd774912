"""An area's functions, each with what its predecessors say: the page shows functions, files their statements."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from commons.listing import Column, Facet, Filter, Fixed, Listing, Option, Selection, Sort
from commons.listing.selection import Row as FileRow
from registry import candidates
from registry.areas import Area, Body
from registry.candidates import Candidate
from registry.listings.declarations import CURRENCY
from registry.models import Commons, Evidence, Organisation, Stage
from registry.transitions import BLANKS, Answer, Row, Statement, rows

SHOWN = {
    "differ": "Different systems",
    "alike": "The same system everywhere it is named",
    "ending": "A contract ends within a year of the day",
    "urgent": "Different systems, and a contract ends within a year of the day",
    "calm": "Different systems, and no contract is known to end within a year of the day",
    "silent": "Nobody has answered",
}
WHEN = {"before": "Before the day", "after": "On the day or after it"}
# Why an amount is blank, by what was answered. A system whose cost nobody gave is not answered.
REASONS = {Answer.NOT_RESPONSIBLE: "not_responsible", Answer.NOT_SURE: "unknown"}


class TransitionSelection(Selection):
    listing: "TransitionListing"

    @cached_property
    def found(self) -> list[Row]:
        """The functions that the reader asks for, in the order asked for."""
        shown, text = self.asked.value("show"), (self.asked.value("q") or "").casefold()
        kept = [
            row
            for row in self.listing.functions
            if text in row.name.casefold() and (shown is None or self.listing.is_shown(row, shown))
        ]
        if self.asked.sort.name == "systems":
            kept.sort(key=lambda row: -row.systems)
        if self.asked.backwards:
            kept.reverse()
        return kept

    @cached_property
    def total(self) -> int:
        return len(self.found)

    def slice(self, start: int, stop: int) -> list[Row]:
        return self.found[start:stop]

    def rows(self) -> Iterator[FileRow]:
        for row in self.found:
            yield from self.listing.lines(row)

    @cached_property
    def facets(self) -> list[Facet]:
        known = self.listing.filter("show")
        chosen = self.asked.value("show")
        options = [
            Option(name, label, sum(self.listing.is_shown(row, name) for row in self.listing.functions), name == chosen)
            for name, label in SHOWN.items()
        ]
        return [Facet(known, options)]


class TransitionListing(Listing):
    """What each predecessor says of each function. One who has not answered has a line that says so, if it is asked."""

    name = "transition"
    columns = (
        Column("function", "Function", kind="ref"),
        Column("predecessor", "Predecessor", kind="ref"),
        Column("answer", "Answer", kind="choice", choices=dict(Answer.choices)),
        Column("component", "Shared component", kind="ref", status=True),
        Column("system", "System of its own"),
        Column("supplier", "Supplier"),
        Column("stage", "Stage", kind="choice", choices=dict(Stage.choices)),
        Column("annual_cost", "Cost a year", kind="money", status=True),
        Column("currency", "Currency"),
        Column("price_fy", "Price year"),
        Column("contract_end", "Contract ends", kind="date", status=True),
        Column("contract_ends", "Contract ends before or after the day", kind="choice", choices=WHEN),
        Column("confirmed", "Last confirmed", kind="date"),
        Column("expired", "Confirmed too long ago", kind="flag"),
        Column("evidence", "Evidence", kind="choice", choices=dict(Evidence.choices)),
        Column("systems", "Systems for the function", "Different ones that predecessors name.", "number"),
        Column("naming", "Predecessors that name a system", kind="number"),
        Column("most_alike", "Predecessors with the system that most have", kind="number"),
        Column("candidate", "Shared component for the same work", kind="ref"),
    )
    filters = (
        Filter("q", "Name of a function", kind="text", many=False),
        Filter("show", "Which functions", choices=Fixed(SHOWN), many=False),
    )
    sorts = (Sort("name", "A to Z", ("name",)), Sort("systems", "Most systems first", ("systems",)))
    default_sort = "name"
    selection_class = TransitionSelection

    def __init__(self, area: Area, on: date, version: str = "") -> None:
        self.area, self.on, self.version = area, on, version

    @cached_property
    def functions(self) -> list[Row]:
        return rows(self.area, self.on, self.version)

    @cached_property
    def silent(self) -> list[Body]:
        """Predecessors that have told nothing at all."""
        return [body for body in self.area.before if not any(body.slug in row.cells for row in self.functions)]

    @cached_property
    def candidates(self) -> dict[int, Candidate]:
        """For each function the shared component that most bodies use; made for what the area becomes, if all of it is
        of one kind."""
        kinds = {body.peer_group_id for body in self.area.after}
        kind = Organisation(peer_group_id=kinds.pop()) if len(kinds) == 1 and None not in kinds else None
        return candidates.best([row.id for row in self.functions], self.on, kind)

    @cached_property
    def currency(self) -> str:
        known: QuerySet = Commons.objects.annotate(said=CURRENCY).values_list("said", flat=True)
        return known.first() or ""

    def is_shown(self, row: Row, name: str) -> bool:
        return name in self.shown[row.id]

    @cached_property
    def shown(self) -> dict[int, set[str]]:
        """For each function, by its id, under which of SHOWN it falls."""
        return {row.id: set(self.shown_under(row)) for row in self.functions}

    def shown_under(self, row: Row) -> Iterator[str]:
        soon = row.ends_soon(self.area.day)
        if row.differs:
            yield from ("differ", "urgent" if soon else "calm")
        if row.systems == 1 and row.doing > 1:
            yield "alike"
        if soon:
            yield "ending"
        if not row.answered:
            yield "silent"

    def lines(self, row: Row) -> Iterator[FileRow]:
        for body in self.area.before:
            said = row.cells.get(body.slug, ())
            for one in said:
                yield self.line(row, body.slug, body.name, one)
            if not said and body.slug in row.asked:
                yield self.line(row, body.slug, body.name, Statement(answer=Answer.NOT_ANSWERED))

    def line(self, row: Row, slug: str, name: str, said: Statement) -> FileRow:
        best, blank = self.candidates.get(row.id), REASONS.get(said.answer, "not_answered")
        when = None
        if said.contract_end and self.area.day:
            when = "before" if said.contract_end < self.area.day else "after"
        return {
            "function": {"slug": row.slug, "name": row.name},
            "predecessor": {"slug": slug, "name": name},
            "answer": said.answer.value,
            "answer_label": said.answer.label,
            "component": {"slug": said.component[0], "name": said.component[1]} if said.component else None,
            "component_status": blank if said.answer in BLANKS else None,
            "system": said.system or None,
            "supplier": said.supplier or None,
            "stage": said.stage or None,
            "stage_label": Stage(said.stage).label if said.stage else None,
            "annual_cost": said.annual_cost,
            "annual_cost_status": self.why_blank(said, "annual_cost", blank),
            "currency": self.currency,
            "price_fy": said.price_fy or None,
            "contract_end": said.contract_end,
            "contract_end_status": self.why_blank(said, "contract_end", blank),
            "contract_ends": when,
            "contract_ends_label": WHEN[when] if when else None,
            "confirmed": said.confirmed,
            "expired": said.expired if said.answer != Answer.NOT_ANSWERED else None,
            "evidence": said.evidence or None,
            "evidence_label": Evidence(said.evidence).label if said.evidence else None,
            "systems": row.systems,
            "naming": row.doing,
            "most_alike": row.most_alike,
            "candidate": {"slug": best.slug, "name": best.name} if best else None,
        }

    def why_blank(self, said: Statement, name: str, blank: str) -> str | None:
        if getattr(said, name) is not None:
            return None
        return "suppressed" if name in said.held else blank

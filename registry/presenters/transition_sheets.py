"""The transition view as a workbook: the matrix, costs, contracts, what is shared, and what is to be done."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commons.formats.books import Table
from commons.formats.cells import Value
from registry.areas import Body
from registry.listings.transition import TransitionListing, TransitionSelection
from registry.presenters import transition as page
from registry.presenters import transition_matrix
from registry.transitions import Answer, Row, Statement

RUNNING = (Answer.SHARED, Answer.OWN)


def tables(selection: TransitionSelection) -> list[Table]:
    """Of the functions that the reader asks for; the checklist is of all, as on the page."""
    listing, rows = selection.listing, selection.found
    names = [body.name for body in listing.area.before]
    function = ("function", "function_name")
    return [
        Table(_("Matrix"), [*function, *names, "agreement", "candidate", "candidate_name"], matrix(listing, rows)),
        Table(_("Costs"), [*function, *names, "known", "not_known", "currency"], costs(listing, rows)),
        Table(_("Contracts"), CONTRACT, contracts(listing, rows)),
        Table(_("Shared candidates"), [*function, *CANDIDATE], candidates(listing, rows)),
        Table(_("Checklist"), ["to_do", "function", "function_name", "organisation_name"], checklist(listing)),
    ]


def matrix(listing: TransitionListing, rows: Sequence[Row]) -> Iterator[list[Value]]:
    """As on the page: what each predecessor says of each function, in words."""
    for row in rows:
        best = listing.candidates.get(row.id)
        cells = [in_words(row, body, listing) for body in listing.area.before]
        shared = [best.slug, best.name] if best else [None, None]
        yield [row.slug, row.name, *cells, transition_matrix.agreement(row) or None, *shared]


def in_words(row: Row, body: Body, listing: TransitionListing) -> str:
    cell = transition_matrix.cell(row, body, listing)
    said = [f"{one['text']} ({'; '.join(one['facts'])})" if one["facts"] else one["text"] for one in cell["said"]]
    return "\n".join(said) or cell["blank"]


def costs(listing: TransitionListing, rows: Sequence[Row]) -> Iterator[list[Value]]:
    """What the systems of each predecessor cost a year, where it says so; `not_known`: how many have no cost here."""
    for row in rows:
        by_body = [running(row, body) for body in listing.area.before]
        sums = [total(said) for said in by_body]
        known = [one for one in sums if one is not None]
        unknown = sum(one.annual_cost is None for said in by_body for one in said)
        yield [row.slug, row.name, *sums, sum(known) if known else None, unknown, listing.currency]


def running(row: Row, body: Body) -> list[Statement]:
    return [one for one in row.cells.get(body.slug, ()) if one.answer in RUNNING]


def total(said: Sequence[Statement]) -> Value:
    known = [one.annual_cost for one in said if one.annual_cost is not None]
    return sum(known) if known else None


CONTRACT = (
    *("contract_end", "contract_end_status", "before_or_after", "function", "function_name", "predecessor"),
    *("predecessor_name", "system", "supplier", "annual_cost", "annual_cost_status"),
)


def contracts(listing: TransitionListing, rows: Sequence[Row]) -> Iterator[list[Value]]:
    """Of what is in use, the first to end first; those without a known end last, each with the reason."""
    lines = [line for row in rows for line in listing.lines(row) if line["answer"] in RUNNING]
    lines.sort(key=lambda line: (line["contract_end"] is None, str(line["contract_end"]), line["function"]["name"]))
    for line in lines:
        function, body, component = line["function"], line["predecessor"], line["component"]
        yield [
            *(line["contract_end"], line["contract_end_status"], line["contract_ends_label"]),
            *(function["slug"], function["name"], body["slug"], body["name"]),
            *(component["name"] if component else line["system"], line["supplier"]),
            *(line["annual_cost"], line["annual_cost_status"]),
        ]


CANDIDATE = ("component", "component_name", "bodies", "systems", "naming")


def candidates(listing: TransitionListing, rows: Sequence[Row]) -> Iterator[list[Value]]:
    """The shared component that most bodies use for the same work, beside how many systems do it here today."""
    for row in rows:
        if best := listing.candidates.get(row.id):
            yield [row.slug, row.name, best.slug, best.name, best.bodies, row.systems, row.doing]


def checklist(listing: TransitionListing) -> Iterator[list[Value]]:
    """One line for each function, or body, of each thing to do."""
    if listing.area.is_to_come(listing.on):
        for name, title in page.TO_DO.items():
            for row in listing.functions:
                if listing.is_shown(row, name):
                    yield [str(title), row.slug, row.name, None]
        for body in listing.silent:
            yield [_("Bodies that have told nothing: write to them"), None, None, body.name]
    for name in page.to_confirm(listing.area):
        yield [_("Statements that are inherited: confirm them"), None, None, name]

"""The form of a what-if: each function that counts, what is said of it now, and what could be supposed."""

from django.utils.translation import gettext as _

from catalogue.models import Lifecycle
from commons.formatting import money, percent
from commons.templatetags.formatting import evidence
from public_value.changes import Asked
from public_value.evidence.kept import Cell, Kept, Line, Offer
from public_value.methodology import EVIDENCE_LEVELS
from public_value.models import RowKind
from public_value.what_if import open_share

MOST_OFFERS = 8
"""Components that one question offers; a search finds the others by name."""


def supposed_cells(found: Kept, asked: Asked) -> list[Cell]:
    """Functions that a change touches, from A to Z: they stand first, whatever is searched for."""
    touched = {*asked.retired, *asked.evidence}
    own = {line.function_id for line in found.lines if line.declaration_id in touched}
    return [cell for cell in found.cells_by_name if cell.function_id in own or cell.function_id in asked.adoptions]


def matching(found: Kept, asked: Asked, text: str) -> list[Cell]:
    """The other functions: those with a saving case first, else from A to Z. `text` looks in names of functions, own
    systems and components."""
    touched, words = {cell.function_id for cell in supposed_cells(found, asked)}, text.casefold().split()
    cells = [cell for cell in found.cells_by_name if cell.function_id not in touched and speaks_of(found, cell, words)]
    with_case = {line.function_id for line in found.lines if line.case_annual_central is not None}
    return sorted(cells, key=lambda cell: cell.function_id not in with_case)


def speaks_of(found: Kept, cell: Cell, words: list[str]) -> bool:
    if not words:
        return True
    names = [cell.name, *(solution(line) for line in found.lines_by_cell[cell.function_id])]
    names += [offer.name for offer in found.offers_by_cell[cell.function_id]]
    said = " ".join(names).casefold()
    return all(word in said for word in words)


def cell_words(found: Kept, asked: Asked, cell: Cell, text: str) -> dict:
    lines, offers = found.lines_by_cell[cell.function_id], found.offers_by_cell[cell.function_id]
    paused = cell.function_id in found.paused
    told, is_open = sum(line.share for line in lines), open_share(found.arrays, cell.function_id) > 0
    can_adopt = is_open and not paused
    return {
        "slug": cell.slug,
        "name": cell.name,
        "paused": paused,
        "envelope": money(cell.envelope),
        "lines": [line_words(line, asked, paused=paused) for line in lines],
        "untold": percent(1 - told) if told < 1 - 1e-9 else "",
        "offers": offered(offers, asked.adoptions.get(cell.function_id), text) if can_adopt else [],
        "more_offers": max(0, len(offers) - MOST_OFFERS) if can_adopt else 0,
    }


def offered(offers: list[Offer], chosen: Offer | None, text: str) -> list[dict]:
    """From A to Z, those that are searched for first; the chosen one is among them whatever its name."""
    words = text.casefold().split()

    def order(offer: Offer) -> tuple[bool, str, str]:
        return not any(word in offer.name.casefold() for word in words), offer.name, offer.slug

    shown = sorted(offers, key=order)[:MOST_OFFERS]
    if chosen and chosen not in shown:
        shown.append(chosen)
    return [{"slug": offer.slug, "name": offer.name, "selected": offer == chosen} for offer in shown]


def line_words(line: Line, asked: Asked, *, paused: bool) -> dict:
    better = [] if paused else EVIDENCE_LEVELS[EVIDENCE_LEVELS.index(line.evidence) + 1 :]
    return {
        "id": line.declaration_id,
        "what": solution(line),
        "kind": RowKind(line.kind).label,
        "share": percent(line.share) if line.states_share else "",
        "evidence": named(line.evidence),
        "cost": money(line.cost) if line.cost is not None and line.kind != RowKind.ADOPTION else "",
        "can_retire": line.is_own and not paused,
        "retired": line.declaration_id in asked.retired,
        "better": [
            {"grade": grade, "words": named(grade), "selected": asked.evidence.get(line.declaration_id) == grade}
            for grade in better
        ],
    }


def named(grade: str) -> str:
    return evidence(grade).lower()


def solution(line: Line) -> str:
    """The solution's name; a draft's would tell that it exists."""
    if line.lifecycle == Lifecycle.DRAFT:
        return _("Something that is not public yet")
    return line.component_name or line.system

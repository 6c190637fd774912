"""The systems that a reader's changes would end, and what would stand in their place: rows for `savings`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from public_value.evidence.kept import Kept, Line, Offer
from public_value.methodology import Parameters
from public_value.models import RowKind
from public_value.savings import Cases, Duplicates, Offers, estimate

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Moves:
    """`cases` of the systems in `priced`, in their order; for `unpriced` nothing that states a price is in view."""

    priced: list[Line]
    unpriced: list[Line]
    cases: Cases


def moves(parameters: Parameters, found: Kept, retired: Collection[int], adopted: Mapping[int, int]) -> Moves:
    """`adopted` names the component by function; a system that is retired only takes the cheapest one on offer."""
    ended = [line for line in found.lines if line.is_own and ended_by(line, retired, adopted)]
    offers = {line.declaration_id: offers_for(line, found.offers, adopted) for line in ended}
    priced = [line for line in ended if offers[line.declaration_id]]
    return Moves(
        priced,
        [line for line in ended if not offers[line.declaration_id]],
        estimate(
            parameters,
            _duplicates(found.lines, priced),
            _offers(parameters, found.lines, [offers[line.declaration_id] for line in priced]),
        ),
    )


def ended_by(line: Line, retired: Collection[int], adopted: Mapping[int, int]) -> bool:
    return line.declaration_id in retired or line.function_id in adopted


def offers_for(line: Line, offers: Sequence[Offer], adopted: Mapping[int, int]) -> list[Offer]:
    """The priced components of the line's function; the chosen one alone where one is chosen."""
    chosen = adopted.get(line.function_id)
    return [
        offer
        for offer in offers
        if offer.function_id == line.function_id and offer.is_priced and chosen in (None, offer.component_id)
    ]


def _duplicates(lines: Sequence[Line], ended: Sequence[Line]) -> Duplicates:
    """Cells are summed over all their rows; the first own system of a cell by name bears the fee (1.18)."""
    cells = {line.function_id: [one for one in lines if one.function_id == line.function_id] for line in ended}
    first = {cell: min(filter(lambda one: one.is_own, rows), key=_by_name) for cell, rows in cells.items()}

    def floats(values: Sequence[float]) -> np.ndarray:
        return np.array(values, dtype=np.float64)

    return Duplicates(
        organisation=np.zeros(len(ended), dtype=np.int64),
        cost=floats([np.nan if line.cost is None else line.cost for line in ended]),
        share=floats([line.share if line.states_share else np.nan for line in ended]),
        unknown=floats([1 - sum(one.share for one in cells[line.function_id]) for line in ended]),
        without_share=floats([_without_share(cells[line.function_id]) for line in ended]),
        envelope=floats([line.envelope for line in ended]),
        volume=floats([line.volume for line in ended]),
        days_left=floats([(line.case_start or 0) * _DAYS_A_YEAR for line in ended]),
        bears_fee=np.array([first[line.function_id] is line for line in ended], dtype=np.bool_),
    )


def _without_share(cell: Sequence[Line]) -> int:
    return sum(line.kind != RowKind.ADOPTION and not line.states_share for line in cell)


def _by_name(line: Line) -> tuple[str, bool]:
    """By the name of its component or system; of two alike the adoption comes first."""
    return line.component_slug or line.system, line.component_id is None


def _offers(parameters: Parameters, lines: Sequence[Line], offers: Sequence[Sequence[Offer]]) -> Offers:
    used = {
        line.component_id
        for line in lines
        if line.kind == RowKind.ADOPTION and line.share >= parameters.de_minimis_share
    }
    flat = [(row, offer) for row, each in enumerate(offers) for offer in each]
    return Offers(
        row=np.array([row for row, _ in flat], dtype=np.int64),
        component=np.array([offer.component_id for _, offer in flat], dtype=np.int64),
        price=np.array([offer.price or 0 for _, offer in flat], dtype=np.float64),
        fee=np.array([offer.fee or 0 for _, offer in flat], dtype=np.float64),
        adopted=np.array([offer.component_id in used for _, offer in flat], dtype=np.bool_),
    )

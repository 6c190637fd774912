"""What an edition kept of its bodies, as the arrays of `what_if` and `savings`: nothing is read from the registry."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import QuerySet

from catalogue.models import Lifecycle
from public_value.methodology import ADOPT, CLASSES, DUPLICATE, EVIDENCE_LEVELS, EXEMPT, PeerGroups
from public_value.models import Edition, EditionComment, EditionFunction, EditionOffer, RowKind, Score, ScoreLine
from public_value.what_if import Body, Lines

KINDS = {RowKind.ADOPTION: ADOPT, RowKind.DUPLICATE: DUPLICATE, RowKind.EXEMPT: EXEMPT}
_NORMS = {"frontline_low": "f_lo", "frontline_high": "f_hi", "frontline_median": "f_median_share"}
_NAMES = {
    "system": "declaration__system",
    "component_id": "declaration__component_id",
    "component_slug": "declaration__component__slug",
    "component_name": "declaration__component__name",
    "lifecycle": "declaration__component__lifecycle",
}


@dataclass(frozen=True)
class Cell:
    """A function that counts for a body; `envelope` is its B, £ a year, `evolution` an index of CLASSES."""

    function_id: int
    slug: str
    name: str
    evolution: int
    envelope: float


@dataclass(frozen=True)
class Line:
    """One declaration that counts, with the names by which a reader knows it."""

    score_id: int
    declaration_id: int
    function_id: int
    kind: str
    envelope: float
    share: float
    freshness: float
    cost: float | None
    relieved: bool
    evidence: str
    pilot: bool
    published: bool
    openness: float
    volume: float
    ends_soon: bool
    reasons: list[str]
    case_modelled: bool | None
    case_start: int | None
    case_annual_central: float | None
    system: str
    component_id: int | None
    component_slug: str | None
    component_name: str | None
    lifecycle: str | None

    @property
    def is_own(self) -> bool:
        return self.kind == RowKind.DUPLICATE

    @property
    def states_share(self) -> bool:
        return "no_share" not in self.reasons


@dataclass(frozen=True)
class Offer:
    """A shared component that the body could use for a function; price in £ a transaction, fee in £ a year."""

    function_id: int
    component_id: int
    slug: str
    name: str
    price: float | None
    fee: float | None
    openness: float

    @property
    def is_priced(self) -> bool:
        return self.price is not None or self.fee is not None


@dataclass(frozen=True)
class Kept:
    """What an edition kept of one body; `cells` by function. Of what is `paused`, by function, nothing is supposed: it
    would show what the cell adds (AG-17)."""

    score: Score
    cells: dict[int, Cell]
    lines: list[Line]
    offers: list[Offer]
    paused: frozenset[int] = frozenset()

    @property
    def can_repeat(self) -> bool:
        """False where nothing counts for the body, and in an edition of before what-ifs, which kept no offers."""
        return bool(self.offers) and self.score.pvi is not None

    @cached_property
    def cells_by_name(self) -> list[Cell]:
        return sorted(self.cells.values(), key=lambda cell: (cell.name, cell.slug))

    @cached_property
    def lines_by_cell(self) -> dict[int, list[Line]]:
        return _by_function(self.lines)

    @cached_property
    def offers_by_cell(self) -> dict[int, list[Offer]]:
        return _by_function(self.offers)

    @cached_property
    def body(self) -> Body:
        return body_of(self.score, self.cells.values())

    @cached_property
    def arrays(self) -> Lines:
        return arrays_of(self.lines, self.cells.values())


_COLUMNS = (*(name for name in Line.__dataclass_fields__ if name not in _NAMES), *_NAMES.values())


def cells_of(score: Score) -> list[Cell]:
    """The functions that count for a body, in the order of their ids. One query."""
    return [cell_of(row, score) for row in _counting(score.edition_id, [score.peer_group_id])]


def _counting(edition: int, peer_groups: Iterable[int | None]) -> QuerySet:
    rows = EditionFunction.objects.filter(edition=edition, peer_group__in=list(peer_groups), reason="")
    fields = ("peer_group_id", "function_id", "function__slug", "function__name", "evolution", "ref_cost_per_driver")
    return rows.order_by("function_id").values_list(*fields)


def cell_of(row: tuple, score: Score) -> Cell:
    _group, function, slug, name, evolution, cost = row
    return Cell(function, slug, name, CLASSES.index(evolution), cost * (score.driver or 0))


def lines_of(scores: Iterable[int]) -> list[Line]:
    """The lines that count of some scores, in the order of their declarations. One query."""
    counted = ScoreLine.objects.filter(score__in=list(scores)).exclude(kind=RowKind.LEFT_OUT)
    return [Line(*row) for row in counted.order_by("declaration_id").values_list(*_COLUMNS)]


def offers_of(score: Score) -> list[Offer]:
    """The shared components that a body could use, in the order of their ids; a draft stays hidden. One query."""
    offered = EditionOffer.objects.filter(edition=score.edition_id, peer_group=score.peer_group_id)
    return [Offer(*row[1:]) for row in _offered(offered)]


def _offered(offered: QuerySet) -> QuerySet:
    listed = offered.exclude(component__lifecycle=Lifecycle.DRAFT).order_by("function_id", "component_id")
    names = ("function_id", "component_id", "component__slug", "component__name", "price", "fee", "openness")
    return listed.values_list("peer_group_id", *names)


def kept(score: Score) -> Kept:
    """All of one score, with its edition, organisation and peer group. Four queries."""
    cells = {cell.function_id: cell for cell in cells_of(score)}
    paused = EditionComment.objects.about(score.edition.label, score.edition.revision).pausing()
    disputed = frozenset(paused.filter(organisation=score.organisation_id).values_list("function_id", flat=True))
    return Kept(score, cells, lines_of([score.pk]), offers_of(score), disputed)


def kept_of(edition: Edition, scores: Sequence[Score], component: int) -> list[Kept]:
    """Several scores of an edition, as `openings.open_to` gives them; of the offers those of one component.

    Three queries.
    """
    groups = {score.peer_group_id for score in scores}
    cells, offers, lines = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in _counting(edition.pk, groups):
        cells[row[0]].append(row)
    for row in _offered(edition.offers.filter(component=component, peer_group__in=groups)):
        offers[row[0]].append(Offer(*row[1:]))
    for line in lines_of(score.pk for score in scores):
        lines[line.score_id].append(line)
    for score in scores:
        score.edition = edition
    return [
        Kept(
            score,
            {row[1]: cell_of(row, score) for row in cells[score.peer_group_id]},
            lines[score.pk],
            offers[score.peer_group_id],
            frozenset(score.paused),
        )
        for score in scores
    ]


def body_of(score: Score, cells: Iterable[Cell]) -> Body:
    """A score's inputs beside its lines; `score` with its edition, organisation and peer group."""
    envelope = np.zeros(len(CLASSES))
    for cell in cells:
        envelope[cell.evolution] += cell.envelope
    group = score.edition.peer_groups.get(score.peer_group.slug, {}) if score.peer_group else {}
    return Body(
        uid=score.organisation.slug,
        frontline=_number(score.frontline),
        admin=_number(score.admin),
        reuse=score.reuse,
        contributions=score.contribution_units,
        envelope=envelope,
        norms=PeerGroups(
            **{name: np.array([_number(group.get(said))]) for name, said in _NORMS.items()},
            adoption_mean=np.array([[_number(group.get(f"adoption_mean_{name}")) for name in CLASSES]]),
        ),
    )


def arrays_of(lines: Sequence[Line], cells: Iterable[Cell]) -> Lines:
    """One body's lines for the arithmetic."""
    evolution = {cell.function_id: cell.evolution for cell in cells}

    def floats(name: str) -> np.ndarray:
        return np.array([_number(getattr(line, name)) for line in lines], dtype=np.float64)

    def flags(name: str) -> np.ndarray:
        return np.array([getattr(line, name) for line in lines], dtype=np.bool_)

    def whole(numbers: Iterable[int]) -> np.ndarray:
        return np.fromiter(numbers, np.int64, len(lines))

    return Lines(
        declaration=whole(line.declaration_id for line in lines),
        function=whole(line.function_id for line in lines),
        evolution=whole(evolution[line.function_id] for line in lines),
        kind=whole(KINDS[line.kind] for line in lines),
        evidence=whole(EVIDENCE_LEVELS.index(line.evidence) for line in lines),
        **{name: flags(name) for name in ("pilot", "published", "ends_soon", "relieved")},
        **{name: floats(name) for name in ("envelope", "share", "freshness", "openness", "cost")},
    )


def _by_function[T: (Line, Offer)](rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.function_id].append(row)
    return found


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)

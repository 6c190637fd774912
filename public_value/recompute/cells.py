"""The cell partition: each (organisation, function) is one unit of mass, split into what is known of it (1.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum, log

from public_value.recompute.reading import Declaration, Organisation, Pack
from public_value.recompute.sharing import Sharing, expired, reason_outside


@dataclass(frozen=True)
class CellRow:
    """A live row of a cell. `kind` is adopt, dup or exempt; `share` its part of the cell after scaling."""

    declaration: Declaration
    kind: str
    share: float
    freshness: float
    openness: float
    relief: float = 1.0

    @property
    def has_share(self) -> bool:
        return self.declaration.transactions is not None or self.declaration.coverage is not None


@dataclass(frozen=True)
class Cell:
    """`envelope` in pounds a year, `volume` in transactions a year, `unknown` as a part of 1."""

    function: str
    evolution: str
    envelope: float
    volume: float
    rows: tuple[CellRow, ...]

    @cached_property
    def unknown(self) -> float:
        """What no row explains. A whole that was scaled is explained in full: what rounding leaves of it is nothing."""
        left = 1.0 - fsum(row.share for row in self.rows)
        return left if left > 1e-12 else 0.0

    @cached_property
    def exempt(self) -> float:
        return fsum(row.share for row in self.rows if row.kind == "exempt")


@dataclass(frozen=True)
class Body:
    """All that is known of an organisation at the snapshot; `frontline_share` None where its accounts are missing."""

    organisation: Organisation
    cells: tuple[Cell, ...]
    xi: float
    commons: float
    frontline_share: float | None
    f_lo: float | None
    f_hi: float | None
    f_median: float | None
    adoption_mean: Mapping[str, float]

    def denominator(self, kappa: Mapping[str, float]) -> float:
        """Den = Σ κ B (1 − ξ x), in pounds a year (1.5)."""
        return fsum(kappa[c.evolution] * c.envelope * (1 - self.xi * c.exempt) for c in self.cells)


def body_of(pack: Pack, sharing: Sharing, organisation: Organisation, params: dict) -> Body:
    functions = [
        uid
        for uid in sorted(pack.functions)
        if reason_outside(pack, sharing, organisation.peer_group, uid, params) is None
    ]
    group = pack.peer_groups.get(organisation.peer_group)
    cells = tuple(cell_of(pack, sharing, organisation, function, params) for function in functions)
    return Body(
        organisation=organisation,
        cells=cells,
        xi=exemption_cap(cells, params),
        commons=commons(pack, sharing, organisation.uid, params),
        frontline_share=pack.frontline_share.get(organisation.uid),
        f_lo=group.f_lo if group else None,
        f_hi=group.f_hi if group else None,
        f_median=group.f_median if group else None,
        adoption_mean=group.adoption_mean if group else {},
    )


def cell_of(pack: Pack, sharing: Sharing, organisation: Organisation, function: str, params: dict) -> Cell:
    cost_per_driver, volume_per_driver = pack.benchmarks[organisation.peer_group, function]
    declared = [row for row in pack.by_cell.get((organisation.uid, function), []) if counts(row, params)]
    stated = pack.volumes.get((organisation.uid, function), volume_per_driver * organisation.driver)
    volume = max(stated, fsum(row.transactions or 0.0 for row in declared))
    rows = tuple(cell_row(pack, sharing, row, volume, params) for row in declared)
    return Cell(
        function=function,
        evolution=pack.functions[function].evolution or "",
        envelope=cost_per_driver * organisation.driver,
        volume=volume,
        rows=with_lock_relief(scaled(rows), pack, params),
    )


def counts(row: Declaration, params: dict) -> bool:
    return row.stage not in ("planned", "retired") and not expired(row, params)


def cell_row(pack: Pack, sharing: Sharing, row: Declaration, volume: float, params: dict) -> CellRow:
    return CellRow(
        declaration=row,
        kind=kind_of(pack, sharing, row),
        share=raw_share(row, volume),
        freshness=freshness(row.age or 0, params),
        openness=pack.components[row.name].openness if row.kind == "adoption" else 0.0,
    )


def kind_of(pack: Pack, sharing: Sharing, row: Declaration) -> str:
    if row.kind == "adoption":
        return "adopt" if row.name in sharing.shared else "dup"
    return "exempt" if row.exempt_until and row.exempt_until >= pack.snapshot else "dup"


def raw_share(row: Declaration, volume: float) -> float:
    """Transactions over volume, else coverage, else 0: no share, no credit (1.4-5, AG-6)."""
    if row.transactions is not None:
        return row.transactions / volume if volume > 0 else 0.0
    return row.coverage or 0.0


def freshness(age: int, params: dict) -> float:
    """1 in the first year, then down to 0.5 at expiry in a straight line (1.4-3)."""
    if age <= params["stale_full_days"]:
        return 1.0
    fading = params["stale_expiry_days"] - params["stale_full_days"]
    return 1 - (1 - params["stale_floor"]) * (age - params["stale_full_days"]) / fading


def scaled(rows: tuple[CellRow, ...]) -> tuple[CellRow, ...]:
    """At most 1 in all; a contradiction is settled against the organisation's interest (1.4-6)."""
    own = fsum(row.share for row in rows if row.kind != "adopt")
    adopted = fsum(row.share for row in rows if row.kind == "adopt")
    own_factor = 1 / own if own > 1 else 1.0
    room = 1 - min(own, 1.0)
    adopted_factor = room / adopted if adopted > room else 1.0
    return tuple(
        replace(row, share=row.share * (adopted_factor if row.kind == "adopt" else own_factor)) for row in rows
    )


def with_lock_relief(rows: tuple[CellRow, ...], pack: Pack, params: dict) -> tuple[CellRow, ...]:
    """Half weight for what a contract holds for two years at most while the move is under way (1.4-8, AG-9)."""
    moving = any(row.kind == "adopt" and row.share >= params["de_minimis_share"] for row in rows)
    if not moving:
        return rows
    return tuple(
        replace(row, relief=params["lock_relief"]) if locked(row.declaration, pack, params) else row for row in rows
    )


def locked(row: Declaration, pack: Pack, params: dict) -> bool:
    if row.contract_end is None or row.slips:
        return False
    return 0 < (row.contract_end - pack.snapshot).days <= params["lock_window_days"]


def exemption_cap(cells: tuple[Cell, ...], params: dict) -> float:
    """ξ: exemptions count up to 15 % of the envelope, at nominal κ (1.4-9)."""
    kappa = params["kappa"]
    envelope = fsum(kappa[cell.evolution] * cell.envelope for cell in cells)
    exempt = fsum(kappa[cell.evolution] * cell.envelope * cell.exempt for cell in cells)
    return min(1.0, params["exempt_cap"] * envelope / exempt) if exempt > 0 else 1.0


def commons(pack: Pack, sharing: Sharing, organisation: str, params: dict) -> float:
    """C: half for what others adopt of its components, half for its contributions, each on a saturating log (1.5).

    The first half is 0 while an audit did not confirm what it attested (AG-2).
    """
    reused = (
        0.0
        if organisation in pack.suspended
        else fsum(
            component.stewards.get(organisation, 0.0) * sharing.adopters[uid]
            for uid, component in sorted(pack.components.items())
        )
    )
    given = pack.contribution_units.get(organisation, 0.0)
    return (saturating(reused, params["T_R"]) + saturating(given, params["T_K"])) / 2


def saturating(count: float, cap: float) -> float:
    return min(1.0, log(1 + count) / log(1 + cap))

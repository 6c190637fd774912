"""What is said of a function across organisations, and never scored (1.17)."""

from collections.abc import Mapping, Sequence
from math import fsum

from public_value.recompute.cells import Body, Cell, CellRow
from public_value.recompute.reading import Pack
from public_value.recompute.sharing import Sharing


def function_analytics(pack: Pack, sharing: Sharing, bodies: Mapping[str, Body]) -> dict[str, dict]:
    """Per function that is somebody's cell: solutions, duplicates, concentration, spread of the unit cost."""
    by_function: dict[str, list[tuple[str, Cell]]] = {}
    for uid, body in bodies.items():
        for cell in body.cells:
            by_function.setdefault(cell.function, []).append((uid, cell))
    return {uid: analytics(pack, sharing, uid, by_function[uid]) for uid in sorted(by_function)}


def analytics(pack: Pack, sharing: Sharing, function: str, cells: Sequence[tuple[str, Cell]]) -> dict:
    volumes = solution_volumes(cells)
    return {
        "shared": [uid for uid in sorted(sharing.shared) if function in pack.components[uid].functions],
        "systems": len(volumes),
        "duplicates": sum(row.kind == "dup" for _, cell in cells for row in cell.rows),
        "hhi": hhi(list(volumes.values())),
        "unit_cost_gini": gini([cost for _, cell in cells if (cost := unit_cost(cell)) is not None]),
    }


def solution_volumes(cells: Sequence[tuple[str, Cell]]) -> dict[tuple[str, ...], float]:
    """Transactions a year by solution: a shared component is one everywhere, anything else one per body."""
    volumes: dict[tuple[str, ...], list[float]] = {}
    for organisation, cell in cells:
        for row in cell.rows:
            volumes.setdefault(solution(organisation, row), []).append(row.share * cell.volume)
    return {key: fsum(parts) for key, parts in volumes.items()}


def solution(organisation: str, row: CellRow) -> tuple[str, ...]:
    shared = row.kind == "adopt"
    return (row.declaration.name,) if shared else (organisation, row.declaration.kind, row.declaration.name)


def hhi(volumes: Sequence[float]) -> float | None:
    """Herfindahl–Hirschman index in 0–10,000; None where no volume is known."""
    total = fsum(volumes)
    return 10_000 * fsum((volume / total) ** 2 for volume in volumes) if total > 0 else None


def unit_cost(cell: Cell) -> float | None:
    """Real pounds per transaction over the rows with a cost; None where these have no volume."""
    priced = [row for row in cell.rows if row.declaration.cost is not None]
    volume = fsum(row.share * cell.volume for row in priced)
    return fsum(row.declaration.cost or 0.0 for row in priced) / volume if volume > 0 else None


def gini(values: Sequence[float]) -> float | None:
    """Gini coefficient Σ(2i − n − 1)x_i / (n Σx), x ascending; None where there is nothing to compare."""
    ordered, n = sorted(values), len(values)
    total = fsum(ordered)
    return fsum((2 * i - n - 1) * x for i, x in enumerate(ordered, 1)) / (n * total) if total > 0 else None

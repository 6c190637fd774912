"""What was not counted, and why: shown next to every number (1.14, 1.18)."""

from collections.abc import Iterator

from public_value.recompute.cells import Body, CellRow
from public_value.recompute.reading import Declaration, Pack
from public_value.recompute.sharing import Sharing, expired, reason_outside


def exclusions(pack: Pack, sharing: Sharing, body: Body, params: dict) -> list[dict]:
    """Functions that are no cell (declaration null) and rows of cells, by function, declaration and reason."""
    outside = functions_outside(pack, sharing, body, params)
    rows = [*rows_left_out(pack, body, params), *rows_cut(body, params)]
    found = sorted([*outside, *rows], key=lambda one: (one[0], one[1] or "", one[2]))
    return [{"function": function, "declaration": name, "reason": reason} for function, name, reason in found]


def functions_outside(pack: Pack, sharing: Sharing, body: Body, params: dict) -> Iterator[tuple[str, str | None, str]]:
    for uid in pack.functions:
        reason = reason_outside(pack, sharing, body.organisation.peer_group, uid, params)
        if reason:
            yield uid, None, reason


def rows_left_out(pack: Pack, body: Body, params: dict) -> Iterator[tuple[str, str | None, str]]:
    for cell in body.cells:
        for row in pack.by_cell.get((body.organisation.uid, cell.function), []):
            reason = why_left_out(row, params)
            if reason:
                yield row.function, row.name, reason


def why_left_out(row: Declaration, params: dict) -> str | None:
    if row.stage in ("planned", "retired"):
        return row.stage
    return "expired" if expired(row, params) else None


def rows_cut(body: Body, params: dict) -> Iterator[tuple[str, str | None, str]]:
    for cell in body.cells:
        for row in cell.rows:
            for reason in why_cut(row, body.xi, params):
                yield cell.function, row.declaration.name, reason


def why_cut(row: CellRow, xi: float, params: dict) -> Iterator[str]:
    if row.declaration.kind == "adoption" and row.kind == "dup":
        yield "not_shared"
    if not row.has_share:
        yield "no_share"
    elif row.kind == "adopt" and row.share < params["de_minimis_share"]:
        yield "below_de_minimis"
    if row.kind == "exempt" and row.share > 0 and xi < 1:
        yield "exempt_over_cap"

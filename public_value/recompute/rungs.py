"""The ladder: how far the evidence of savings reaches, from what was saved to what is modelled (section 3)."""

import csv
import io
from collections.abc import Iterable, Mapping
from math import fsum

from public_value.recompute.cells import Body, body_of, counts
from public_value.recompute.comparing import ABSENT, Tally
from public_value.recompute.publishing import existed
from public_value.recompute.records import Pack
from public_value.recompute.savings import Claim, adopted_components, cell_claims, totals
from public_value.recompute.sharing import Sharing, expired, sharing_of

REALISED_COLUMNS = ("organisation", "function", "evidence", "before", "after", "saving", "since")
SOME_EVIDENCE = ("E1", "E2", "E3")
MOVING_STAGES = ("planned", "pilot", "partial")


def realised_table(rows: Iterable[Mapping]) -> str:
    """CSV with a header and lines that end in LF; amounts in full precision, pounds of the base year a year."""
    text = io.StringIO()
    written = csv.DictWriter(text, REALISED_COLUMNS, lineterminator="\n")
    written.writeheader()
    written.writerows(rows)
    return text.getvalue()


def realised_rungs(rows: Iterable[Mapping]) -> dict[str, float | None]:
    """What was saved where both costs are at E2 or better, and where one of them is at E1 only. Only added up: which
    systems ended, and what they cost, is in the registry's history and not in the snapshot."""
    rows = list(rows)
    strong = [float(row["saving"]) for row in rows if row["evidence"] in ("E2", "E3")]
    weak = [float(row["saving"]) for row in rows if row["evidence"] == "E1"]
    return {"realised": fsum(strong) if strong else None, "realised_at_e1": fsum(weak) if weak else None}


def estimated_rungs(pack: Pack, params: dict) -> dict[str, float | None]:
    """The central savings a year of the bodies that existed on the day: identified, the part of it whose move has
    begun (contracted), and modelled; None where there is no system to work one out from."""
    sharing = sharing_of(pack, params)
    claims: list[tuple[Claim, bool]] = []
    for _uid, organisation in sorted(pack.organisations.items()):
        if existed(organisation, pack.snapshot) and organisation.driver > 0:
            claims += claims_of(pack, sharing, body_of(pack, sharing, organisation, params), params)
    declared = [claim for claim, _begun in claims if not claim.modelled]
    contracted = [claim for claim, begun in claims if begun and not claim.modelled]
    modelled = [claim for claim, _begun in claims if claim.modelled]
    return {
        "identified": central_saving(declared, params) if declared else None,
        "contracted": central_saving(contracted, params) if declared else None,
        "modelled": central_saving(modelled, params) if modelled else None,
    }


def claims_of(pack: Pack, sharing: Sharing, body: Body, params: dict) -> list[tuple[Claim, bool]]:
    """The claims of a body, each with whether the move has begun in its cell."""
    used, uid = adopted_components(body, params), body.organisation.uid
    return [
        (claim, move_begun(pack, sharing, uid, cell.function, params))
        for cell in body.cells
        for claim in cell_claims(pack, sharing, body, cell, used, params)
    ]


def move_begun(pack: Pack, sharing: Sharing, organisation: str, function: str, params: dict) -> bool:
    """Whether the body has stated, at E1 or better, that it plans, tries or partly uses a shared component."""
    return any(
        row.kind == "adoption"
        and row.name in sharing.shared
        and row.stage in MOVING_STAGES
        and row.evidence in SOME_EVIDENCE
        and not expired(row, params)
        for row in pack.by_cell.get((organisation, function), [])
    )


def central_saving(claims: list[Claim], params: dict) -> float:
    return totals(claims, params)["central"]["annual"]


def check_ladder(tally: Tally, pack: Pack, params: dict, published: Mapping | None, realised: str) -> None:
    """The rungs, and of each realised saving what can be checked: its own sum, and what the adoptions cost now."""
    rows = list(csv.DictReader(io.StringIO(realised)))
    for number, row in enumerate(rows, 2):
        place = f"realised.csv, line {number}"
        own = float(row["before"]) - float(row["after"])
        tally.check("sums of realised.csv", float(row["saving"]), own, f"{place}, saving")
        tally.check("costs of realised.csv", float(row["after"]), cost_after(pack, row, params), f"{place}, after")
    if published is not None:
        computed = realised_rungs(rows) | estimated_rungs(pack, params)
        for name in sorted(published):
            tally.check("ladder", published[name], computed.get(name, ABSENT), f"The ladder, {name}")


def cost_after(pack: Pack, row: Mapping, params: dict) -> object:
    """Pounds a year of all adoptions of the cell that count; ABSENT where one of them states none."""
    cell = pack.by_cell.get((row["organisation"], row["function"]), [])
    costs = [one.cost for one in cell if one.kind == "adoption" and counts(one, params)]
    return ABSENT if None in costs else fsum(cost for cost in costs if cost is not None)

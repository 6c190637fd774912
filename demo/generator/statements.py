"""One declaration as a row: an adoption of a component, or a system of one's own."""

from datetime import date
from typing import Any, NamedTuple

from generator.bodies import Body
from generator.brick import Brick
from generator.chance import Chance
from generator.days import after_snapshot, before_snapshot
from generator.world import Cell

Row = dict[str, Any]


class Manner(NamedTuple):
    """How a profile declares: the share of its mass it names, what it proves, how fresh it is, what it leaves out."""

    completeness: float
    shares: tuple[float, float]
    evidence: dict[str, float]
    fresh: float
    costless: float
    published: float


MANNERS = {
    "A": Manner(0.97, (0.97, 1.0), {"E2": 0.2, "E3": 0.8}, 0.97, 0.03, 0.8),
    "B": Manner(0.86, (0.93, 1.0), {"E1": 0.2, "E2": 0.5, "E3": 0.3}, 0.85, 0.08, 0.5),
    "C": Manner(0.75, (0.88, 1.0), {"E0": 0.15, "E1": 0.45, "E2": 0.4}, 0.7, 0.15, 0.25),
    "D": Manner(0.6, (0.86, 1.0), {"E0": 0.45, "E1": 0.4, "E2": 0.15}, 0.5, 0.3, 0.1),
    "E": Manner(0.22, (0.5, 0.95), {"E0": 0.6, "E1": 0.4}, 0.5, 0.45, 0.0),
    "ended": Manner(0.4, (0.8, 1.0), {"E0": 0.5, "E1": 0.5}, 0.0, 0.3, 0.0),
}

SUPPLIERS = (
    "Orrowby Systems Ltd", "Pellinfold Software Ltd", "Grathwick Data Ltd", "Tolmarsh Solutions Ltd",
    "Quennock Digital Ltd", "Hesselow Computing Ltd", "Brackwhistle Technology Ltd", "Umbrecote Cloud Ltd",
    "Skarrowgate Services Ltd", "Lindlewrack Software Ltd", "Fennimoor Apps Ltd", "Dorrincott Systems Ltd",
)  # fmt: skip

REASONS = (
    "The contract runs on and leaving early costs more than staying.",
    "The shared component did not exist when we bought this.",
    "We did not know of a shared component.",
    "It is tied to our case system and moving one means moving both.",
    "Our residents use it in a way the shared component does not cover yet.",
    "We looked at the shared component in 2024 and it could not import our records.",
    "It is cheaper for us, because staff built it and look after it.",
)


def share_columns(cell: Cell, share: float, chance: Chance) -> Row:
    """Says the share as coverage, as transactions or as both."""
    manner = chance.weighted({"coverage": 0.62, "transactions": 0.28, "both": 0.1})
    row: Row = {}
    if manner != "transactions" or cell.volume < 200:
        row["coverage"] = f"{share:.2f}"
    if manner != "coverage" and cell.volume >= 200:
        row["transactions"] = int(share * cell.volume)
    return row


def confirmed_day(body: Body, chance: Chance) -> date:
    if body.profile == "ended":
        return before_snapshot(chance.whole(580, 950))
    fresh = chance.happens(MANNERS[body.profile].fresh)
    return max(body.founded, before_snapshot(chance.whole(4, 350) if fresh else chance.whole(380, 980)))


def adoption(body: Body, cell: Cell, brick: Brick, share: float, chance: Chance, **stated: Any) -> Row:
    manner = MANNERS[body.profile]
    confirmed = confirmed_day(body, chance)
    evidence = stated.get("evidence") or chance.weighted(manner.evidence)
    row: Row = {
        "organisation": body.slug,
        "function": cell.leaf.slug,
        "component": brick.slug,
        "stage": chance.weighted({"live": 0.8, "partial": 0.13, "pilot": 0.07}),
        **share_columns(cell, share, chance),
        "since": max(body.founded, date(chance.whole(2019, 2023), chance.whole(1, 12), chance.whole(1, 28))),
        "confirmed": confirmed,
        "evidence": evidence,
        "published": _published(manner, evidence, chance),
        "source_url": _page(body, evidence, cell.leaf.slug),
    }
    if brick.kind == "service" and not chance.happens(manner.costless):
        row |= {"annual_cost": adoption_cost(cell, brick, share), "price_fy": chance.pick(("2024-25", "2025-26"))}
    return row | stated


def adoption_cost(cell: Cell, brick: Brick, share: float) -> int:
    """What the steward charges in a year, in £."""
    return round(float(brick.price or 0) * share * cell.volume + float(brick.fee or 0))


def own_system(body: Body, cell: Cell, share: float, chance: Chance, **stated: Any) -> Row:
    manner = MANNERS[body.profile]
    supplier = stated["supplier"] if "supplier" in stated else _supplier(stated, chance)
    maker = supplier.split()[0] if supplier else body.place
    evidence = stated.get("evidence") or chance.weighted(manner.evidence)
    row: Row = {
        "organisation": body.slug,
        "function": cell.leaf.slug,
        "system": f"{maker} {cell.leaf.system}",
        "supplier": supplier,
        **share_columns(cell, share, chance),
        "confirmed": confirmed_day(body, chance),
        "evidence": evidence,
        "published": _published(manner, evidence, chance),
        "reason": chance.pick(REASONS) if chance.happens(0.6) else "",
        "source_url": _page(body, evidence, f"contracts/{cell.leaf.slug}"),
    }
    if not chance.happens(manner.costless):
        row |= {
            "annual_cost": round(cell.envelope * share * chance.between(0.55, 1.6), -2),
            "price_fy": chance.weighted({"2025-26": 0.6, "2024-25": 0.3, "2023-24": 0.1}),
        }
    if supplier and chance.happens(0.85):
        row |= {"contract_end": _contract_end(chance), "contract_slips": chance.weighted({0: 0.7, 1: 0.2, 2: 0.1})}
    return row | stated


def _supplier(stated: Row, chance: Chance) -> str:
    """Blank where staff built the system; where a contract ends there is somebody it is with."""
    built_by_staff = chance.happens(0.22) and "contract_end" not in stated
    return "" if built_by_staff else chance.pick(SUPPLIERS)


def _published(manner: Manner, evidence: str, chance: Chance) -> str:
    """An open-book record needs a page to stand on; many bodies do not say."""
    if evidence != "E0" and chance.happens(manner.published):
        return "1"
    return chance.pick(("0", ""))


def _page(body: Body, evidence: str, path: str) -> str:
    return "" if evidence == "E0" else f"https://www.{body.host}.example/open/{path}"


def _contract_end(chance: Chance) -> date:
    """Contracts end on the last day of a quarter, some of them already past."""
    near = after_snapshot(chance.whole(-150, 1150))
    month = 3 * ((near.month - 1) // 3) + 3
    return date(near.year, month, 31 if month in {3, 12} else 30)

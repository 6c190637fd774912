"""Cells written by hand, each to show one rule in a known place. `docs/demo.md` says where to look."""

from datetime import date
from typing import Any, NamedTuple

from generator.days import after_snapshot, before_snapshot

QUARTER_END = date(2027, 3, 31)
COSTED = {"price_fy": "2025-26", "confirmed": before_snapshot(60), "contract_slips": 0}


class Case(NamedTuple):
    """A share of a cell: of a component where one is named, of an own system otherwise. `stated` overrides columns."""

    body: str
    function: str
    share: float
    stated: dict[str, Any]
    component: str = ""


def _exempt(body: str, function: str, share: float, reason: str, until: date, **stated: Any) -> Case:
    """An exemption, granted by the panel for at most 24 months."""
    exemption = {"exempt_reason": reason, "exempt_until": until, "reason": _WHY_EXEMPT[reason], "evidence": "E2"}
    return Case(body, function, share, COSTED | exemption | stated)


_WHY_EXEMPT = {
    "law": "A local act from 1911 fixes how this is billed here.",
    "safety": "Records of the harbour nursery stay apart until the inquiry ends.",
    "accessibility": "The shared pages do not read well in braille displays yet; the steward is mending this.",
    "security": "Sign-in of staff with access to sealed records is kept on its own network.",
    "uneconomic": "Moving would cost more than ten years of savings; the panel saw the sums.",
}

EXEMPTIONS = (
    # Over the cap of 15 %: the excess is treated as a duplicate.
    _exempt("emberfold-council", "sm-local-tax", 0.95, "law", date(2027, 9, 30)),
    _exempt("emberfold-council", "sm-reliefs", 0.9, "law", date(2027, 9, 30)),
    _exempt("emberfold-council", "sm-ledger", 0.9, "uneconomic", date(2027, 3, 31)),
    _exempt("quillsford-council", "sm-childrens-care", 0.97, "safety", date(2027, 12, 31)),
    _exempt("velmouth-council", "sm-web-pages", 0.4, "accessibility", date(2027, 1, 31)),
    _exempt("sorrelmark-revenue-board", "sm-identity", 0.5, "security", date(2028, 3, 31)),
    _exempt("gorsewater-council", "sm-repairs", 0.95, "uneconomic", date(2028, 6, 30)),
    # Ended before the snapshot: a duplicate like any other.
    _exempt("palewick-council", "sm-local-tax", 0.9, "law", date(2026, 6, 30), evidence="E1"),
)

CONTRADICTION = (
    Case("hobmarsh-council", "sm-payments", 0.7, COSTED | {"supplier": "", "evidence": "E0"}),
    Case("hobmarsh-council", "sm-payments", 0.5, COSTED | {"supplier": "Quennock Digital Ltd", "evidence": "E1"}),
    Case("hobmarsh-council", "sm-payments", 0.3, {"stage": "live", "evidence": "E1"}, "sm-sorreltill"),
)

BELOW_DE_MINIMIS = (
    Case("orlenby-council", "sm-messages", 0.006, {"stage": "live", "evidence": "E2"}, "sm-sorrelpost"),
    Case("orlenby-council", "sm-messages", 0.94, COSTED | {"contract_end": date(2027, 6, 30), "evidence": "E2"}),
)

# A migration begun and a contract that ends within two years: relief; with a slipped end date: none.
LOCK_RELIEF = (
    Case("velmouth-council", "sm-local-tax", 0.4, {"stage": "partial", "evidence": "E3"}, "sm-taxhythe"),
    Case("velmouth-council", "sm-local-tax", 0.58, COSTED | {"contract_end": QUARTER_END, "evidence": "E3"}),
    Case("thrushwater-council", "sm-local-tax", 0.4, {"stage": "partial", "evidence": "E2"}, "sm-taxhythe"),
    Case(
        "thrushwater-council",
        "sm-local-tax",
        0.56,
        COSTED | {"contract_end": QUARTER_END, "contract_slips": 1, "evidence": "E2"},
    ),
)

SAME_QUARTER = tuple(
    Case(f"{body}-council", "sm-local-tax", 0.95, COSTED | {"contract_end": QUARTER_END, "supplier": supplier})
    for body, supplier in (
        ("bellhythe-district", "Skarrowgate Services Ltd"),
        ("wulderfold-district", "Skarrowgate Services Ltd"),
        ("dapplewick-district", "Tolmarsh Solutions Ltd"),
        ("glimmerfold-district", "Skarrowgate Services Ltd"),
        ("copperhythe", "Hesselow Computing Ltd"),
        ("gorsewater", "Skarrowgate Services Ltd"),
    )
)

# Own components, weak proof and affiliates make nothing shared.
NOT_SHARED = (
    Case("cindermouth-council", "sm-payments", 0.9, {"stage": "live", "evidence": "E1"}, "sm-cindertill"),
    Case("wyndlesea-council", "sm-payments", 0.85, {"stage": "live", "evidence": "E1"}, "sm-cindertill"),
    Case("dunsparrow-council", "sm-buildings", 0.95, {"stage": "live", "evidence": "E2"}, "sm-estatewrack"),
    Case("nettlebarrow-council", "sm-buildings", 0.9, {"stage": "live", "evidence": "E1"}, "sm-estatewrack"),
    Case("mistlebourne-council", "sm-missed-bins", 0.95, {"stage": "live", "evidence": "E2"}, "sm-missed-round"),
    Case("pellingstow-council", "sm-staff-records", 0.5, {"stage": "pilot", "evidence": "E1"}, "sm-staffwrack"),
    Case("quillsford-council", "sm-question-answering", 0.1, {"stage": "pilot", "evidence": "E1"}, "sm-askhythe"),
)

# Still on components that are being switched off.
LAST_USERS = (
    Case("inverquill-council", "sm-messages", 0.92, {"stage": "live", "evidence": "E1"}, "sm-sorrelpost-classic"),
    Case("reedlantern-district-council", "sm-parking-permits", 0.9, {"stage": "live"}, "sm-permit-desk"),
)

# Cheap beyond belief without proof (raised to the floor), dear beyond the usual, free of charge, begun
# days ago, long expired, and under a contract that has ended.
ODD = (
    Case("kettlewrack-council", "sm-ledger", 0.9, COSTED | {"annual_cost": 9_400, "evidence": "E0"}),
    Case("cindermouth-council", "sm-web-pages", 0.95, COSTED | {"annual_cost": 1_180_000, "evidence": "E1"}),
    Case("thornquill-district-council", "sm-bin-days", 0.9, COSTED | {"annual_cost": 0, "supplier": ""}),
    Case(
        "yarrowquay-council",
        "sm-bookings",
        0.4,
        {"stage": "live", "evidence": "E2", "since": date(2026, 8, 17), "confirmed": before_snapshot(20)},
        "sm-slothythe",
    ),
    Case(
        "fossbarrow-council",
        "sm-messages",
        0.8,
        {"confirmed": before_snapshot(1240), "evidence": "E2", "since": date(2021, 5, 3)},
        "sm-sorrelpost",
    ),
    Case("lanternhythe-council", "sm-bin-days", 0.9, COSTED | {"contract_end": after_snapshot(-92), "evidence": "E1"}),
)

CASES = (*EXEMPTIONS, *CONTRADICTION, *BELOW_DE_MINIMIS, *LOCK_RELIEF, *SAME_QUARTER, *NOT_SHARED, *LAST_USERS, *ODD)
RESERVED = {(case.body, case.function) for case in CASES}

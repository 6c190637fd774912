"""A pack's files read into records: numbers are numbers, blanks are None, money is real (base-year) money."""

import csv
import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from public_value.recompute.records import Component, Declaration, Function, Organisation, Pack, PeerGroup

OPENNESS = ("open_licence", "open_standard", "valid_metadata", "data_exportable")
YEAR_END = (3, 31)  # a financial year 2025-26 ends on 31 March 2026
DAYS_LIVE = 90  # AG-13: younger adoptions are scored as pilots


def read_pack(folder: Path, snapshot: date, params: dict) -> Pack:
    """The pack at a date. Raises ValueError for a price year without deflator or a parent beside its children."""
    pack = pack_of(settings_of(folder), tables_of(folder), snapshot)
    refuse_parents_among_cells(pack)
    return pack


def settings_of(folder: Path) -> dict:
    return tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))


def tables_of(folder: Path) -> dict[str, list[dict[str, str]]]:
    return {name: rows_of(folder / f"{name}.csv") for name in TABLES}


def pack_of(settings: dict, tables: dict, snapshot: date, *, strict: bool = True) -> Pack:
    """`strict=False`: a cost in a price year without deflator counts as not stated."""
    return Pack(
        snapshot=snapshot,
        peer_groups={uid: peer_group(group) for uid, group in settings.get("peer_groups", {}).items()},
        organisations={row["organisation"]: organisation(row) for row in tables["organisations"]},
        functions={row["function"]: function(row) for row in tables["functions"]},
        benchmarks=benchmarks(tables["benchmarks"]),
        components={row["component"]: component(row) for row in tables["components"]},
        declarations=declarations(tables, settings, snapshot, strict),
        volumes=volumes(tables["volumes"]),
        frontline_share=frontline_shares(tables["accounts"], snapshot),
        contribution_units=contribution_units(tables["contributions"], snapshot),
        suspended=frozenset(row["organisation"] for row in tables["suspended"]),
    )


TABLES = (
    *("organisations", "functions", "benchmarks", "components", "volumes"),
    *("accounts", "contributions", "adoptions", "duplicates", "suspended"),
)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file without their blanks; none where the file is absent."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: value for name, value in row.items() if value} for row in csv.DictReader(file)]


def number(row: dict[str, str], column: str) -> float | None:
    return float(row[column]) if column in row else None


def day(row: dict[str, str], column: str) -> date | None:
    return date.fromisoformat(row[column]) if column in row else None


def listed(row: dict[str, str], column: str) -> list[str]:
    return [item.strip() for item in row.get(column, "").split(";") if item.strip()]


def peer_group(settings: dict) -> PeerGroup:
    return PeerGroup(
        parent=settings.get("parent") or None,
        f_lo=settings.get("F_lo"),
        f_hi=settings.get("F_hi"),
        f_median=settings.get("F_median_share"),
        adoption_mean=settings.get("adoption_mean", {}),
    )


def organisation(row: dict[str, str]) -> Organisation:
    uid = row["organisation"]
    return Organisation(
        uid=uid,
        peer_group=row.get("peer_group", ""),
        affiliation=row.get("affiliation_group", uid),
        driver=number(row, "driver") or 0.0,
        start=day(row, "start"),
        end=day(row, "end"),
    )


def function(row: dict[str, str]) -> Function:
    return Function(row["function"], row.get("parent"), row.get("evolution"))


def component(row: dict[str, str]) -> Component:
    stewards = dict(item.rsplit("=", 1) for item in listed(row, "stewards"))
    return Component(
        uid=row["component"],
        functions=frozenset(listed(row, "functions")),
        lifecycle=row.get("lifecycle", ""),
        stewards={uid: float(share) for uid, share in stewards.items()},
        available_to=frozenset(listed(row, "available_to")),
        openness=sum(row.get(flag) == "1" for flag in OPENNESS) / len(OPENNESS),
        price=number(row, "price_per_transaction"),
        fee=number(row, "fixed_fee"),
        external_adopters=int(row.get("external_independent_adopters", 0)),
    )


def benchmarks(rows: list[dict[str, str]]) -> dict[tuple[str, str], tuple[float, float]]:
    """Reference cost (pounds a year) and volume (transactions a year) per unit of driver; volume 0 where not stated."""
    return {
        (row["peer_group"], row["function"]): (
            float(row["ref_cost_per_driver"]),
            number(row, "ref_volume_per_driver") or 0.0,
        )
        for row in rows
        if "ref_cost_per_driver" in row
    }


def volumes(rows: list[dict[str, str]]) -> dict[tuple[str, str], float]:
    return {(row["organisation"], row["function"]): float(row["transactions"]) for row in rows if "transactions" in row}


def declarations(tables: dict, settings: dict, snapshot: date, strict: bool) -> list[Declaration]:
    real = RealMoney(settings.get("deflator", {}), settings.get("base_financial_year", ""), strict)
    adoptions = [declaration("adoption", row, row["component"], real, snapshot) for row in tables["adoptions"]]
    duplicates = [declaration("duplicate", row, row["system"], real, snapshot) for row in tables["duplicates"]]
    return sorted(adoptions + duplicates, key=lambda row: (row.organisation, row.function, row.name, row.kind))


@dataclass(frozen=True)
class RealMoney:
    deflator: dict[str, float]
    base: str
    strict: bool

    def __call__(self, cost: float | None, year: str | None) -> float | None:
        """Pounds of the base year: cost × D[base] / D[year] (1.2); a blank year is the base year."""
        absent = [needed for needed in ((year, self.base) if year else ()) if needed not in self.deflator]
        if absent and self.strict:
            raise ValueError(f"Price year {absent[0]} has no deflator: add it to [deflator] in pack.toml.")
        if cost is None or not year or (absent and year == self.base):
            return cost
        if absent:
            return None
        return cost * self.deflator[self.base] / self.deflator[year]


def declaration(kind: str, row: dict[str, str], name: str, real: RealMoney, snapshot: date) -> Declaration:
    confirmed = day(row, "confirmed")
    read = Declaration(
        kind=kind,
        organisation=row["organisation"],
        function=row["function"],
        name=name,
        stage=row.get("stage"),
        coverage=number(row, "coverage"),
        transactions=number(row, "transactions"),
        cost=real(number(row, "annual_cost"), row.get("price_fy")),
        since=day(row, "since"),
        age=(snapshot - confirmed).days if confirmed else None,
        evidence=row.get("evidence", "E0"),
        published=row.get("published") == "1",
        contract_end=day(row, "contract_end"),
        slips=int(row.get("contract_slips", 0)),
        exempt_until=day(row, "exempt_until"),
    )
    return as_pilot_when_young(read, snapshot)


def as_pilot_when_young(row: Declaration, snapshot: date) -> Declaration:
    """AG-13: what has been live for less than 90 days is scored as a pilot."""
    young = row.since is not None and (snapshot - row.since).days < DAYS_LIVE
    return replace(row, stage="pilot") if young and row.stage in ("partial", "live") else row


def frontline_shares(rows: list[dict[str, str]], snapshot: date) -> dict[str, float]:
    """Front line over front line and administration, in the latest financial year that ended by the snapshot."""
    latest: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: row["financial_year"]):
        if date(int(row["financial_year"][:4]) + 1, *YEAR_END) <= snapshot:
            latest[row["organisation"]] = row
    shares = {uid: frontline_share(row) for uid, row in latest.items()}
    return {uid: share for uid, share in shares.items() if share is not None}


def frontline_share(row: dict[str, str]) -> float | None:
    frontline, administrative = number(row, "frontline"), number(row, "administrative")
    if frontline is None or administrative is None or frontline + administrative == 0:
        return None
    return frontline / (frontline + administrative)


MOST_UNITS = 5.0  # AG-15: units of an organisation that count per component and calendar quarter


def contribution_units(rows: list[dict[str, str]], snapshot: date) -> dict[str, float]:
    """Units of the two years to the snapshot per organisation, at most 5 per component and calendar quarter (AG-15)."""
    quarters: dict[tuple, float] = {}
    for row in rows:
        made_on = date.fromisoformat(row["made_on"])
        if two_years_before(snapshot) < made_on <= snapshot:
            quarter = (row["organisation"], row.get("component", ""), made_on.year, (made_on.month - 1) // 3)
            quarters[quarter] = quarters.get(quarter, 0.0) + (number(row, "units") or 0.0)
    units: dict[str, float] = {}
    for (organisation_uid, *_), total in quarters.items():
        units[organisation_uid] = units.get(organisation_uid, 0.0) + min(MOST_UNITS, total)
    return units


def two_years_before(snapshot: date) -> date:
    if (snapshot.month, snapshot.day) == (2, 29):
        return date(snapshot.year - 2, 3, 1) - timedelta(days=1)
    return snapshot.replace(year=snapshot.year - 2)


def refuse_parents_among_cells(pack: Pack) -> None:
    """A parent's reference cost is the sum of its children's: both as cells would count it twice."""
    for group, child in pack.benchmarks:
        parent = pack.functions[child].parent if pack.functions[child].evolution else None
        while parent:
            if (group, parent) in pack.benchmarks:
                raise ValueError(f"Function {parent} has a benchmark for {group} beside its child {child}: remove one.")
            parent = pack.functions[parent].parent

"""Small random commons that hit the rare branches of the index, as valid packs.

`random_world(seed)` gives {table name: rows} with "pack" for pack.toml; `write_pack(world, folder)` writes it;
`worlds()` is the Hypothesis strategy, which shrinks to few organisations and functions.
"""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

SNAPSHOT = date(2026, 3, 31)
LABEL = "2026Q1"
World = dict[str, Any]
Row = dict[str, Any]

YEARS = ["2023-24", "2024-25", "2025-26"]
REASONS = ["law", "safety", "accessibility", "security", "uneconomic"]


def random_world(seed: int, organisations: int | None = None, functions: int | None = None) -> World:
    """A world of 3–12 organisations in 1–3 peer groups and 2–8 functions; the same seed gives the same world."""
    random = Random(seed)
    world: World = {"pack": pack_settings(random)}
    world["organisations"] = random_organisations(random, world, organisations or random.randint(3, 12))
    world["functions"] = random_functions(random, functions or random.randint(2, 8))
    world["benchmarks"] = random_benchmarks(random, world)
    world["components"] = random_components(random, world)
    world["volumes"] = random_volumes(random, world)
    world["accounts"] = random_accounts(random, world)
    world["contributions"] = random_contributions(random, world)
    world["adoptions"], world["duplicates"] = [], []
    tidy = random.random() < 0.3  # a tidy world declares much, recently and well, so that high grades happen
    for organisation in world["organisations"]:
        for function in world["functions"]:
            add_declarations(random, world, organisation, function["function"], tidy)
    return world


@st.composite
def worlds(draw: Callable, most_organisations: int = 8, most_functions: int = 6) -> World:
    """Random worlds for Hypothesis: the sizes shrink, the seed picks the rest."""
    organisations = draw(st.integers(3, most_organisations))
    functions = draw(st.integers(2, most_functions))
    return random_world(draw(st.integers(0, 2**32 - 1)), organisations, functions)


def maybe(random: Random, chance: float, value: Any) -> Any:
    """The value, or a blank."""
    return value if random.random() < chance else ""


def days_ago(days: int) -> str:
    return (SNAPSHOT - timedelta(days=days)).isoformat()


def pack_settings(random: Random) -> dict:
    groups = {"county": group_settings(random), "district": group_settings(random), "region": group_settings(random)}
    groups["district"]["parent"] = "region"
    chosen = random.choice([["county"], ["region", "district"], ["county", "region", "district"]])
    about = {"title": "A small commons", "country": "GB", "currency": "GBP", "licence": "CC0-1.0"}
    return about | {
        "benchmark_edition": "2026",
        "base_financial_year": "2025-26",
        "deflator": {"2023-24": 93.7, "2024-25": 97.25, "2025-26": 100.0},
        "peer_groups": {uid: groups[uid] for uid in chosen},
    }


def group_settings(random: Random) -> dict:
    low = round(random.uniform(0.4, 0.6), 3)
    settings = {"label": "A kind of body", "driver_unit": "residents"}
    if random.random() < 0.9:
        settings |= {"F_lo": low, "F_hi": round(low + random.uniform(0.1, 0.3), 3)}
    if random.random() < 0.9:
        settings["F_median_share"] = round(low + random.uniform(-0.02, 0.2), 3)
    classes = [name for name in ("custom", "product", "commodity") if random.random() < 0.9]
    settings["adoption_mean"] = {name: round(random.random(), 3) for name in classes}
    return settings


def random_organisations(random: Random, world: World, count: int) -> list[Row]:
    groups = list(world["pack"]["peer_groups"])
    rows = []
    for number in range(count):
        rows.append(
            {
                "organisation": f"body-{number}",
                "name": f"Body {number}",
                "type": "council",
                "peer_group": random.choice(groups),
                "affiliation_group": maybe(random, 0.35, random.choice(["body-0", "alliance", "union"])),
                "driver": maybe(random, 0.97, random.choice([1_000, 25_000, 180_000, 1_234_567])),
            }
        )
    return rows


def random_functions(random: Random, count: int) -> list[Row]:
    """A grouping without benchmarks, and functions under it or beside it in every evolution stage."""
    rows = [{"function": "grouping", "parent": "", "name": "Grouping", "kind": "administrative", "evolution": ""}]
    evolutions = ["commodity", "product", "custom", "commodity", "product", "genesis", ""]
    for number in range(count):
        rows.append(
            {
                "function": f"function-{number}",
                "parent": maybe(random, 0.4, "grouping"),
                "name": f"Function {number}",
                "kind": random.choice(["capability", "administrative", "service"]),
                "evolution": "commodity" if number == 0 else random.choice(evolutions),
            }
        )
    return rows


def random_benchmarks(random: Random, world: World) -> list[Row]:
    return [
        {
            "peer_group": group,
            "function": function["function"],
            "ref_cost_per_driver": round(random.uniform(0.2, 12), 4),
            "ref_volume_per_driver": maybe(random, 0.9, round(random.uniform(0.05, 3), 4)),
            "observations": maybe(random, 0.5, random.randint(3, 40)),
            "provenance": "returns",
        }
        for group in world["pack"]["peer_groups"]
        for function in world["functions"]
        if function["function"] != "grouping" and random.random() < 0.92
    ]


def random_components(random: Random, world: World) -> list[Row]:
    leaves = [row["function"] for row in world["functions"] if row["function"] != "grouping"]
    rows = []
    for number in range(random.randint(len(leaves), 2 * len(leaves))):
        functions = {leaves[number % len(leaves)]} | ({random.choice(leaves)} if random.random() < 0.2 else set())
        rows.append(random_component(random, world, f"component-{number}", sorted(functions)))
    return rows


def random_component(random: Random, world: World, uid: str, functions: list[str]) -> Row:
    flags = {
        flag: random.choice(["1", "1", "0", ""])
        for flag in ("open_licence", "open_standard", "valid_metadata", "data_exportable")
    }
    groups = list(world["pack"]["peer_groups"])
    return {
        "component": uid,
        "name": uid.capitalize(),
        "kind": "service",
        "functions": ";".join(functions),
        "summary": "What it does",
        "lifecycle": random.choices(["live", "beta", "deprecated", "retired", "draft"], [12, 1, 1, 1, 1])[0],
        "stewards": ";".join(random_stewards(random, world)),
        "available_to": ";".join(sorted(random.sample(groups, random.randint(1, len(groups)))))
        if random.random() < 0.3
        else "",
        **flags,
        "price_per_transaction": maybe(random, 0.9, round(random.choice([0.0, 0.03, 0.4, 5.0]), 2)),
        "fixed_fee": maybe(random, 0.9, random.choice([0, 500, 20_000])),
        "external_independent_adopters": random.choice(["", 0, 1, 2, 3, 60]),
    }


def random_stewards(random: Random, world: World) -> list[str]:
    chosen = random.sample([row["organisation"] for row in world["organisations"]], random.choice([0, 1, 1, 2]))
    shares = {0: [], 1: [random.choice([1, 0.6])], 2: [0.625, 0.25]}[len(chosen)]
    return [f"{uid}={share}" for uid, share in sorted(zip(chosen, shares, strict=True))]


def random_volumes(random: Random, world: World) -> list[Row]:
    return [
        {"organisation": body["organisation"], "function": function["function"], "transactions": volume}
        for body in world["organisations"]
        for function in world["functions"]
        if function["function"] != "grouping" and random.random() < 0.25
        for volume in [random.choice([0, 900, 60_000, 400_000])]
    ]


def random_accounts(random: Random, world: World) -> list[Row]:
    rows = []
    for body in world["organisations"]:
        for year in ["2024-25", "2025-26", "2026-27"]:
            if random.random() < 0.6:
                frontline, administrative = random.uniform(1e6, 9e6), random.uniform(1e6, 5e6)
                if random.random() < 0.08:
                    frontline = administrative = 0.0
                rows.append(
                    {
                        "organisation": body["organisation"],
                        "financial_year": year,
                        "frontline": maybe(random, 0.93, round(frontline, 2)),
                        "administrative": maybe(random, 0.93, round(administrative, 2)),
                    }
                )
    return rows


def random_contributions(random: Random, world: World) -> list[Row]:
    ages = [-20, 0, 1, 40, 100, 400, 729, 730, 731, 900]
    keys = {
        (body["organisation"], random.choice(world["components"])["component"], days_ago(age))
        for body in world["organisations"]
        for age in random.sample(ages, random.choice([0, 0, 1, 3, 8]))
    }
    columns = ("organisation", "component", "made_on")
    units = [1, 2, 3.5, 8]
    return [
        dict(zip(columns, key, strict=True)) | {"units": random.choice(units), "summary": "A change"}
        for key in sorted(keys)
    ]


def add_declarations(random: Random, world: World, body: Row, function: str, tidy: bool) -> None:
    """Some rows for one cell: none often, several now and then, more than the whole sometimes."""
    if random.random() < (0.05 if tidy else 0.2):
        return
    fitting = [row["component"] for row in world["components"] if function in row["functions"].split(";")]
    adopted = random.sample(fitting, min(len(fitting), random.choice([0, 1, 1, 2])))
    if random.random() < 0.05:
        adopted = sorted({*adopted, random.choice(world["components"])["component"]})
    key = {"organisation": body["organisation"], "function": function}
    for component in adopted:
        world["adoptions"].append(key | {"component": component} | adoption(random, tidy))
    for system in random.sample(["Alpha", "Beta", "component-0", "Delta"], random.choice([0, 0, 1, 1, 2, 3])):
        world["duplicates"].append(key | {"system": system} | duplicate(random, tidy))


def statement(random: Random, tidy: bool) -> Row:
    """What an adoption and a duplicate have in common."""
    ages = [10, 200, 365] if tidy else [0, 30, 30, 200, 365, 366, 700, 1095, 1096, 1500]
    grades = ["E1", "E2", "E2", "E3"] if tidy else ["E0", "E1", "E2", "E2", "E3", ""]
    shares = [0.1, 0.25, 0.6, 0.9, 1] if tidy else [0, 0.004, 0.01, 0.1, 0.3, 0.3, 0.5, 0.8, 1]
    by_count = random.random() < 0.2
    counts = [0, 40, 700, 30_000, 250_000]
    return {
        "coverage": random.choice(shares) if not by_count and (tidy or random.random() < 0.9) else "",
        "transactions": random.choice(counts) if by_count or random.random() < 0.03 else "",
        "annual_cost": maybe(random, 0.8, round(10 ** random.uniform(0.5, 6.5), 2)),
        "price_fy": random.choice([*YEARS, ""]),
        "confirmed": days_ago(random.choice(ages)) if tidy or random.random() < 0.95 else "",
        "evidence": random.choice(grades),
        "published": random.choice(["1", "0", ""]),
    }


def adoption(random: Random, tidy: bool) -> Row:
    stages = ["live", "live", "live", "partial"] if tidy else ["planned", "pilot", "partial", "live", "live", "live"]
    row = statement(random, tidy) | {"stage": random.choice([*stages, "retired"] if not tidy else stages)}
    ages = [89, 90, 400, 2_000] if random.random() < 0.3 else [400, 2_000]
    since = days_ago(random.choice(ages))
    in_order = row["confirmed"] == "" or since <= row["confirmed"]
    return row | {"since": maybe(random, 0.7, since) if in_order else ""}


def duplicate(random: Random, tidy: bool) -> Row:
    exempt = random.random() < 0.2
    ends = [-800, 0, 1, 300, 365, 366, 730, 731, 1500, 4000]
    return statement(random, tidy) | {
        "supplier": maybe(random, 0.8, "A supplier"),
        "contract_end": maybe(random, 0.8, days_ago(-random.choice(ends))),
        "contract_slips": random.choice(["", 0, 0, 0, 1]),
        "exempt_until": days_ago(-random.choice([-30, 0, 200, 600])) if exempt else "",
        "exempt_reason": random.choice(REASONS) if exempt else "",
    }


def write_pack(world: World, folder: Path) -> Path:
    """Writes the world's pack.toml and CSV files and gives the folder back."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text("\n".join(toml_lines(world["pack"])) + "\n", encoding="utf-8")
    for table, rows in world.items():
        if table != "pack" and rows:
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    return folder


def toml_lines(settings: dict, path: str = "") -> list[str]:
    """Values first, then one section for each table; strings and numbers are all that a pack needs."""
    values = {name: value for name, value in settings.items() if not isinstance(value, dict)}
    lines = [f'"{name}" = {plain_toml(value)}' for name, value in values.items()]
    for name, table in settings.items():
        if isinstance(table, dict):
            inner = f'{path}"{name}"'
            lines += [f"\n[{inner}]", *toml_lines(table, f"{inner}.")]
    return lines


def plain_toml(value: str | float) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)

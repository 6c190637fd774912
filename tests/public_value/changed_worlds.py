"""Cases for a property of the engine: a world alone, or a world and the same one changed."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.public_value.many_worlds import Case, Make
from tests.public_value.random_bodies import (
    BLANK,
    FUNCTIONS,
    GRADES,
    PARTS,
    SPLIT,
    Body,
    Catalogue,
    Row,
    kind_of,
    random_body,
)

STAGES = ("pilot", "partial", "live")


def a_world(random: Random, catalogue: Catalogue) -> Case:
    return [random_body(random, catalogue, valid=False)]


def in_other_money(random: Random, catalogue: Catalogue) -> Case:
    before = random_body(random, catalogue, valid=False)
    after = replace(before, among="dear", rows=[dearer(row, catalogue.factor) for row in before.rows])
    return [before, after]


def dearer(row: Row, factor: float) -> Row:
    return row if row["annual_cost"] is None else row | {"annual_cost": row["annual_cost"] * factor}


def split(random: Random, catalogue: Catalogue) -> Case:
    """One function in two: costs, volumes and transactions fall to its children in proportion.

    No share lies exactly on the 1 % of de minimis, where rounding would decide: 90 of 9,000 counts, 63 of 6,300 not.
    """
    before = random_body(random, catalogue, valid=False)
    before.rows = [off_the_edge(random, row) for row in before.rows]
    after = replace(
        before, among="split", rows=[row for row in before.rows if row["function"] != SPLIT], volumes={**before.volumes}
    )
    own = after.volumes.pop(SPLIT, None)
    for child, part in zip(PARTS, (catalogue.part, 1 - catalogue.part), strict=True):
        after.rows += [a_part(row, child, part) for row in before.rows if row["function"] == SPLIT]
        after.volumes |= {} if own is None else {child: own * part}
    return [before, after]


def off_the_edge(random: Random, row: Row) -> Row:
    a_little_less = random.uniform(0.98, 0.999)
    return row | {name: row[name] * a_little_less for name in ("coverage", "transactions") if row[name] is not None}


def a_part(row: Row, child: int, part: float) -> Row:
    amounts = {name: row[name] * part for name in ("annual_cost", "transactions") if row[name] is not None}
    return row | amounts | {"function": child}


def changed(kinds: tuple[str, ...], valid: bool, change: Callable[[Random, Row], list[Row] | None]) -> Make:
    """Cases in which one row of these kinds, in a cell that counts, gives way to others."""

    def make(random: Random, catalogue: Catalogue) -> Case | None:
        before = random_body(random, catalogue, valid=valid)
        fitting = [row for row in before.rows if kind_of(row) in kinds and catalogue.counts(row["function"])]
        row = random.choice(fitting) if fitting else None
        instead = change(random, row) if row else None
        if instead is None:
            return None
        return [before, replace(before, rows=[each for each in before.rows if each is not row] + instead)]

    return make


def silence(random: Random, row: Row) -> list[Row]:
    return []


def better_evidence(random: Random, row: Row) -> list[Row] | None:
    better = GRADES[GRADES.index(row["evidence"] or "E0") + 1 :]
    return [row | {"evidence": random.choice(better)}] if better else None


def later_stage(random: Random, row: Row) -> list[Row] | None:
    later = STAGES[STAGES.index(row["stage"]) + 1 :]
    return [row | {"stage": random.choice(later)}] if later else None


def lower_cost(random: Random, row: Row) -> list[Row] | None:
    return [row | {"annual_cost": row["annual_cost"] * random.choice([0, 0.5, 0.99])}] if row["annual_cost"] else None


def with_a_trifle(random: Random, catalogue: Catalogue) -> Case | None:
    """One more row that hardly matters, in a cell that has room for it."""
    before = random_body(random, catalogue, valid=True)
    function = random.choice([place for place in range(FUNCTIONS) if catalogue.counts(place)])
    share = 0.001
    if sum(share_of(catalogue, before, row) for row in before.rows if row["function"] == function) > 1 - share:
        return None
    trifle = BLANK | {"function": function, "coverage": share, "evidence": random.choice(GRADES), "system": "Trifle"}
    free = {0, 1} - {row["component"] for row in before.rows if row["function"] == function}
    if free and random.random() < 0.5:
        trifle |= {"system": "", "component": min(free), "stage": "live"}
    elif random.random() < 0.5:
        trifle |= {"annual_cost": random.choice([1, 1e9])}
    return [before, replace(before, rows=[*before.rows, trifle])]


def share_of(catalogue: Catalogue, body: Body, row: Row) -> float:
    if row["transactions"] is None:
        return row["coverage"] or 0
    volume = catalogue.volume(body, row["function"])
    return row["transactions"] / volume if volume else 0

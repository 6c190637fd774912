"""Random bodies and what they say, as plain rows: quick to make, and full of the method's edges."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from public_value.methodology import CLASSES

SNAPSHOT = date(2026, 3, 31)
KINDS_OF_BODY, FUNCTIONS = 3, 6
SPLIT, PARTS = 5, (6, 7)  # the function that has two children instead in the peer groups "split"
UNSHARED = 2  # the place of a function's component that is never shared
AGES = [0, 30, 30, 200, 365, 366, 700, 1095]
ENDS = [None, None, -800, 0, 1, 300, 730, 731, 4000]
GRADES = ("E0", "E1", "E2", "E3")
SHARES = [0, 0.004, 0.01, 0.1, 0.3, 0.3, 0.5, 0.8, 1]

Row = dict[str, object]
BLANK: Row = {
    "component": None, "system": "", "stage": "", "coverage": None, "transactions": None, "annual_cost": None,
    "price_fy": "", "since": None, "contract_end": None, "contract_slips": None, "confirmed": SNAPSHOT, "evidence": "",
    "published": None, "exempt_until": None, "exempt_reason": "",
}  # fmt: skip


@dataclass
class Body:
    """One world. `among` says in which variant of its peer group it is; rows name functions and components by place."""

    group: int
    driver: float
    accounts: tuple[float, float] | None
    reuse: float
    contributions: float
    volumes: dict[int, float]
    rows: list[Row]
    among: str = "plain"


@dataclass
class Catalogue:
    """What the worlds of a batch share. `costs`, `volumes`: by kind of body, then function, for each unit of driver."""

    evolution: list[str]
    costs: list[list[float]]
    volumes: list[list[float]]
    factor: float  # how much dearer everything is in the other money
    part: float  # what the first child has of the function that is split
    function_ids: list[int] = field(default_factory=list)
    group_ids: dict[tuple[int, str], int] = field(default_factory=dict)
    component_ids: list[list[int]] = field(default_factory=list)

    def counts(self, function: int) -> bool:
        return self.evolution[function] in CLASSES

    def volume(self, body: Body, function: int) -> float:
        return body.volumes.get(function, self.volumes[body.group][function] * body.driver)


def random_catalogue(random: Random) -> Catalogue:
    others = [random.choice([*CLASSES, "commodity", "genesis", ""]) for _ in range(FUNCTIONS - 2)]
    kinds = range(KINDS_OF_BODY)
    return Catalogue(
        evolution=["commodity", *others, random.choice(CLASSES)],
        costs=[[10 ** random.uniform(-1, 2) for _ in range(FUNCTIONS)] for _ in kinds],
        volumes=[[random.choice([0, 0.5, 2, 30]) for _ in range(FUNCTIONS)] for _ in kinds],
        factor=random.choice([1e-3, 0.7, 8.0, 1e6]),
        part=random.choice([0.5, 0.3, 0.05]),
    )


def random_body(random: Random, catalogue: Catalogue, *, valid: bool) -> Body:
    """A body with up to four rows for a function. `valid`: their shares come to 1 at most, and set no volume."""
    body = Body(
        group=random.randrange(KINDS_OF_BODY),
        driver=random.choice([1_000, 25_000, 1_234_567]),
        accounts=(random.uniform(4, 9), random.uniform(1, 6)) if random.random() < 0.8 else None,
        reuse=random.choice([0.0, 0.5, 3.0, 80.0]),
        contributions=random.choice([0.0, 2.0, 30.0]),
        volumes={},
        rows=[],
    )
    for function in range(FUNCTIONS):
        if random.random() < 0.3:
            body.volumes[function] = random.choice([0.0, 40.0, 9_000.0, 1e6])
        body.rows += random_rows(random, catalogue, body, function, valid)
    return body


def random_rows(random: Random, catalogue: Catalogue, body: Body, function: int, valid: bool) -> Iterator[Row]:
    solutions = random.sample([*range(3), "Alpha", "Beta", "Gamma", "Delta"], random.choice([0, 0, 1, 1, 2, 3, 4]))
    shares = valid_shares(random, len(solutions)) if valid else [random.choice(SHARES) for _ in solutions]
    for solution, share in zip(solutions, shares, strict=True):
        yield (
            random_row(random, solution)
            | stated(random, share, catalogue.volume(body, function), valid)
            | {
                "function": function,
                "annual_cost": random_cost(random, catalogue.costs[body.group][function] * body.driver, share),
            }
        )


def valid_shares(random: Random, number: int) -> list[float]:
    """Shares that come to the whole at most; to the whole exactly in one cell of four; some of them very small."""
    weights = [random.expovariate(1) * random.choice([1, 1, 1, 0.01]) for _ in range(number)]
    whole = sum(weights) + (0 if random.random() < 0.25 else random.expovariate(1))
    return [weight / whole for weight in weights]


def stated(random: Random, share: float, volume: float, valid: bool) -> Row:
    """A share as coverage, as a number of transactions, or not at all."""
    chance = random.random()
    if chance < 0.08:
        return {}
    if chance < 0.75 or (valid and not volume):
        return {"coverage": share}
    return {"transactions": share * volume if valid else random.choice([0.0, 40.0, 30_000.0, share * volume])}


def random_cost(random: Random, envelope: float, share: float) -> float | None:
    if random.random() < 0.2:
        return None
    return share * envelope * random.choice([0, 0.1, 0.3, 1, 1, 2, 5]) * random.uniform(0.5, 1.5)


def random_row(random: Random, solution: int | str) -> Row:
    """Whatever does not depend on the cell. `solution`: the place of a component, or the name of an own system."""
    row = BLANK | {
        "evidence": random.choice([*GRADES, ""]),
        "confirmed": SNAPSHOT - timedelta(random.choice(AGES)),
        "published": random.choice([True, False, None]),
        "price_fy": random.choice(["2024-25", "2025-26", ""]),
    }
    if isinstance(solution, int):
        stage = random.choice(["pilot", "partial", "live", "live"])
        since = SNAPSHOT - timedelta(random.choice([89, 90, 2_000])) if random.random() < 0.3 else None
        return row | {"component": solution, "stage": stage, "since": since}
    end = random.choice(ENDS)
    exempt = {"exempt_until": SNAPSHOT + timedelta(random.choice([-30, 0, 200])), "exempt_reason": "law"}
    return (
        row
        | (exempt if random.random() < 0.3 else {})
        | {
            "system": solution,
            "contract_end": None if end is None else SNAPSHOT + timedelta(end),
            "contract_slips": random.choice([None, 0, 0, 1]),
        }
    )


def kind_of(row: Row) -> str:
    """adopt, dup or exempt, in the sense of 1.4-4."""
    if row["component"] is not None:
        return "dup" if row["component"] == UNSHARED else "adopt"
    return "exempt" if row["exempt_until"] and row["exempt_until"] >= SNAPSHOT else "dup"

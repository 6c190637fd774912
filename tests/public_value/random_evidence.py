"""Random worlds for the arithmetic: valid declarations in cells, summed to `Rows` one declaration each."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from public_value.methodology import ADOPT, DUPLICATE, EXEMPT, Evidence, Parameters, PeerGroups, Rows

METHOD = Path(__file__).parents[2] / "public_value/methods/pvi-1.0.0.json"
CLASSES = 3


@cache
def parameters() -> Parameters:
    return Parameters.from_json(METHOD.read_text())


def peer_groups(groups: int = 1, **norms) -> PeerGroups:
    stated = {
        "frontline_low": np.full(groups, 0.4),
        "frontline_high": np.full(groups, 0.8),
        "frontline_median": np.full(groups, 0.7),
        "adoption_mean": np.tile([0.1, 0.3, 0.5], (groups, 1)),
    }
    return PeerGroups(**stated | norms)


def declared(*declarations: dict) -> Rows:
    """Rows of single declarations: organisation, evolution, kind, B, s, and whatever departs from a plain one."""
    plain = {"evidence": 0, "pilot": False, "freshness": 1.0, "openness": 0.0, "published": False, "cost": None}
    facts = [plain | declaration for declaration in declarations]
    column = {
        name: np.array([fact[name] for fact in facts]) for name in ("organisation", "evolution", "kind", "evidence")
    }
    mass = np.array([fact["B"] * fact["s"] for fact in facts])
    fresh = mass * np.array([fact["freshness"] for fact in facts])
    counts = np.array([fact["kind"] == ADOPT and fact["s"] >= 0.01 for fact in facts], dtype=bool)
    return Rows(
        **{name: values.astype(np.int64) for name, values in column.items()},
        pilot=np.array([fact["pilot"] for fact in facts], dtype=bool),
        mass=mass,
        fresh=fresh,
        adopted=fresh * counts,
        open_adopted=fresh * counts * np.array([fact["openness"] for fact in facts]),
        published=mass * np.array([fact["published"] for fact in facts], dtype=float),
        relief=np.array([relief(fact) for fact in facts]).reshape(len(facts), len(parameters().laws.g_grid)),
    )


def relief(fact: dict) -> list[float]:
    grid = parameters().laws.g_grid
    if fact["kind"] == ADOPT or fact["cost"] is None:
        return [0.0] * len(grid)
    return [fact["B"] * max(0.0, fact["s"] - min(fact["s"], fact["cost"] / (g * fact["B"]))) for g in grid]


def random_evidence(seed: int, organisations: int = 4, functions: int = 6) -> tuple[Evidence, np.ndarray]:
    """A world of valid rows and the function of each row; about one fact in five is missing, some cells are full."""
    random = np.random.default_rng(seed)
    evolution = random.integers(0, CLASSES, functions)
    envelope, declarations, function = np.zeros((organisations, CLASSES)), [], []
    for organisation in range(organisations):
        for cell in np.flatnonzero(random.random(functions) < 0.9):
            B = float(np.exp(random.uniform(5, 15)))
            envelope[organisation, evolution[cell]] += B
            found = random_cell(random, B)
            declarations += [{"organisation": organisation, "evolution": evolution[cell], **row} for row in found]
            function += [cell] * len(found)
    accounts = np.where(random.random((2, organisations)) < 0.1, np.nan, random.uniform(1, 9, (2, organisations)))
    evidence = Evidence(
        uid=tuple(f"organisation-{index}" for index in range(organisations)),
        group=random.integers(0, 2, organisations),
        frontline=accounts[0],
        admin=accounts[1],
        reuse=random.choice([0.0, 0.5, 3.0, 80.0], organisations),
        contributions=random.choice([0.0, 2.0, 30.0], organisations),
        envelope=envelope,
        peer_groups=peer_groups(2),
        rows=declared(*declarations),
    )
    return evidence, np.array(function, dtype=np.int64)


def random_cell(random: np.random.Generator, B: float) -> list[dict]:
    count = random.integers(0, 5)
    shares = random.dirichlet(np.ones(count + 1))[:count] if count else []
    if count and random.random() < 0.3:
        shares = shares / np.sum(shares)
    return [random_declaration(random, B, float(share)) for share in shares]


def random_declaration(random: np.random.Generator, B: float, share: float) -> dict:
    kind = int(random.choice([ADOPT, DUPLICATE, EXEMPT], p=[0.5, 0.35, 0.15]))
    return {
        "kind": kind,
        "B": B,
        "s": 0.0 if random.random() < 0.1 else share,
        "evidence": int(random.integers(0, 4)),
        "pilot": kind == ADOPT and random.random() < 0.25,
        "freshness": random.uniform(0.5, 1),
        "openness": float(random.choice([0, 0.25, 0.5, 0.75, 1])),
        "published": bool(random.random() < 0.4),
        "cost": None if random.random() < 0.2 else share * B * random.uniform(0, 4),
    }


def changed(evidence: Evidence, /, **columns: np.ndarray) -> Evidence:
    """The same evidence with some columns of its rows replaced."""
    return replace(evidence, rows=replace(evidence.rows, **columns))


def without(evidence: Evidence, row: int) -> Evidence:
    """The same evidence, one row left out."""
    columns = {name: np.delete(column, row, axis=0) for name, column in vars(evidence.rows).items()}
    return changed(evidence, **columns)


def only(evidence: Evidence, organisations: list[int]) -> Evidence:
    """The same evidence for some organisations only, in the order given."""
    number = {old: new for new, old in enumerate(organisations)}
    kept = np.isin(evidence.rows.organisation, organisations)
    columns = {name: column[kept] for name, column in vars(evidence.rows).items()}
    columns["organisation"] = np.array([number[old] for old in columns["organisation"]], dtype=np.int64)
    per_organisation = ("group", "frontline", "admin", "reuse", "contributions", "envelope")
    return replace(
        evidence,
        uid=tuple(evidence.uid[old] for old in organisations),
        rows=Rows(**columns),
        **{name: getattr(evidence, name)[organisations] for name in per_organisation},
    )

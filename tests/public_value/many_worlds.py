"""Thousands of small worlds through the engine at once: a world is one body and all that it says.

The SQL of the evidence works on sets, so that a world costs little more than its rows. What is shared stays as it is
(as within an edition): shared components have their adopters elsewhere, the others are never live.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from django.db import connection, transaction

from public_value.actions import METHOD as METHOD_FILE
from public_value.evidence import gather
from public_value.methodology import CLASSES, Evidence, Parameters, score
from public_value.methodology.indicators import unknown_mass
from public_value.methodology.measures import Floats
from public_value.models import Benchmark, BenchmarkEdition, Deflator, PeerGroupNorm
from public_value.montecarlo import draw_matrix
from public_value.terms import terms_of
from tests import factories
from tests.public_value.random_bodies import (
    FUNCTIONS,
    KINDS_OF_BODY,
    PARTS,
    SNAPSHOT,
    SPLIT,
    Body,
    Catalogue,
    random_catalogue,
)

METHOD = Parameters.from_json(METHOD_FILE.read_text(encoding="utf-8"))
DRAWS = 4
AMONG = ("plain", "dear", "split")  # every peer group is there as it is, in other money, and with a function split
SHADOWED = ("registry_organisation", "registry_declaration", "registry_volume", "registry_account")
FIGURES = ("S", "R", "N", "F", "C", "O", "xi", "den", "K", "V", "T", "pvi", "pvi_peer_imputed", "pvi_max")

Case = list[Body]
Make = Callable[[Random, Catalogue], Case | None]


@dataclass
class Outcome:
    """What the engine made of the cases, which all hold as many bodies: arrays (cases, bodies), draws on a third axis.

    `partition` is true for a body whose every cell is one.
    """

    cases: Sequence[Case]
    figures: dict[str, Floats]
    draws: Floats
    partition: np.ndarray

    def __getitem__(self, figure: str) -> Floats:
        return self.figures[figure]


def measured(seed: int, number: int, make: Make) -> Outcome:
    """Make this many cases, in a catalogue of their own, and put them through the engine. Leaves nothing behind."""
    random = Random(seed)
    catalogue = random_catalogue(random)
    with transaction.atomic():
        store_catalogue(random, catalogue)
        outcome = run(catalogue, some_cases(random, catalogue, number, make))
        transaction.set_rollback(True)
    return outcome


def some_cases(random: Random, catalogue: Catalogue, number: int, make: Make) -> list[Case]:
    cases: list[Case] = []
    while len(cases) < number:
        case = make(random, catalogue)
        cases += [case] if case else []
    return cases


def run(catalogue: Catalogue, cases: Sequence[Case]) -> Outcome:
    bodies = [body for case in cases for body in case]
    store_bodies(catalogue, bodies)
    each, found = len(cases[0]), gather(METHOD, SNAPSHOT).evidence
    evidence = replace(
        found,
        uid=tuple(f"case-{place // each}" for place in range(len(bodies))),  # the bodies of a case draw alike
        reuse=np.array([body.reuse for body in bodies]),
        contributions=np.array([body.contributions for body in bodies]),
    )
    scores = score(METHOD, evidence)
    draws = draw_matrix(METHOD, terms_of(evidence, scores), np.arange(len(bodies)), seed="2026Q1", draws=DRAWS)
    return Outcome(
        cases=cases,
        figures={name: getattr(scores, name).reshape(-1, each) for name in FIGURES},
        draws=draws.reshape(-1, each, DRAWS),
        partition=(is_partition(len(bodies)) & adds_up(evidence)).reshape(-1, each),
    )


# The share that a row states is worked out here once more, so that scaling is seen to happen only where it must.
CELLS = """
    SELECT organisation_id, min(share), sum(share), sum(stated)
    FROM (
        SELECT pv_fact.organisation_id, pv_fact.function_id, share,
               CASE WHEN declaration.transactions IS NULL THEN coalesce(declaration.coverage, 0)
                    WHEN volume > 0 THEN declaration.transactions / volume ELSE 0 END AS stated
        FROM pv_fact JOIN registry_declaration declaration ON declaration.id = declaration_id
    ) rows
    GROUP BY organisation_id, function_id
"""


def is_partition(bodies: int) -> np.ndarray:
    """No share below 0, and together what is stated, or the whole where more is stated; for each body."""
    with connection.cursor() as cursor:
        cursor.execute(CELLS)
        cells = np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 4)
    wrong = (cells[:, 1] < 0) | (np.abs(np.minimum(1, cells[:, 3]) - cells[:, 2]) > 1e-9)
    return np.bincount(cells[:, 0].astype(int) - 1, wrong, bodies) == 0


def adds_up(evidence: Evidence) -> np.ndarray:
    """Known mass and unknown mass are the envelope, for each body."""
    unknown = unknown_mass(evidence)
    whole = unknown + evidence.by_class(evidence.rows.mass)
    return np.all((unknown >= 0) & (np.abs(whole - evidence.envelope) <= 1e-9 * evidence.envelope), axis=1)


def store_catalogue(random: Random, catalogue: Catalogue) -> None:
    """Functions, their components and the peer groups with their benchmarks; ids go into the catalogue."""
    BenchmarkEdition.objects.update_or_create(id=1, defaults={"name": "2026", "base_financial_year": "2025-26"})
    Deflator.objects.bulk_create(
        [Deflator(financial_year="2024-25", index=97), Deflator(financial_year="2025-26", index=100)]
    )
    functions = [factories.function(evolution=stage) for stage in catalogue.evolution]
    functions += [factories.function(evolution=catalogue.evolution[SPLIT], parent=functions[SPLIT]) for _ in PARTS]
    catalogue.function_ids = [function.pk for function in functions]
    for place in range(FUNCTIONS):
        serves = [functions[each] for each in (place, *(PARTS if place == SPLIT else ()))]
        made = [factories.component(functions=serves, **standing) for standing in standings(random)]
        catalogue.component_ids.append([component.pk for component in made])
    for kind in range(KINDS_OF_BODY):
        norms = random_norms(random)
        for among in AMONG:
            group = factories.peer_group()
            catalogue.group_ids[kind, among] = group.pk
            PeerGroupNorm.objects.create(peer_group=group, **norms)
            Benchmark.objects.bulk_create(benchmarks(catalogue, kind, among))


def standings(random: Random) -> list[dict]:
    """Two components that are shared, and one that is not."""
    flags = ("open_licence", "open_standard", "valid_metadata", "data_exportable")
    openness = [{flag: random.choice([True, False, None]) for flag in flags} for _ in range(3)]
    return [
        openness[0] | {"external_independent_adopters": 2},
        openness[1] | {"external_independent_adopters": 40},
        openness[2] | {"external_independent_adopters": 2, "lifecycle": "beta"},
    ]


def random_norms(random: Random) -> dict[str, float | None]:
    low = random.uniform(0.3, 0.6)
    stated = random.random() < 0.9
    return {
        "f_lo": low if stated else None,
        "f_hi": low + random.uniform(0.1, 0.3) if stated else None,
        "f_median_share": low + random.uniform(0, 0.2),
        **{f"adoption_mean_{name}": random.random() for name in CLASSES},
    }


def benchmarks(catalogue: Catalogue, kind: int, among: str) -> Iterable[Benchmark]:
    parts = {place: (place, 1.0) for place in range(FUNCTIONS)}
    if among == "split":
        del parts[SPLIT]
        parts |= {child: (SPLIT, part) for child, part in zip(PARTS, (catalogue.part, 1 - catalogue.part), strict=True)}
    money = catalogue.factor if among == "dear" else 1
    for place, (source, part) in parts.items():
        yield Benchmark(
            peer_group_id=catalogue.group_ids[kind, among],
            function_id=catalogue.function_ids[place],
            ref_cost_per_driver=catalogue.costs[kind][source] * part * money,
            ref_volume_per_driver=catalogue.volumes[kind][source] * part,
        )


def store_bodies(catalogue: Catalogue, bodies: Sequence[Body]) -> None:
    """Into temporary tables of the same names, which stand before the real ones: checks hold, but neither history nor
    foreign keys cost anything. A body's id is its place, from 1."""
    ask("CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING CONSTRAINTS INCLUDING DEFAULTS)")
    numbered = list(enumerate(bodies, 1))
    said = ((key, row) for key, body in numbered for row in body.rows)
    copy("registry_organisation", ORGANISATION, (organisation(catalogue, key, body) for key, body in numbered))
    copy("registry_account", ACCOUNT, (account(key, *body.accounts) for key, body in numbered if body.accounts))
    copy(
        "registry_volume",
        {"id": 1, "source_url": ""},
        (volume(catalogue, key, *stated) for key, body in numbered for stated in body.volumes.items()),
    )
    copy(
        "registry_declaration",
        dict.fromkeys(("supplier", "why", "reason", "contact", "source_url"), "") | {"recorded_in_id": 1},
        ({"id": number} | declaration(catalogue, key, row) for number, (key, row) in enumerate(said, 1)),
    )
    ask("ANALYZE {table}")  # without it a load of thousands is planned as one of a few


ORGANISATION = {"name": "A body", "type": "council", "aliases": [], "email_domains": []} | dict.fromkeys(
    ("affiliation_group", "nation", "region", "homepage", "contact_email"), ""
)
ACCOUNT = {"id": 1, "financial_year": "2024-25", "source_url": ""}


def ask(statement: str) -> None:
    with connection.cursor() as cursor:
        for table in SHADOWED:
            cursor.execute(statement.format(table=table))


def organisation(catalogue: Catalogue, key: int, body: Body) -> dict:
    group = catalogue.group_ids[body.group, body.among]
    return {"id": key, "slug": f"body-{key}", "driver": body.driver, "peer_group_id": group}


def account(key: int, frontline: float, administrative: float) -> dict:
    return {"organisation_id": key, "frontline": frontline, "administrative": administrative}


def volume(catalogue: Catalogue, key: int, function: int, transactions: float) -> dict:
    function_id = catalogue.function_ids[function]
    return {"organisation_id": key, "function_id": function_id, "transactions": transactions}


def declaration(catalogue: Catalogue, key: int, row: dict) -> dict:
    """A row as the table has it."""
    function, component = row["function"], row["component"]
    of = catalogue.component_ids[SPLIT if function in PARTS else function]
    return {name: value for name, value in row.items() if name not in ("function", "component")} | {
        "kind": "duplicate" if component is None else "adoption",
        "organisation_id": key,
        "function_id": catalogue.function_ids[function],
        "component_id": None if component is None else of[component],
    }


def copy(table: str, constant: dict, rows: Iterable[dict]) -> None:
    """Rows with the same keys each, and what is the same in all of them."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns = [*constant, *first]
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as into:
        for row in (first, *rows):
            into.write_row([*constant.values(), *(row[name] for name in first)])

"""A large catalogue, made the same way each time: few components with most adopters, texts of real length."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from django.db import connection

# ruff: noqa: SIM905 - words are easier to read as text
SEED = 20261123
FUNCTIONS, BODIES, GROUPS = 400, 2_000, 30
LICENCES = ["MIT", "Apache-2.0", "EUPL-1.2", "OGL-UK-3.0", "AGPL-3.0-only", "CC-BY-4.0", "", "GPL-3.0-or-later"]
KINDS, LIFECYCLES = ["service", "dataset", "process"], ["live", "beta", "alpha", "deprecated", "retired", "draft", ""]
SUBJECTS = """
    waste bin collection missed recycling garden planning application permit licence licensing taxi parking fine permit
    council tax benefit housing repair allocation homeless adult children social care school admission transport pothole
    street light library leisure booking payment refund invoice grant election register birth death marriage cemetery
    identity sign notification letter message form case document record archive map address property boundary flood air
    noise food hygiene inspection trading standard complaint consultation meeting agenda committee member petition
    budget
    spending contract supplier procurement payroll pension recruitment training fleet energy building asset legal claim
    insurance audit risk security network telephone website search translation accessibility colour centre organisation
    gwasanaeth cyngor treth casgliad ysgol tai parcio collecte déchets école impôt logement Müll Abfuhr
    Schule Steuer Wohnung
""".split()
LINKS = "the of and to for a in by with on from that is are it can be as each every when who where all their".split()
ROOTS = [
    first + second
    for first in "ba ce di fo gu la me ni po ru sa te vi wo".split()
    for second in "bal cer dim fon gut lam nor pel rist sond tum ver wick yard".split()
]


class Words:
    """Words as common as in real texts: link words everywhere, subjects often, thousands of others seldom."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        rare = [root + ending for root in ROOTS for ending in ("", "ing", "ed", "er", "s", "tion")]
        self.known = LINKS * 3 + SUBJECTS + rare
        self.weights = list(accumulate([8] * len(LINKS) * 3 + [1.2] * len(SUBJECTS) + [0.08] * len(rare)))

    def text(self, least: int, most: int) -> str:
        number = self.chance.randint(least, most)
        return " ".join(self.chance.choices(self.known, cum_weights=self.weights, k=number)).capitalize() + "."

    def name(self) -> str:
        return " ".join(self.chance.sample(SUBJECTS, self.chance.randint(2, 3))).title()


def make(components: int = 100_000) -> None:
    """Fill an empty database. The search index is not made."""
    chance = random.Random(SEED)
    words = Words(chance)
    copy("catalogue_peergroup", "id, slug, label, driver_unit", ((n, f"g{n}", f"Group {n}", "") for n in ids(GROUPS)))
    copy("catalogue_function", "id, slug, name, kind, evolution, codes, parent_id", functions(words))
    copy("registry_organisation", BODY, bodies(words))
    copy("registry_event", "id, act, at, source, detail", [(1, "load_pack", "2026-01-01", "", "{}")])
    numbers = list(ids(components))
    copy("catalogue_component", COMPONENT, (component(n, words) for n in numbers))
    copy(
        "catalogue_component_functions",
        "component_id, function_id",
        ((n, 1 + zipf(chance, FUNCTIONS)) for n in numbers),
    )
    groups = ((n, 1 + zipf(chance, GROUPS)) for n in numbers if n % 3 == 0)
    copy("catalogue_component_available_to", "component_id, peergroup_id", groups)
    stewards = ((n, 1 + zipf(chance, BODIES), 1, 1) for n in numbers if n % 5)
    copy("registry_stewardship", "component_id, organisation_id, share, recorded_in_id", stewards)
    copy("registry_declaration", DECLARATION, adoptions(components, chance))
    with connection.cursor() as cursor:
        for table in ("catalogue_component", "catalogue_component_functions", "registry_declaration"):
            cursor.execute(f"ANALYZE {table}")


BODY = "id, slug, name, type, affiliation_group, aliases, nation, region, homepage, contact_email, email_domains"
COMPONENT = "id, slug, name, kind, summary, description, url, repository, documentation, licence, lifecycle, source"
DECLARATION = (
    "kind, organisation_id, function_id, component_id, system, supplier, stage, price_fy, confirmed, evidence,"
    " exempt_reason, why, reason, contact, source_url, recorded_in_id"
)


def ids(number: int) -> range:
    return range(1, number + 1)


def zipf(chance: random.Random, number: int) -> int:
    """Small numbers often, large ones seldom."""
    return int(number * chance.random() ** 3)


def functions(words: Words) -> Iterator[tuple]:
    for n in ids(FUNCTIONS):
        yield n, f"f{n}", words.name(), "service", "commodity", "{}", None if n <= 20 else 1 + n % 20


def bodies(words: Words) -> Iterator[tuple]:
    for n in ids(BODIES):
        yield n, f"b{n}", f"{words.name()} Council", "council", "", "{}", "England", "North", "", "", "{}"


def component(n: int, words: Words) -> tuple:
    kind = words.chance.choices(KINDS, [6, 3, 1])[0]
    lifecycle = words.chance.choices(LIFECYCLES, [50, 15, 8, 5, 5, 2, 15])[0]
    texts = (words.text(15, 60), words.text(80, 300))
    return n, f"c{n}", words.name(), kind, *texts, "", "", "", words.chance.choice(LICENCES), lifecycle, ""


def adoptions(components: int, chance: random.Random) -> Iterator[tuple]:
    """Two for each component on average; the first thousandth of the components has most of them. A body says a hundred
    things, about many functions."""
    seen = set()
    for _ in range(2 * components):
        at = (1 + chance.randrange(BODIES), 1 + int(components * chance.random() ** 6))
        if at in seen:
            continue
        seen.add(at)
        confirmed = date(2026, 11, 1) - timedelta(days=zipf(chance, 1500))
        yield "adoption", at[0], 1 + at[1] % FUNCTIONS, at[1], "", "", "live", "", confirmed, "E1", *[""] * 5, 1


def copy(table: str, columns: str, rows) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copied:
        for row in rows:
            copied.write_row(row)

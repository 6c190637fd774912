"""The numbers of a search, made of a copy in memory, against a slow count of the rows in plain Python."""

import random
from datetime import date, timedelta

import pytest
from django.db.models.expressions import RawSQL

from catalogue.listings import ComponentListing
from catalogue.models import Component, Function, PeerGroup, SearchEntry, SearchFacet, SearchTerm
from catalogue.search.facets import FIXED, GONE, NOT_STATED, OF_SOURCE
from tests import factories

TODAY = date(2026, 11, 23)
MANY_VALUED = {
    name: SearchFacet[name.upper()]
    for name in ("function", "steward", "peer_group", "standard", "hosting", "steward_type", "adopter_group")
}
ONE_VALUED = ("kind", "lifecycle", "licence", "price")
VALUES = {
    "kind": ["service", "dataset", "process"],
    "lifecycle": ["live", "beta", "retired", NOT_STATED],
    "licence": ["MIT", "EUPL-1.2", "OGL", NOT_STATED],
    "price": ["free", "per_transaction", NOT_STATED],
    "standard": ["openapi", "publiccode", NOT_STATED],
    "hosting": ["hosted", "self_run", NOT_STATED],
    "steward_type": ["council", "ministry", NOT_STATED],
    "adopter_group": ["district", "county"],
    "function": ["waste", "bins", "parks"],
    "steward": ["north", "south"],
    "peer_group": ["district", "county", "parish"],
    "freshness": ["confirmed", "ageing", "expired", "never"],
    "source": [GONE],
}
NOTHING: dict[str, dict[str, int]] = {name: {} for name in VALUES}
TEXTS = ("bin days", "bin parks", "park benches", "bins of parks")
BORDERS = (0, 364, 365, 366, 1094, 1095, 1096, 4000)  # days ago, on both sides of where a freshness begins


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(TODAY, tick=False)


# -- A world, and its numbers counted slowly --------------------------------------------------------------------------


def stated(name: str) -> list[str]:
    return [value for value in VALUES[name] if value != NOT_STATED]


def facts_of(chance: random.Random) -> dict:
    return {
        **{name: chance.choice(["", *stated(name)]) for name in ONE_VALUED},
        "kind": chance.choice(VALUES["kind"]),
        **{name: {value for value in stated(name) if chance.random() < 0.4} for name in MANY_VALUED},
        "confirmed": chance.choice([None, *(TODAY - timedelta(days=days) for days in BORDERS)]),
        "text": chance.choice(TEXTS),
        "score": chance.choice([0.0, 0.5, 1.5]),
        "source": GONE if chance.random() < 0.2 else "",
    }


def record(world: list[dict]) -> None:
    """Write the entries themselves, not in the order of their components."""
    terms = numbered_terms()
    made = [factories.component() for _ in world]
    entries = [entry(component, facts, terms) for component, facts in zip(made, world, strict=True)]
    random.Random(1).shuffle(entries)
    SearchEntry.objects.bulk_create(entries)


def numbered_terms() -> dict[tuple[int, str], int]:
    Function.objects.bulk_create(Function(slug=slug, name=slug, kind="service") for slug in VALUES["function"])
    PeerGroup.objects.bulk_create(PeerGroup(slug=slug, label=slug) for slug in VALUES["peer_group"])
    numbered = [name for name in (*MANY_VALUED, "licence") if name != "hosting"]
    named = [(int(SearchFacet[name.upper()]), value) for name in numbered for value in stated(name)]
    named.append((int(SearchFacet.PEER_GROUP), ""))
    terms = {(facet, value): (facet << 24) + 1000 + place for place, (facet, value) in enumerate(named)}
    SearchTerm.objects.bulk_create(
        SearchTerm(id=number, facet=facet, value=value, label=value) for (facet, value), number in terms.items()
    )
    return terms | FIXED


def entry(component: Component, facts: dict, terms: dict[tuple[int, str], int]) -> SearchEntry:
    values = [(SearchFacet[name.upper()], facts[name]) for name in ONE_VALUED if facts[name]]
    values += [(facet, value) for name, facet in MANY_VALUED.items() for value in facts[name]]
    values += [] if facts["peer_group"] else [(SearchFacet.PEER_GROUP, "")]
    values += [(OF_SOURCE, GONE)] if facts["source"] else []
    numbers = sorted(terms[int(facet), value] for facet, value in values)
    return SearchEntry(
        component=component,
        score=facts["score"],
        used_by=0,
        confirmed=facts["confirmed"],
        terms=numbers,
        packed=b"".join(number.to_bytes(4, "big") for number in numbers),
        sort_name=component.name,
        slug=component.slug,
        search=RawSQL("to_tsvector('english', %s)", [facts["text"]]),
        card=f'{{"slug":"{component.slug}","last_confirmed":null}}',
        document="{}",
    )


def has(facts: dict, name: str, values: list[str]) -> bool:
    if name == "source":
        return bool(facts[name]) == bool(values)  # found where it is asked for, and only there
    if not values:
        return True
    if name == "freshness":
        return freshness(facts["confirmed"], TODAY) in values
    if name == "peer_group" and not facts[name]:
        return True
    if not facts[name] and NOT_STATED in values:
        return True
    return bool(facts[name] & set(values)) if name in MANY_VALUED else facts[name] in values


def freshness(confirmed: date | None, on: date) -> str:
    if confirmed is None:
        return "never"
    days = (on - confirmed).days
    return "confirmed" if days <= 365 else "ageing" if days <= 1095 else "expired"


def slowly(world: list[dict], chosen: dict[str, list[str]], text: str) -> tuple[int, dict[str, dict[str, int]]]:
    """(total, number by value by facet)."""
    matched = [facts for facts in world if not text or "bin" in facts["text"]]
    total = sum(all(has(facts, name, chosen.get(name, [])) for name in VALUES) for facts in matched)
    counts = {}
    for name, values in VALUES.items():
        rest = [f for f in matched if all(has(f, other, chosen.get(other, [])) for other in VALUES if other != name)]
        counts[name] = {value: sum(has(facts, name, [value]) for facts in rest) for value in values}
        if name == "peer_group":  # a group that nothing is made for in particular is not offered
            counts[name] = {v: n for v, n in counts[name].items() if any(v in facts[name] for facts in rest)}
    return total, {name: {value: n for value, n in found.items() if n} for name, found in counts.items()}


def quickly(chosen: dict[str, list[str]], text: str) -> tuple[int, dict[str, dict[str, int]]]:
    selection = ComponentListing().select(chosen | {"q": text})
    counts = {
        facet.filter.name: {option.value: option.count for option in facet.options if option.count}
        for facet in selection.facets
    }
    assert selection.total == selection.count() == len(list(selection.rows()))
    return selection.total, counts


@pytest.mark.parametrize("seed", range(12))
def test_numbers_equal_a_slow_count(db, seed):
    chance = random.Random(seed)
    world = [facts_of(chance) for _ in range(chance.choice([1, 2, 40, 120]))]
    record(world)
    for _ in range(12):
        names = chance.sample(list(VALUES), chance.randint(0, 4))
        chosen = {name: chance.sample(VALUES[name], min(chance.randint(1, 2), len(VALUES[name]))) for name in names}
        text = chance.choice(["", "bin"])
        assert quickly(chosen, text) == slowly(world, chosen, text), (chosen, text)


def test_numbers_of_nothing(db):
    for text in ("", "bin", "the"):
        assert quickly({}, text) == (0, NOTHING)
    assert quickly({"kind": ["service"], "freshness": ["never"]}, "bin")[0] == 0


def test_text_without_a_word_counts_nothing(db):
    record([facts_of(random.Random(1)) for _ in range(5)])
    assert quickly({}, "the") == (0, NOTHING)


@pytest.mark.parametrize("text", ["", "bin"])
def test_chosen_value_that_nothing_has_counts_nothing(db, text):
    record([facts_of(random.Random(1)) | {"text": "bin days", "source": ""} for _ in range(5)])
    factories.function(slug="idle", name="Idle")
    selection = ComponentListing().select({"function": "idle", "q": text})
    assert (selection.total, list(selection.rows())) == (0, [])
    facets = {facet.filter.name: facet.options for facet in selection.facets}
    assert [(option.value, option.count) for option in facets["function"] if option.selected] == [("idle", 0)]
    assert sum(option.count for option in facets["function"]) > 0
    assert facets["kind"] == []


@pytest.mark.parametrize("text", ["", "bin"])
def test_freshness_follows_the_day_though_nothing_changes(db, text, time_machine):
    confirmed = TODAY - timedelta(days=360)
    record([facts_of(random.Random(1)) | {"confirmed": confirmed, "text": "bin days", "source": ""}])
    for days in (0, 5, 6, 735, 736):
        time_machine.move_to(TODAY + timedelta(days=days), tick=False)
        name = freshness(confirmed, TODAY + timedelta(days=days))
        assert quickly({}, text)[1]["freshness"] == {name: 1}
        assert quickly({"freshness": [name]}, text)[0] == 1

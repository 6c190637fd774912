"""After a load, search finds what a refresh of the whole index would make it find, and nothing more was refreshed."""

import csv
from pathlib import Path
from random import Random

import pytest

from catalogue.models import SearchEntry, SearchTerm, SearchWord
from public_value.pack import EVERY_SHEET
from registry.actions.search import refresh_search, refresh_stale
from registry.models import StaleEntry
from registry.pack.loading import load_pack

pytestmark = pytest.mark.django_db

LIFECYCLES = ("live", "beta", "draft")
STAGES = ("live", "planned", "retired")


class World:
    """A small pack with as many connections as there can be, and the edits that a new edition of it may hold."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.written = 0
        self.groups = [{"key": f"g{n}", "label": self.text("Group"), "parent": self.above("g", n)} for n in range(5)]
        self.functions = [self.function(n) for n in range(8)]
        self.organisations = [self.organisation(n) for n in range(5)]
        self.components = [self.component(n) for n in range(12)]
        self.relations = [self.relation(n, self.chance.randrange(n)) for n in range(1, 8)]
        self.adoptions = [self.adoption(b, c) for b in range(5) for c in range(12) if self.chance.random() < 0.3]

    def text(self, word: str) -> str:
        """A name that nothing else has, with a word of its own for the words of a search."""
        self.written += 1
        letters = "".join(chr(ord("a") + int(digit)) for digit in f"{self.written:03}")
        return f"{word} {letters}"

    def above(self, letter: str, n: int) -> str:
        return f"{letter}{self.chance.randrange(n)}" if n and self.chance.random() < 0.8 else ""

    def some(self, letter: str, number: int) -> str:
        return ";".join(f"{letter}{n}" for n in sorted(self.chance.sample(range(number), self.chance.randrange(3))))

    def function(self, n: int) -> dict:
        return {"function": f"f{n}", "parent": self.above("f", n), "name": self.text("Function"), "kind": "service"}

    def organisation(self, n: int) -> dict:
        group = self.chance.choice(["", *(f"g{n}" for n in range(5))])
        return {"organisation": f"b{n}", "name": self.text("Body"), "type": f"type-{n % 3}", "peer_group": group}

    def component(self, n: int) -> dict:
        return {
            "component": f"c{n}", "name": self.text("Component"), "kind": "service", "functions": self.some("f", 8),
            "summary": self.text("Does"), "licence": self.chance.choice(["", "MIT", "EUPL-1.2", f"Own-{n}"]),
            "lifecycle": self.chance.choice(LIFECYCLES), "successor": self.above("c", n),
            "stewards": f"b{self.chance.randrange(5)}=0.5", "available_to": self.some("g", 5),
        }  # fmt: skip

    def relation(self, one: int, other: int) -> dict:
        return {"component": f"c{one}", "relation": "requires", "other": f"c{other}"}

    def adoption(self, body: int, component: int) -> dict:
        stage = self.chance.choice(STAGES)
        return {
            "organisation": f"b{body}", "function": "f0", "component": f"c{component}", "stage": stage,
            "confirmed": "2026-10-01",
        }  # fmt: skip

    def write(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        lines = ['title = "A world"']
        for group in self.groups:
            lines += [f"[peer_groups.{group['key']}]", f'label = "{group["label"]}"']
            lines += [f'parent = "{group["parent"]}"'] if group["parent"] else []
        (folder / "pack.toml").write_text("\n".join(lines))
        for noun in ("functions", "organisations", "components", "relations", "adoptions"):
            rows = getattr(self, noun)
            with (folder / f"{noun}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(rows)
        return folder

    def load(self, folder: Path) -> None:
        load = load_pack(self.write(folder), sheets=EVERY_SHEET)
        assert [str(refusal) for file in load.files for refusal in file.refusals.first] == []


def renames(noun: str, column: str = "name"):
    def edit(world: World) -> None:
        world.chance.choice(getattr(world, noun))[column] = world.text("Anew")

    return edit


def moves(noun: str, letter: str):
    """Below another one, or to the top. Parents come before their children, so that no circle arises."""

    def edit(world: World) -> None:
        place = world.chance.randrange(1, len(getattr(world, noun)))
        row = getattr(world, noun)[place]
        others = ["", *(f"{letter}{n}" for n in range(place))]
        others.remove(row["parent"])
        row["parent"] = world.chance.choice(others)

    return edit


def gives_component(column: str, value):
    def edit(world: World) -> None:
        world.chance.choice(world.components)[column] = value(world)

    return edit


def gives_body(column: str, value):
    def edit(world: World) -> None:
        world.chance.choice(world.organisations)[column] = value(world)

    return edit


def drops_a_licence(world: World) -> None:
    gone = world.chance.choice([row["licence"] for row in world.components if row["licence"]])
    for row in world.components:
        row["licence"] = "" if row["licence"] == gone else row["licence"]


def drops_a_steward(world: World) -> None:
    gone = world.chance.choice(world.components)["stewards"]
    for row in world.components:
        row["stewards"] = "" if row["stewards"] == gone else row["stewards"]


def adds_a_component(world: World) -> None:
    world.components.append(world.component(12) | {"licence": "New-1", "lifecycle": "live"})


def adds_functions(world: World) -> None:
    """One that nothing is made for, and one between a function and what was above it."""
    world.functions += [world.function(8), world.function(9)]
    world.functions[4]["parent"] = "f9"
    world.functions[9]["parent"] = "f0"


def adds_a_relation(world: World) -> None:
    world.relations.append(world.relation(world.chance.randrange(8, 12), world.chance.randrange(8)))


def adds_an_adoption(world: World) -> None:
    said = {(row["organisation"], row["component"]) for row in world.adoptions}
    free = [(b, c) for b in range(5) for c in range(12) if (f"b{b}", f"c{c}") not in said]
    world.adoptions.append(world.adoption(*world.chance.choice(free)) | {"stage": "live"})


def retires_an_adoption(world: World) -> None:
    world.chance.choice([row for row in world.adoptions if row["stage"] == "live"])["stage"] = "retired"


EDITS = {
    "function renamed": renames("functions"),
    "function moved": moves("functions", "f"),
    "functions added": adds_functions,
    "body renamed": renames("organisations"),
    "body of another type": gives_body("type", lambda world: world.chance.choice(["", "type-1", "type-9"])),
    "body of another peer group": gives_body("peer_group", lambda world: f"g{world.chance.randrange(5)}"),
    "peer group renamed": renames("groups", "label"),
    "peer group moved": moves("groups", "g"),
    "component renamed": renames("components"),
    "component added": adds_a_component,
    "licence changed": gives_component("licence", lambda world: "Other-1"),
    "licence dropped": drops_a_licence,
    "steward changed": gives_component("stewards", lambda world: f"b{world.chance.randrange(5)}=0.25"),
    "steward dropped": drops_a_steward,
    "functions changed": gives_component("functions", lambda world: world.some("f", 8)),
    "made for others": gives_component("available_to", lambda world: world.some("g", 5)),
    "successor dropped": gives_component("successor", lambda world: ""),
    "lifecycle changed": gives_component("lifecycle", lambda world: world.chance.choice(LIFECYCLES)),
    "relation added": adds_a_relation,
    "adoption added": adds_an_adoption,
    "adoption retired": retires_an_adoption,
}


def index() -> tuple[list[dict], set[tuple]]:
    """Every entry with all its columns, and every value of a filter."""
    entries = list(SearchEntry.objects.order_by("pk").values())
    return entries, set(SearchTerm.objects.values_list("facet", "value", "label"))


def assert_as_whole() -> None:
    """Nothing is left behind, a refresh of all changes nothing, and no word is missing."""
    refresh_stale()
    assert not StaleEntry.objects.exists()
    found, words = index(), set(SearchWord.objects.values_list("word", flat=True))
    refresh_search()
    assert index() == found
    assert set(SearchWord.objects.values_list("word", flat=True)) <= words


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_edit_is_found_as_after_a_refresh_of_all(tmp_path, edit, seed):
    world = World(seed)
    world.load(tmp_path)
    assert_as_whole()
    edit(world)
    world.load(tmp_path)
    assert_as_whole()


@pytest.mark.parametrize("seed", range(5))
def test_many_edits_at_once_are_found_as_after_a_refresh_of_all(tmp_path, seed):
    world = World(seed)
    for _ in range(4):
        world.load(tmp_path)
        assert_as_whole()
        for edit in world.chance.sample(list(EDITS.values()), 8):
            if edit is not adds_functions and edit is not adds_a_component:
                edit(world)


def test_other_currency_is_in_every_document(tmp_path):
    (tmp_path / "components.csv").write_text("component,name,kind\none,One,service\ntwo,Two,service\n")
    for currency in ("SEK", "EUR"):
        (tmp_path / "pack.toml").write_text(f'currency = "{currency}"\n')
        load_pack(tmp_path, sheets=EVERY_SHEET)
        assert_as_whole()
        documents = SearchEntry.objects.values_list("document", flat=True)
        assert [f'"currency":"{currency}"' in document for document in documents] == [True, True]


@pytest.fixture
def loaded(pack):
    pack.load()
    refresh_search()
    return pack


@pytest.mark.parametrize(
    ("file", "old", "new", "touched"),
    [
        ("pack.toml", 'title = "A small pack"', 'title = "Another"', 0),
        ("pack.toml", 'label = "Tier"', 'label = "Tiers"', 0),
        ("pack.toml", 'label = "District"', 'label = "Districts"', 1),
        ("functions.csv", "waste,,Waste", "waste,,Rubbish", 2),
        ("organisations.csv", "Ash;Ash Town,1000", "Ash,2000", 0),
        ("organisations.csv", "Birch Council", "Birch City Council", 1),
        ("volumes.csv", "500", "600", 0),
        ("adoptions.csv", "planned", "live", 1),
        ("components.csv", "Bin Days,service", "Bin Weeks,service", 2),
        ("payments.csv", "-12.50", "-13", 0),
    ],
)
def test_load_touches_only_entries_that_say_what_changed(loaded, file, old, new, touched):
    loaded.swap(file, old, new).load()
    assert refresh_stale() == touched


@pytest.mark.parametrize("option", ["dry_run", "strict"])
def test_load_that_is_not_kept_leaves_no_entry_behind(loaded, option):
    loaded.swap("adoptions.csv", "planned", "live").add("volumes.csv", "elm,bins,1,").load(**{option: True})
    assert not StaleEntry.objects.exists()


def test_interrupted_load_is_made_up_for_by_the_next(loaded):
    def stop() -> None:
        raise KeyboardInterrupt

    loaded.swap("components.csv", "Bin Days,service", "Bin Weeks,service")
    with pytest.raises(KeyboardInterrupt):
        loaded.load(after_load=[stop])
    assert sum(file.touched for file in loaded.load(after_load=[refresh_stale]).files) == 0
    assert '"Bin Weeks"' in SearchEntry.objects.get(slug="bin-days").document


def test_licence_of_a_draft_is_no_value_of_a_filter(loaded):
    loaded.write("components.csv", "component,name,kind,licence,lifecycle\nnext,Next,service,Secret-1,draft\n").load()
    refresh_stale()
    assert not SearchTerm.objects.filter(value="Secret-1").exists()

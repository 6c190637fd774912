"""How far each function is shared, as a list that can be filtered by the bodies and the branch asked about."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from catalogue.presenters.tree import Tree
from commons.listing import Column, Facet, Filter, Listing, Option, Selection, Sort
from commons.listing.selection import Row
from public_value.models import Benchmark
from registry.adoption import Group, groups
from registry.answers import Answer, tally
from registry.models import Organisation

COUNTED = {answer.name.lower(): answer for answer in Answer}
BY_BODY = ("peer_group", "nation", "region")


class Known:
    """Values of a filter that something already read knows, so that naming them asks nothing more."""

    def __init__(self, read: Callable[[], dict[str, str]]):
        self.read = read

    def labels(self, values: Iterable[str]) -> dict[str, str]:
        known = self.read()
        return {value: known[value] for value in values if value in known}

    def every(self) -> list[str]:
        return list(self.read())


class AdoptionSelection(Selection):
    listing: "AdoptionListing"

    @cached_property
    def found(self) -> list[Row]:
        rows = self.listing.functions(self)
        field, down = self.asked.sort.keys(backwards=self.asked.backwards)[0]
        rows.sort(key=lambda row: row["function"]["name"])
        rows.sort(key=lambda row: row["function"]["name"] if field == "name" else measure(row, field), reverse=down)
        return rows

    @cached_property
    def total(self) -> int:
        return len(self.found)

    def slice(self, start: int, stop: int) -> list[Row]:
        return self.found[start:stop]

    def rows(self) -> Iterator[Row]:
        return iter(self.found)

    @cached_property
    def facets(self) -> list[Facet]:
        """Bodies by kind, nation and region, each beside the other choices; functions by the roots of their tree."""
        return [self.facet(known) for known in self.listing.filters]

    def facet(self, known: Filter) -> Facet:
        if known.name == "function":
            counts = self.listing.roots()
        else:
            counts = Counter()
            for group in self.groups(leaving_out=known.name):
                counts[value_of(group, known.name)] += group.bodies
        chosen = self.asked.values.get(known.name, [])
        offered = {value: counts[value] for value in (*counts, *chosen) if value}
        labels = known.choices.labels(offered)
        options = [Option(value, labels[value], count, value in chosen) for value, count in offered.items()]
        return Facet(known, sorted(options, key=lambda option: option.label))

    def groups(self, leaving_out: str = "") -> list[Group]:
        """The groups of bodies that the reader asks about."""
        asked = {name: self.asked.values.get(name) for name in BY_BODY if name != leaving_out}
        return [
            group
            for group in self.listing.groups
            if all(not values or value_of(group, name) in values for name, values in asked.items())
        ]

    @property
    def bodies(self) -> QuerySet:
        """The bodies that the reader asks about."""
        lookups = {"peer_group": "peer_group__slug__in", "nation": "nation__in", "region": "region__in"}
        asked = {lookups[name]: self.asked.values[name] for name in BY_BODY if name in self.asked.values}
        return Organisation.objects.existing(self.listing.on).filter(**asked)

    @cached_property
    def branch(self) -> set[int] | None:
        """The ids of the functions asked about with all below them; None for every function."""
        slugs = self.asked.values.get("function")
        return None if not slugs else self.listing.below(slugs)


class AdoptionListing(Listing):
    """Functions, each with how many bodies that could answer for it give which answer.

    `bodies` is the denominator: those asked about whose kind of body has answered for the function or has a benchmark.
    """

    name = "adoption"
    columns = (
        Column("function", "Function", kind="ref"),
        Column("bodies", "Bodies", "Bodies of a kind that does this work.", "number"),
        *(Column(name, answer.label, kind="number") for name, answer in COUNTED.items()),
    )
    sorts = (
        Sort("answered", "Most answered first", ("-answered",)),
        Sort("shared", "Most shared first", ("-shared",)),
        Sort("own", "Most run separately first", ("-own",)),
        Sort("name", "A to Z", ("name",)),
    )
    default_sort = "answered"
    selection_class = AdoptionSelection

    def __init__(self, on: date):
        self.on = on
        labels = {"peer_group": "Kind of body", "nation": "Nation", "region": "Region"}
        by_body = (Filter(name, label, choices=Known(self.reader(name))) for name, label in labels.items())
        by_function = Filter("function", "Function", choices=Known(self.function_names))
        self.filters = (*by_body, by_function)

    @cached_property
    def groups(self) -> list[Group]:
        return list(groups(self.on))

    @cached_property
    def tree(self) -> Tree:
        return Tree.read()

    def reader(self, name: str) -> Callable[[], dict[str, str]]:
        def read() -> dict[str, str]:
            named = {value_of(group, name): group.label for group in self.groups if value_of(group, name)}
            return named if name == "peer_group" else {value: value for value in named}

        return read

    def function_names(self) -> dict[str, str]:
        return {node.slug: node.name for node in self.tree.nodes.values()}

    def roots(self) -> Counter:
        """How many functions stand in each whole branch."""
        return Counter({node.slug: len(self.below([node.slug])) for node in self.tree.children.get(None, ())})

    def below(self, slugs: Iterable[str]) -> set[int]:
        """The functions named by `slugs` and everything below them."""
        wanted, found = [node.id for node in self.tree.nodes.values() if node.slug in set(slugs)], set()
        while wanted:
            found.add(id := wanted.pop())
            wanted += [node.id for node in self.tree.children.get(id, ())]
        return found

    def functions(self, selection: AdoptionSelection) -> list[Row]:
        """One row for every function that any of the bodies asked about could answer for."""
        sizes: Counter = Counter()
        for group in selection.groups():
            sizes[group.kind] += group.bodies
        kinds: dict[int, set[str]] = {}  # that answer for a function, wherever
        said: dict[int, Counter] = {}
        measured = Benchmark.objects.values("function_id", "peer_group__label")
        for count in tally(self.on, selection.bodies, measured):
            kinds.setdefault(count.function, set()).add(count.kind)
            answers = said.setdefault(count.function, Counter())
            answers[count.answer] += count.bodies
            answers["no kind"] += count.bodies if not count.kind else 0
        wanted = kinds.keys() if selection.branch is None else kinds.keys() & selection.branch
        rows = (self.row(function, said.get(function, Counter()), kinds[function], sizes) for function in wanted)
        return [row for row in rows if row["bodies"]]

    def row(self, function: int, said: Counter, kinds: set[str], sizes: Counter) -> Row:
        """A body of no known kind is counted where it has answered itself: nothing else says what it does."""
        bodies = sum(sizes[kind] for kind in kinds if kind) + said["no kind"]
        answered = sum(said[answer] for answer in Answer)
        node = self.tree.nodes[function]
        counts = {name: said[answer] for name, answer in COUNTED.items()} | {"not_answered": bodies - answered}
        return {"function": {"slug": node.slug, "name": node.name}, "bodies": bodies, **counts}


def value_of(group: Group, name: str) -> str:
    return group.slug if name == "peer_group" else getattr(group, name)


def measure(row: Row, name: str) -> float:
    """What a sort compares: bodies that answered, or the part of the bodies that give an answer."""
    return row["bodies"] - row["not_answered"] if name == "answered" else row[name] / row["bodies"]

"""What an assembly is made of, and what is found about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

PROBLEM, ADVICE, NOTE = "problem", "advice", "note"
"""A problem must be mended before the assembly can run; an advice deserves a look; a note is good to know."""


class Named(NamedTuple):
    slug: str
    name: str


class Range(NamedTuple):
    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class Brick:
    """A component, as far as an assembly asks. None and blank: not stated."""

    slug: str
    name: str
    kind: str = "service"
    lifecycle: str = ""
    successor: Named | None = None
    ends_on: date | None = None
    licence: str = ""
    standards: tuple[Named, ...] = ()
    price: Decimal | None = None
    fee: Decimal | None = None
    available_to: tuple[Named, ...] = ()

    @property
    def named(self) -> Named:
        return Named(self.slug, self.name)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A slot. `uses`: how often a case uses it; `candidates`: how many components could fill it."""

    slug: str
    name: str
    step: int = 1
    step_name: str = ""
    required: bool = True
    uses: Range | None = None
    candidates: int = 0


@dataclass(frozen=True)
class Tie:
    """How one component stands to another, read from left to right: `one` requires `other`."""

    one: str
    relation: str
    other: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """`peer_groups`: the kind of body that it is and those above it; empty: not stated."""

    name: str
    peer_groups: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Cases:
    """How often the service is used in a year. `basis`: asked, stated or benchmark."""

    number: Decimal
    basis: str


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """`chosen` are components by slot; `also` are taken beside the slots. `bricks` hold every component that is named.

    `ties` need to hold those among the chosen, and from there on everything that is required.
    """

    places: tuple[Place, ...]
    chosen: Mapping[str, str]
    also: tuple[str, ...] = ()
    bricks: Mapping[str, Brick] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    body: Body | None = None
    cases: Cases | None = None
    today: date | None = None

    @property
    def taken(self) -> list[str]:
        """Every chosen component once, in the order in which a case meets them."""
        placed = [self.chosen[place.slug] for place in self.places if place.slug in self.chosen]
        return list(dict.fromkeys([*placed, *self.also]))

    @property
    def parts(self) -> list[Brick]:
        return [self.bricks[slug] for slug in self.taken]

    def among(self, *relations: str) -> Iterator[tuple[Brick, Brick, str]]:
        """(one, other, relation) where both are chosen."""
        taken = set(self.taken)
        for tie in self.ties:
            if tie.relation in relations and tie.one in taken and tie.other in taken:
                yield self.bricks[tie.one], self.bricks[tie.other], tie.relation

    def name(self, slug: str) -> str:
        return self.bricks[slug].name if slug in self.bricks else slug


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`about` are the components that it speaks of; `add` one that would mend it; `source` where its rule is from."""

    kind: str
    weight: str
    sentence: str
    about: tuple[Named, ...] = ()
    add: Named | None = None
    source: str = ""

"""What a pack says, as plain records."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class PeerGroup:
    parent: str | None
    f_lo: float | None
    f_hi: float | None
    f_median: float | None
    adoption_mean: dict[str, float]


@dataclass(frozen=True)
class Organisation:
    uid: str
    peer_group: str
    affiliation: str
    driver: float
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Function:
    uid: str
    parent: str | None
    evolution: str | None


@dataclass(frozen=True)
class Component:
    uid: str
    functions: frozenset[str]
    lifecycle: str
    stewards: dict[str, float]
    available_to: frozenset[str]
    openness: float
    price: float | None
    fee: float | None
    external_adopters: int


@dataclass(frozen=True)
class Declaration:
    """An adoption or a duplicate; `name` is the component or the system. Cost in pounds of the base year."""

    kind: str
    organisation: str
    function: str
    name: str
    stage: str | None
    coverage: float | None
    transactions: float | None
    cost: float | None
    since: date | None
    age: int | None
    evidence: str
    published: bool
    contract_end: date | None
    slips: int
    exempt_until: date | None


@dataclass
class Pack:
    snapshot: date
    peer_groups: dict[str, PeerGroup]
    organisations: dict[str, Organisation]
    functions: dict[str, Function]
    benchmarks: dict[tuple[str, str], tuple[float, float]]
    components: dict[str, Component]
    declarations: list[Declaration]
    volumes: dict[tuple[str, str], float]
    frontline_share: dict[str, float]
    contribution_units: dict[str, float] = field(default_factory=dict)
    suspended: frozenset[str] = frozenset()

    @cached_property
    def by_cell(self) -> dict[tuple[str, str], list[Declaration]]:
        """The declarations by organisation and function, each in the order of `declarations`."""
        return grouped(self.declarations, lambda row: (row.organisation, row.function))

    @cached_property
    def by_organisation(self) -> dict[str, list[Declaration]]:
        return grouped(self.declarations, lambda row: row.organisation)

    def declarations_of(self, organisation: str) -> list[Declaration]:
        return self.by_organisation.get(organisation, [])

    @cached_property
    def by_component(self) -> dict[str, list[Declaration]]:
        return grouped((row for row in self.declarations if row.kind == "adoption"), lambda row: row.name)

    def group_and_ancestors(self, peer_group: str | None) -> Iterator[str]:
        while peer_group:
            yield peer_group
            group = self.peer_groups.get(peer_group)
            peer_group = group.parent if group else None


def grouped(rows: Iterable[Declaration], key: Callable) -> dict:
    groups: dict = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups

"""The whole demo world in one value: bodies, components, the cells between them, and who founded which component."""

from dataclasses import dataclass
from functools import cached_property

from generator.bodies import Body, all_bodies
from generator.brick import Brick
from generator.cases import RESERVED
from generator.chance import Chance
from generator.functions import BY_SLUG, COUNTY, UNITARY, UPPER_TIER, Leaf, cost_per_driver, letter, volume_per_driver
from generator.knowledge import DATASETS, PROCESSES
from generator.services import SERVICES

KAPPA = {"genesis": 0.0, "custom": 0.25, "product": 0.75, "commodity": 1.0, "": 0.0}
FOUNDERS = {"shared": 3, "two": 2, "one": 1}


@dataclass(frozen=True)
class Cell:
    """A body and a function it is responsible for: `envelope` in £ a year, `volume` in transactions a year."""

    body: str
    leaf: Leaf
    envelope: float
    volume: float

    @property
    def mass(self) -> float:
        return KAPPA[self.leaf.evolution] * self.envelope


class World:
    def __init__(self) -> None:
        self.bodies: list[Body] = all_bodies()
        self.by_slug = {body.slug: body for body in self.bodies}
        self.bricks: tuple[Brick, ...] = (*SERVICES, *DATASETS, *PROCESSES)
        self.brick_by_slug = {brick.slug: brick for brick in self.bricks}

    def cells(self, body: Body) -> list[Cell]:
        tier, size = letter(body.peer_group), body.driver
        return [
            Cell(body.slug, leaf, cost_per_driver(leaf, tier) * size, volume_per_driver(leaf, tier) * size)
            for leaf in BY_SLUG.values()
            if tier in leaf.tiers
        ]

    def cell(self, body: str, function: str) -> Cell:
        return next(cell for cell in self.cells(self.by_slug[body]) if cell.leaf.slug == function)

    def pool(self, body: Body, function: str) -> list[Brick]:
        """The components a body may take up for a function as it pleases."""
        return [brick for brick in self._live_for(body, function) if brick.spread == "shared"]

    def addressable(self, body: Body, cell: Cell) -> bool:
        """Whether a shared component stands ready: what the index will find, foreseen here to aim completeness."""
        ready = [brick for brick in self._live_for(body, cell.leaf.slug) if brick.spread in {"shared", "two"}]
        return cell.mass > 0 and bool(ready)

    def _live_for(self, body: Body, function: str) -> list[Brick]:
        return [
            brick
            for brick in self.bricks
            if function in brick.function_list and brick.lifecycle == "live" and self._open_to(brick, body)
        ]

    def _open_to(self, brick: Brick, body: Body) -> bool:
        allowed = brick.available.split(";") if brick.available else [body.peer_group]
        upper = UPPER_TIER in allowed and body.peer_group in {UNITARY, COUNTY}
        return upper or body.peer_group in allowed

    def steward_groups(self, brick: Brick) -> set[str]:
        return {self.by_slug[steward].sharing_group for steward in brick.steward_list}

    @cached_property
    def founding(self) -> dict[tuple[str, str], list[str]]:
        """(body, function) → components that body was among the first to take up, well evidenced."""
        made: dict[tuple[str, str], list[str]] = {}
        for brick in self.bricks:
            for body, function in self._founders(brick):
                made.setdefault((body.slug, function), []).append(brick.slug)
        return made

    def _founders(self, brick: Brick) -> list[tuple[Body, str]]:
        function = brick.function_list[0]
        if brick.spread == "affiliates":
            return [
                (body, function)
                for body in self.bodies
                if body.sharing_group in self.steward_groups(brick)
                and body.slug not in brick.steward_list
                and (body.slug, function) not in RESERVED
            ]
        ready = Chance("founders", brick.slug).shuffled(self._candidates(brick, function))
        return [(body, function) for body in ready[: FOUNDERS.get(brick.spread, 0)]]

    def _candidates(self, brick: Brick, function: str) -> list[Body]:
        outside = self.steward_groups(brick)
        return [
            body
            for body in self.bodies
            if body.profile in "AB"
            and (body.slug, function) not in RESERVED
            and body.sharing_group not in outside
            and letter(body.peer_group) in BY_SLUG[function].tiers
            and self._open_to(brick, body)
        ]

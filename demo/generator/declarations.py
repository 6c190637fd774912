"""What every body declares: cells filled by its profile, then the cases that each show one rule."""

from generator.bodies import Body
from generator.cases import CASES, RESERVED, Case
from generator.chance import Chance
from generator.days import VESTING_DAY, before_snapshot
from generator.statements import MANNERS, Row, adoption, own_system
from generator.world import Cell, World

RETIRED_CHOICES = {"sm-messages": "sm-sorrelpost-classic", "sm-parking-permits": "sm-permit-desk"}


def declarations(world: World) -> tuple[list[Row], list[Row]]:
    """Adoptions and duplicates of all bodies."""
    adoptions = [_case_row(world, case) for case in CASES if case.component]
    duplicates = [_case_row(world, case) for case in CASES if not case.component]
    for body in world.bodies:
        if body.profile in MANNERS:
            ours = _Book(world, body)
            adoptions += ours.adoptions
            duplicates += ours.duplicates
    return adoptions, duplicates


def _case_row(world: World, case: Case) -> Row:
    body, cell = world.by_slug[case.body], world.cell(case.body, case.function)
    chance = Chance("case", case.body, case.function, case.component, str(case.share))
    stated = {"coverage": case.share, "transactions": ""} | case.stated
    if case.component:
        return adoption(body, cell, world.brick_by_slug[case.component], case.share, chance, **stated)
    cost = round(cell.envelope * case.share * chance.between(0.8, 1.3), -2)
    return own_system(body, cell, case.share, chance, **({"annual_cost": cost} | stated))


class _Book:
    """The declarations of one body while they are written."""

    def __init__(self, world: World, body: Body) -> None:
        self.world, self.body = world, body
        self.chance = Chance("declarations", body.slug)
        self.keenness = self.chance.between(0.2, 0.62)
        self.adoptions: list[Row] = []
        self.duplicates: list[Row] = []
        cells = [cell for cell in world.cells(body) if (body.slug, cell.leaf.slug) not in RESERVED]
        chosen = self._choose(cells)
        for cell in chosen:
            self._fill(cell)
        self._leave_traces([cell for cell in cells if cell not in chosen])

    def _choose(self, cells: list[Cell]) -> list[Cell]:
        """Enough cells to reach the completeness the profile aims for, founders' cells first."""
        world, body = self.world, self.body
        everything = sum(cell.mass for cell in world.cells(body) if world.addressable(body, cell))
        wanted = MANNERS[body.profile].completeness * everything
        named = sum(cell.mass for cell in world.cells(body) if (body.slug, cell.leaf.slug) in RESERVED)
        chosen = [cell for cell in cells if (body.slug, cell.leaf.slug) in world.founding]
        named += sum(cell.mass for cell in chosen if world.addressable(body, cell))
        for cell in self.chance.shuffled([cell for cell in cells if cell not in chosen]):
            counts = world.addressable(body, cell)
            if counts and named < wanted:
                named += cell.mass
                chosen.append(cell)
            elif not counts and self.chance.happens(0.4):
                chosen.append(cell)
        return chosen

    def _fill(self, cell: Cell) -> None:
        share = round(self.chance.between(*MANNERS[self.body.profile].shares), 2)
        founded = self.world.founding.get((self.body.slug, cell.leaf.slug), [])
        pool = self.world.pool(self.body, cell.leaf.slug)
        if founded:
            self._found(cell, founded, share)
        elif not pool:
            self._build(cell, share)
        elif self.chance.happens(self.keenness):
            self._adopt(cell, share)
        elif self.chance.happens(0.25):
            self._migrate(cell, share)
        else:
            self._build(cell, share)
            self._plan(cell)

    def _found(self, cell: Cell, founded: list[str], share: float) -> None:
        """Founders carry the proof that makes a component shared, and say whether they run anything beside it."""
        beside = self.chance.happens(0.3)
        part = (share * 0.7 if beside else share) / len(founded)
        for slug in founded:
            proof = {"stage": "live", "evidence": self.chance.pick(("E2", "E3")), "published": "1"}
            proof["confirmed"] = before_snapshot(self.chance.whole(10, 340))
            proof["source_url"] = f"https://www.{self.body.host}.example/open/{cell.leaf.slug}"
            brick = self.world.brick_by_slug[slug]
            self.adoptions.append(adoption(self.body, cell, brick, round(part, 2), self.chance, **proof))
        if beside:
            self._build(cell, round(share * 0.3, 2))

    def _adopt(self, cell: Cell, share: float) -> None:
        brick = self.chance.pick(self.world.pool(self.body, cell.leaf.slug))
        self.adoptions.append(adoption(self.body, cell, brick, share, self.chance))

    def _migrate(self, cell: Cell, share: float) -> None:
        """Part moved, part still on the old system, whose contract runs out: the case for lock relief."""
        moved = round(share * self.chance.between(0.3, 0.7), 2)
        brick = self.chance.pick(self.world.pool(self.body, cell.leaf.slug))
        self.adoptions.append(adoption(self.body, cell, brick, moved, self.chance, stage="partial"))
        self._build(cell, round(share - moved, 2))

    def _build(self, cell: Cell, share: float) -> None:
        row = own_system(self.body, cell, share, self.chance)
        if self.body.end == VESTING_DAY and row.get("contract_end"):
            year = self.chance.pick((2026, 2027, 2027, 2028, 2029))
            row["contract_end"] = row["contract_end"].replace(year=year, month=12 if year == 2026 else 3, day=31)
        self.duplicates.append(row)

    def _plan(self, cell: Cell) -> None:
        if self.chance.happens(0.18):
            brick = self.chance.pick(self.world.pool(self.body, cell.leaf.slug))
            plan = {"stage": "planned", "since": "", "annual_cost": "", "price_fy": "", "published": ""}
            self.adoptions.append(adoption(self.body, cell, brick, 1.0, self.chance, **plan))

    def _leave_traces(self, unnamed: list[Cell]) -> None:
        """What bodies once said: systems they stopped using, statements nobody has confirmed for years."""
        for cell in unnamed:
            retired = RETIRED_CHOICES.get(cell.leaf.slug)
            if retired and self.body.profile in "BCDE" and self.chance.happens(0.6):
                brick = self.world.brick_by_slug[retired]
                row = adoption(self.body, cell, brick, 1.0, self.chance, stage="retired", published="")
                self.adoptions.append(row)
            elif self.chance.happens(0.22):
                self._forget(cell)
            elif self.body.profile == "E" and self.chance.happens(0.15):
                row = own_system(self.body, cell, 0.5, self.chance)
                self.duplicates.append(row | {"coverage": "", "transactions": ""})

    def _forget(self, cell: Cell) -> None:
        long_ago = before_snapshot(self.chance.whole(1100, 1500))
        row = own_system(self.body, cell, 0.9, self.chance, confirmed=long_ago)
        self.duplicates.append(row | ({"price_fy": "2022-23"} if row.get("annual_cost") else {}))

"""Accounts, volumes and contributions."""

from datetime import date
from functools import partial

from generator.bodies import Body
from generator.chance import Chance
from generator.functions import COUNTY, DISTRICT, NATIONAL, UNITARY
from generator.statements import Row
from generator.world import World

# £ a year per resident (per post in national bodies), and the usual part of it spent at the front line.
SPENDING = {UNITARY: (2_150, 0.875), DISTRICT: (310, 0.79), COUNTY: (1_720, 0.905), NATIONAL: (96_000, 0.72)}
GROWTH = 1.034
# One profile D body keeps silent about money: no accounts, no front line.
WITHOUT_ACCOUNTS = {"fossbarrow-council", "eskerlow-district-council", "sorrelmark-courts-office"}
ONE_YEAR_ONLY = {"tansel-council", "palewick-council", "sorrelmark-survey"}


def account_rows(world: World) -> list[Row]:
    return [row for body in world.bodies if _keeps_accounts(body) for row in _accounts(body)]


def _keeps_accounts(body: Body) -> bool:
    return body.profile != "silent" and body.slug not in WITHOUT_ACCOUNTS


def _accounts(body: Body) -> list[Row]:
    chance = Chance("accounts", body.slug)
    per_head, usual = SPENDING[body.peer_group]
    total = body.driver * per_head * chance.between(0.9, 1.1)
    front = usual + chance.between(-0.045, 0.045)
    years = ["2023-24", "2024-25"] if body.profile == "ended" else ["2024-25", "2025-26"]
    rows = []
    for turn, year in enumerate(years[1:] if body.slug in ONE_YEAR_ONLY else years):
        gross, part = total * GROWTH**turn, front + chance.between(-0.006, 0.006)
        rows.append(
            {
                "organisation": body.slug,
                "financial_year": year,
                "frontline": round(gross * part, -3),
                "administrative": round(gross * (1 - part), -3),
                "source_url": f"https://www.{body.host}.example/accounts/{year}",
            }
        )
    return rows


def volume_rows(world: World) -> list[Row]:
    """Counted volumes, between half and twice the reference, for some functions of the bodies that count."""
    rows = []
    for body in world.bodies:
        chance = Chance("volumes", body.slug)
        for cell in world.cells(body):
            if body.profile in "ABC" and cell.volume > 500 and chance.happens(0.2):
                rows.append(
                    {
                        "organisation": body.slug,
                        "function": cell.leaf.slug,
                        "transactions": int(cell.volume * chance.between(0.7, 1.0)),
                        "source_url": f"https://www.{body.host}.example/open/counts",
                    }
                )
    return rows


GIFTS = (
    "A change to the code, accepted by the steward",
    "Tested with twelve residents and wrote up what failed",
    "A translation of all pages",
    "A specification of how to leave the old system",
    "Content for the guide, checked by lawyers",
    "Money for an accessibility audit",
)


def contribution_rows(world: World) -> list[Row]:
    """Gifts to components of others over three years; those before October 2024 are too old to count."""
    rows = [row for body in world.bodies if body.profile in "ABC" for row in _gifts(world, body)]
    # Seven units in one quarter to one component: five count.
    made = partial(_gift, "ravenquay-council", "sm-sorrelpost")
    return [*rows, made(date(2026, 5, 11), 4, GIFTS[0]), made(date(2026, 6, 18), 3, GIFTS[2])]


def _gifts(world: World, body: Body) -> list[Row]:
    chance = Chance("contributions", body.slug)
    most = {"A": 5, "B": 3, "C": 1}[body.profile]
    bricks = [brick for brick in world.bricks if brick.lifecycle == "live" and body.slug not in brick.steward_list]
    rows = {}
    for _ in range(chance.whole(0, most)):
        day = max(body.founded, date(chance.whole(2023, 2026), chance.whole(1, 9), chance.whole(1, 28)))
        brick = chance.pick([brick for brick in bricks if brick.slug != "sm-sorrelpost"]).slug
        rows[brick, day] = _gift(body.slug, brick, day, chance.whole(1, 4), chance.pick(GIFTS))
    return list(rows.values())


def _gift(body: str, component: str, day: date, units: int, summary: str) -> Row:
    return {
        "organisation": body,
        "component": component,
        "made_on": day,
        "units": units,
        "summary": summary,
        "source_url": f"https://code.commons.example/{component.removeprefix('sm-')}/changes",
    }

"""Two years of payments of six bodies: lines for what they declared, and the rest of what they buy."""

from collections.abc import Iterator
from datetime import date

from generator.bodies import Body, body_number
from generator.chance import Chance
from generator.days import DEFLATOR
from generator.statements import Row
from generator.suppliers import NOT_BOUGHT, ORDINARY, SIZE, company_number
from generator.world import World

SPENDERS = (
    "quillsford-council",
    "brackenholt-council",
    "ravenquay-council",
    "corvendale-council",
    "upper-marrow-district-council",
    "wuldershire-county-council",
)
YEARS = ("2024-25", "2025-26")
ORDINARY_LINES = 34
# The part of gross spending that goes to suppliers of everything else.
BOUGHT = 0.38


def payment_rows(world: World, adoptions: list[Row], duplicates: list[Row], accounts: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for slug in SPENDERS:
        body = world.by_slug[slug]
        lines = [
            *_for_own_systems(body, [row for row in duplicates if row["organisation"] == slug]),
            *_for_components(world, body, [row for row in adoptions if row["organisation"] == slug]),
            *_for_the_rest(body, [row for row in accounts if row["organisation"] == slug]),
        ]
        rows += _numbered(body, lines)
    return rows


def _for_own_systems(body: Body, declared: list[Row]) -> Iterator[Row]:
    """Adds up, in the price year of the declaration, to its annual cost."""
    for row in declared:
        if row.get("annual_cost") and row["price_fy"] in YEARS:
            supplier = row["supplier"] or ORDINARY["Staff through agencies"][0]
            link = {"function": row["function"], "system": row["system"], "category": "Software and services"}
            yield from _two_years(body, row, supplier, link | {"purpose": "Licence, hosting and support"})


def _for_components(world: World, body: Body, declared: list[Row]) -> Iterator[Row]:
    for row in declared:
        brick = world.brick_by_slug[row["component"]]
        if row.get("annual_cost") and row["price_fy"] in YEARS and brick.steward_list:
            steward = world.by_slug[brick.steward_list[0]]
            link = {"function": row["function"], "component": brick.slug, "category": "Shared services"}
            paid = {"purpose": f"{brick.name}, by use", "supplier_identifier": body_number(steward)}
            yield from _two_years(body, row, steward.name, link | paid)


def _two_years(body: Body, row: Row, supplier: str, link: Row) -> Iterator[Row]:
    chance = Chance("paid", body.slug, row["function"], row.get("system") or row["component"])
    instalments = 12 if row["annual_cost"] > 240_000 else 4
    for year in YEARS:
        total = round(100 * row["annual_cost"] * DEFLATOR[year] / DEFLATOR[row["price_fy"]])
        for turn in range(instalments):
            pence = total * (turn + 1) // instalments - total * turn // instalments
            day = _day(year, turn * 12 // instalments, chance)
            yield {"paid_on": day, "supplier": supplier, "amount": pence, **link}


def _day(year: str, month_of_year: int, chance: Chance) -> date:
    """A day in a month of a financial year; month 0 is April."""
    month = (month_of_year + 3) % 12 + 1
    return date(int(year[:4]) + (month < 4), month, chance.whole(1, 28))


def _for_the_rest(body: Body, accounts: list[Row]) -> Iterator[Row]:
    """Spending that belongs to no function of the registry; now and then a supplier gives money back."""
    chance = Chance("rest", body.slug)
    categories = {category: 1.0 for category in ORDINARY if category not in NOT_BOUGHT.get(body.kind, ())}
    for year in YEARS:
        account = next(row for row in accounts if row["financial_year"] == year)
        usual = (account["frontline"] + account["administrative"]) * BOUGHT / (12 * ORDINARY_LINES)
        for turn in range(12 * ORDINARY_LINES):
            category = chance.weighted(categories)
            yield _ordinary(year, turn % 12, usual * SIZE.get(category, 1.0), category, chance)


def _ordinary(year: str, month: int, usual: float, category: str, chance: Chance) -> Row:
    pence = round(100 * usual * chance.between(0.08, 1.4) ** 2 * 2)
    if chance.happens(0.025):
        pence = -pence // 6
    return {
        "paid_on": _day(year, month, chance),
        "supplier": chance.pick(ORDINARY[category]),
        "amount": pence,
        "category": category,
        "purpose": "Credit note" if pence < 0 else "",
    }


def _numbered(body: Body, lines: list[Row]) -> Iterator[Row]:
    """Gives each line its voucher; some vouchers carry two lines."""
    chance = Chance("vouchers", body.slug)
    voucher, line, day = 0, 1, None
    for row in sorted(lines, key=lambda row: (row["paid_on"], row["supplier"], row.get("function", ""), row["amount"])):
        together = line == 1 and row["paid_on"] == day and chance.happens(0.3)
        line = 2 if together else 1
        voucher += not together
        day = row["paid_on"]
        yield {
            "supplier_identifier": company_number(row["supplier"]),
            **row,
            "organisation": body.slug,
            "reference": f"{body.slug[:2].upper()}{day:%y}{voucher:05d}",
            "line": line,
            "amount": f"{row['amount'] / 100:.2f}",
            "source_url": f"https://www.{body.host}.example/spend/{day:%Y-%m}",
        }

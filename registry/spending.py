"""What a body spends, added up from its published payment lines by the database. A credit lowers every sum."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from commons.formatting import YEAR_STARTS
from registry.models import DeclarationKind, Organisation
from registry.models.declaration import EXPIRES_AFTER

# Added up by day, then by the financial year, which begins in April; what has no date has no year.
YEARS = """
    WITH days AS (
        SELECT paid_on, count(*) AS lines, sum(amount) AS amount,
               sum(amount) FILTER (WHERE amount < 0) AS credits,
               count(*) FILTER (WHERE amount IS NULL) AS unstated,
               count(*) FILTER (WHERE function_id IS NOT NULL OR component_id IS NOT NULL) AS linked,
               sum(amount) FILTER (WHERE function_id IS NOT NULL OR component_id IS NOT NULL) AS linked_amount
        FROM registry_payment WHERE organisation_id = %(body)s GROUP BY 1
    )
    SELECT extract(year FROM paid_on - make_interval(months => %(shift)s))::int,
           sum(lines)::bigint, sum(amount), sum(credits), sum(unstated)::bigint,
           sum(linked)::bigint, sum(linked_amount), count(DISTINCT extract(month FROM paid_on))
    FROM days GROUP BY 1 ORDER BY 1 DESC NULLS LAST
"""
# One pass over the year's lines. What a body declares beside them is of another sort, and is never added to them.
PARTS = """
    WITH lines AS (
        SELECT function_id, supplier, component_id IS NOT NULL AS shared, system <> '' AS own, amount
        FROM registry_payment WHERE organisation_id = %(body)s AND {year}
    ),
    suppliers AS (SELECT supplier, sum(amount) AS amount, count(*) AS lines FROM lines GROUP BY 1)
    SELECT 'function', slug, name, paid.* FROM (
        SELECT function_id, sum(amount) AS amount, count(*) AS lines,
               sum(amount) FILTER (WHERE shared) AS shared, sum(amount) FILTER (WHERE own AND NOT shared) AS own
        FROM lines WHERE function_id IS NOT NULL OR shared GROUP BY 1
    ) paid LEFT JOIN catalogue_function function ON function.id = paid.function_id
    UNION ALL
    (SELECT 'supplier', '', supplier, NULL, amount, lines, NULL, NULL FROM suppliers
     ORDER BY amount DESC NULLS LAST, supplier LIMIT %(suppliers)s)
    UNION ALL
    SELECT 'suppliers', '', '', NULL, sum(amount), count(*), NULL, NULL FROM suppliers
    UNION ALL
    SELECT 'declared', slug, name, function.id, NULL, count(*),
           sum(annual_cost) FILTER (WHERE declaration.kind = %(adoption)s),
           sum(annual_cost) FILTER (WHERE declaration.kind = %(duplicate)s)
    FROM registry_declaration declaration JOIN catalogue_function function ON function.id = declaration.function_id
    WHERE organisation_id = %(body)s AND superseded_in_id IS NULL AND annual_cost IS NOT NULL
      AND confirmed >= %(since)s AND stage NOT IN ('planned', 'retired')
    GROUP BY 2, 3, 4
"""
SUPPLIERS = 12


class Year(NamedTuple):
    """One financial year's lines. `first` is the year it begins in, None for lines without a date.

    `credits` is what came back, at most 0; `unstated` lines have no amount; `linked` ones name a function or component.
    """

    first: int | None
    lines: int
    amount: Decimal | None
    credits: Decimal | None
    unstated: int
    linked: int
    linked_amount: Decimal | None
    months: int

    @property
    def name(self) -> str:
        """“2025-26”."""
        return "" if self.first is None else f"{self.first}-{(self.first + 1) % 100:02}"

    def over(self, on: date) -> bool:
        return self.first is not None and date(self.first + 1, *YEAR_STARTS) <= on

    def provisional(self, on: date) -> bool:
        """Not over yet, or some of its months have no line."""
        return self.first is not None and (not self.over(on) or self.months < 12)


class Paid(NamedTuple):
    """What was paid for one function (None: a shared component whose function is not stated)."""

    slug: str | None
    name: str | None
    function: int | None
    amount: Decimal | None
    lines: int
    shared: Decimal | None
    own: Decimal | None


@dataclass(frozen=True)
class Parts:
    """One year: `functions` and the largest `suppliers` by what was paid; `declared` costs of a year by function.

    `every_supplier` holds the sum over all suppliers, and their number in `lines`.
    """

    functions: list[Paid]
    suppliers: list[Paid]
    every_supplier: Paid
    declared: dict[int, Paid]


def years(body: Organisation) -> list[Year]:
    """Latest first; lines without a date come last."""
    with connection.cursor() as cursor:
        cursor.execute(YEARS, {"body": body.pk, "shift": YEAR_STARTS[0] - 1})
        return [Year(*row) for row in cursor.fetchall()]


def parts(body: Organisation, year: Year, on: date) -> Parts:
    found: dict[str, list[Paid]] = {"function": [], "supplier": [], "suppliers": [], "declared": []}
    for part, paid in read_parts(body, year, on):
        found[part].append(paid)
    found["function"].sort(key=lambda paid: (-(paid.amount or 0), paid.name or ""))
    declared = {paid.function: paid for paid in found["declared"] if paid.function is not None}
    return Parts(found["function"], found["supplier"], found["suppliers"][0], declared)


def read_parts(body: Organisation, year: Year, on: date) -> Iterator[tuple[str, Paid]]:
    asked: dict[str, Any] = {
        "body": body.pk,
        "suppliers": SUPPLIERS,
        "adoption": DeclarationKind.ADOPTION.value,
        "duplicate": DeclarationKind.DUPLICATE.value,
        "since": on - EXPIRES_AFTER,
    }
    if year.first is None:
        within = "paid_on IS NULL"
    else:
        within = "paid_on >= %(first)s AND paid_on < %(end)s"
        asked |= {"first": date(year.first, *YEAR_STARTS), "end": date(year.first + 1, *YEAR_STARTS)}
    with connection.cursor() as cursor:
        cursor.execute(PARTS.format(year=within), asked)
        for part, *values in cursor.fetchall():
            yield part, Paid(*values)

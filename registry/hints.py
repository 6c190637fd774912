"""What a body seems to use, and has not declared: from its published payments, from what harvested files say, and from
what the stewards of components claim."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from catalogue.models import Function
from commons.formatting import YEAR_STARTS, plain_date
from registry.models import DeclarationKind, Organisation, Stage
from registry.said import Said

# The last financial year with a payment, because what was paid long ago may have stopped.
PAID = """
    WITH lines AS (
        SELECT component_id, system, function_id, supplier, amount, paid_on, source_url,
               extract(year FROM paid_on - make_interval(months => %(shift)s))::int AS year
        FROM registry_payment
        WHERE organisation_id = %(body)s AND (component_id IS NOT NULL OR system <> '') AND paid_on > %(since)s
    ),
    things AS (
        SELECT component_id, upper(system) AS thing, max(system) AS system, year, max(supplier) AS supplier,
               max(function_id) AS function_id, sum(amount) AS amount, max(paid_on) AS paid_on,
               (array_agg(source_url ORDER BY paid_on DESC))[1] AS source_url,
               row_number() OVER (PARTITION BY component_id, upper(system) ORDER BY year DESC) AS place
        FROM lines GROUP BY component_id, upper(system), year
    )
    SELECT 'paid', things.component_id, things.system, things.function_id, supplier, year, amount, paid_on, source_url
    FROM things WHERE place = 1 AND amount > 0
"""
STATED = """
    SELECT DISTINCT 'stated', thing.component_id, '', NULL::bigint, '', NULL::int, NULL::numeric, NULL::date,
           source.address
    FROM registry_stateduse stated
    JOIN registry_sourceobject thing ON thing.id = stated.thing_id
    JOIN registry_source source ON source.id = thing.source_id
    WHERE stated.organisation_id = %(body)s AND thing.component_id IS NOT NULL
"""
CLAIMED = """
    SELECT 'claimed', claim.component_id, '', claim.function_id, steward.name, NULL::int, NULL::numeric, claim.since, ''
    FROM registry_claim claim JOIN registry_organisation steward ON steward.id = claim.steward_id
    WHERE claim.organisation_id = %(body)s AND claim.withdrawn_in_id IS NULL
"""
# Neither declared, for whatever function, nor rejected; of a component its first function where none is known.
OPEN = f"""
    WITH found (how, component_id, system, function_id, supplier, year, amount, paid_on, source_url) AS (
        {PAID} UNION ALL {STATED} UNION ALL {CLAIMED}
    )
    SELECT DISTINCT ON (coalesce(component.slug, ''), upper(found.system))
           found.how, component.slug, component.name, found.system, coalesce(found.function_id, serves.function_id),
           found.supplier, found.year, found.amount, found.paid_on, found.source_url
    FROM found
    LEFT JOIN catalogue_component component ON component.id = found.component_id
    LEFT JOIN LATERAL (
        SELECT function_id FROM catalogue_component_functions WHERE component_id = component.id
        ORDER BY function_id LIMIT 1
    ) serves ON true
    WHERE coalesce(found.function_id, serves.function_id) IS NOT NULL
      AND (component.id IS NULL OR component.lifecycle <> ALL(ARRAY['draft', 'deprecated', 'retired']))
      AND NOT EXISTS (
          SELECT 1 FROM registry_declaration said
          LEFT JOIN registry_withheld held ON held.declaration_id = said.id AND held.field = 'system'
          WHERE said.organisation_id = %(body)s AND said.superseded_in_id IS NULL
            AND (said.component_id = component.id OR (component.id IS NULL
                 AND upper(found.system) IN (upper(said.system), upper(held.text)))))
      AND NOT EXISTS (
          SELECT 1 FROM registry_rejectedhint rejected WHERE rejected.organisation_id = %(body)s
            AND rejected.component_id IS NOT DISTINCT FROM component.id
            AND (component.id IS NOT NULL OR upper(rejected.system) = upper(found.system)))
    ORDER BY coalesce(component.slug, ''), upper(found.system), found.how = 'claimed', found.how
"""
NAMES = ("how", "component", "name", "system", "function", "supplier", "year", "amount", "paid_on", "source_url")
YEARS_BACK = 3


@dataclass(frozen=True)
class Hint:
    """One thing that a body seems to use. `said` is what it would declare; `reason` is why we think so."""

    function: Function
    said: Said
    name: str
    reason: str
    claimed: bool = False

    @property
    def key(self) -> str:
        """What names it in a form: `component:slug` or `system:name`."""
        return f"component:{self.said.component}" if self.said.component else f"system:{self.said.system}"


def number_of_hints(body: Organisation, on: date) -> int:
    return len(rows_of(body, on))


def hints(body: Organisation, on: date) -> list[Hint]:
    """By function and name."""
    rows = rows_of(body, on)
    functions = Function.objects.in_bulk({row["function"] for row in rows})
    found = [hint(row, functions[row["function"]]) for row in rows]
    return sorted(found, key=lambda one: (one.function.name, one.name))


def rows_of(body: Organisation, on: date) -> list[dict[str, Any]]:
    asked = {"body": body.pk, "shift": YEAR_STARTS[0] - 1, "since": on.replace(year=on.year - YEARS_BACK, day=1)}
    with connection.cursor() as cursor:
        cursor.execute(OPEN, asked)
        return [dict(zip(NAMES, values, strict=True)) for values in cursor.fetchall()]


def hint(row: dict[str, Any], function: Function) -> Hint:
    cost = {} if row["amount"] is None else {"annual_cost": whole(row["amount"]), "price_fy": price_year(row["year"])}
    if row["component"]:
        said = Said(
            kind=DeclarationKind.ADOPTION, component=row["component"], stage=Stage.LIVE.value,
            source_url=row["source_url"] or "", since=row["paid_on"] if row["how"] == "claimed" else None, **cost,
        )  # fmt: skip
    else:
        said = Said(
            kind=DeclarationKind.DUPLICATE, system=row["system"], supplier=row["supplier"] or "",
            source_url=row["source_url"] or "", **cost,
        )  # fmt: skip
    name, reason = row["name"] or row["system"], " ".join(reasons(row))
    return Hint(function=function, said=said, name=name, reason=reason, claimed=row["how"] == "claimed")


def reasons(row: dict[str, Any]) -> Iterator[str]:
    if row["how"] == "stated":
        yield "The file that describes it names you among its users."
        return
    if row["how"] == "claimed":
        since = f", since {plain_date(row['paid_on'])}" if row["paid_on"] else ""
        yield f"{row['supplier']}, who looks after it, says that you use it{since}."
        return
    to = f" to {row['supplier']}" if row["supplier"] else ""
    yield f"Your published payments of {row['year']} to {row['year'] + 1}{to} are for it."


def whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def price_year(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"

"""Many payments on top of `catalogue_world`, the same each time: few bodies and few suppliers have most of them."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from tests.performance.catalogue_world import FUNCTIONS, SEED, copy, zipf

BODIES, SUPPLIERS, DAYS = 400, 5_000, 3 * 365
FIRST_DAY = date(2023, 9, 1)
PAYMENT = (
    "organisation_id, reference, line, paid_on, supplier, supplier_identifier, amount, function_id, system, category,"
    " purpose, source_url"
)


def make(payments: int = 1_000_000) -> None:
    """Every body has at least one line; the busiest an eighth of them all."""
    copy("registry_payment", PAYMENT, lines(payments, random.Random(SEED)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registry_payment")


def lines(payments: int, chance: random.Random) -> Iterator[tuple]:
    for number in range(payments):
        body = 1 + (number if number < BODIES else zipf(chance, BODIES))
        supplier, function = zipf(chance, SUPPLIERS), 1 + zipf(chance, FUNCTIONS)
        amount = Decimal(round(100 * chance.paretovariate(1.1) * 250)) / 100 * (-1 if chance.random() < 0.02 else 1)
        yield (
            *(body, f"r{number}", "1", FIRST_DAY + timedelta(days=int(DAYS * chance.random()))),
            *(f"Supplier {supplier}", f"XA:{supplier}", amount, function if chance.random() < 0.6 else None),
            *("", f"Category {function % 40}", "Services", f"https://spend.example/{body}/{number % 36}.csv"),
        )

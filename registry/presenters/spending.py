"""What a body spends: totals, functions, suppliers, own systems beside shared ones, and what is left out."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from catalogue.presenters.links import external
from commons import formatting
from commons.formatting import number, percent
from commons.listing.expressions import CountOf
from registry import spending
from registry.listings.declarations import CURRENCY
from registry.models import Account, Organisation, Payment, SpendFile
from registry.presenters import asked, spending_pictures, words
from registry.spending import Paid, Parts, Year

PEOPLE = {"resident", "residents", "inhabitant", "inhabitants", "person", "people", "person served", "people served"}
FUNCTIONS_SHOWN, PUBLISHERS_SHOWN = 40, 20


def described() -> QuerySet:
    """Bodies with what their spending page needs of them, so that one query reads it."""
    accounts = Account.objects.filter(organisation=OuterRef("pk")).order_by("-financial_year")
    stated = JSONObject(
        year="financial_year",
        frontline=Cast("frontline", CharField()),
        administrative=Cast("administrative", CharField()),
        source="source_url",
    )
    return Organisation.objects.select_related("peer_group").annotate(
        stated_accounts=ArraySubquery(accounts.values_list(stated)),
        files=CountOf(SpendFile.objects.filter(organisation=OuterRef("pk"))),
        currency=CURRENCY,
    )


def chosen(years: list[Year], asked_for: str | None) -> Year | None:
    """The year that the reader asks for, else the latest one that has a date. None: there is nothing in it."""
    if asked_for:
        return next((year for year in years if year.name == asked_for), None)
    return years[0] if years else None


def page(body: Organisation, years: list[Year], year: Year, on: date) -> dict:
    """`body` as read from `described`; `year` is one of `years`, the body's own."""
    parts = spending.parts(body, year, on)
    money = partial(formatting.money, currency=body.currency)
    return {
        "year": year,
        "period": period(year),
        "provisional": provisional(year, on),
        "years": [row(one, on, body) | {"current": one == year} for one in years],
        "totals": row(year, on, body),
        "headline": headline(body, year),
        "coverage": coverage(year, body.currency),
        "by_function": spending_pictures.by_function(body, parts, year, money) if any_paid(parts.functions) else None,
        "by_supplier": spending_pictures.by_supplier(body, parts, year, money) if any_paid(parts.suppliers) else None,
        "beside": beside(parts, body.currency),
        "accounts": accounts(body),
    }


def nothing(body: Organisation, years: list[Year], wanted: str | None, on: date) -> dict:
    """No payments at all, or none in the year `wanted`."""
    return {
        "wanted": formatting.financial_year(wanted) if wanted else "",
        "years": [row(year, on, body) for year in years],
        "publishers": None if years else publishers(body, on),
        "accounts": accounts(body),
    }


def any_paid(found: list[Paid]) -> bool:
    return any(paid.amount and paid.amount > 0 for paid in found)


def period(year: Year) -> str:
    return _("no stated date") if year.first is None else formatting.financial_year(year.name)


def provisional(year: Year, on: date) -> str:
    """Why the year's figures may still change; blank where they should not."""
    if year.first is None or not year.provisional(on):
        return ""
    months = _("Lines for %(months)s of 12 months have been published.") % {"months": year.months}
    return months if year.over(on) else _("The year is not over. %(months)s") % {"months": months}


def headline(body: Organisation, year: Year) -> str:
    total = formatting.money(year.amount, body.currency)
    lines = words.payment_lines(year.lines)
    if year.first is None:
        return _("%(total)s in %(lines)s without a date") % {"total": total, "lines": lines}
    return _("%(total)s in %(year)s, in %(lines)s") % {"total": total, "lines": lines, "year": period(year)}


def row(year: Year, on: date, body: Organisation) -> dict:
    """One year's totals in words."""
    money = partial(formatting.money, currency=body.currency)
    return {
        "name": year.name,
        "period": period(year),
        "provisional": provisional(year, on),
        "total": money(year.amount),
        "credits": money(-(year.credits or Decimal(0))),
        "lines": number(year.lines),
        "unstated": year.unstated,
        "linked": money(year.linked_amount if year.linked else Decimal(0)),
        "a_person": a_person(body, year),
    }


def counts_people(body: Organisation) -> bool:
    unit = body.peer_group.driver_unit.strip().lower() if body.peer_group else ""
    return unit in PEOPLE and bool(body.driver)


def a_person(body: Organisation, year: Year) -> str:
    """Spending a head; blank where the body's size does not count people, or no amount is stated."""
    if not counts_people(body) or year.amount is None or year.first is None:
        return ""
    return formatting.money((year.amount / body.driver).quantize(Decimal("0.01")), body.currency)


def coverage(year: Year, currency: str) -> dict:
    """What part of the lines says what it is for."""
    share = year.linked_amount / year.amount if year.linked_amount and year.amount and year.amount > 0 else None
    return {
        "covers": formatting.money(year.amount, currency),
        "linked": formatting.money(year.linked_amount if year.linked else Decimal(0), currency),
        "linked_lines": number(year.linked),
        "left_out": year.lines - year.linked,
        "share": percent(share) if share is not None and share <= 1 else "",
    }


def beside(parts: Parts, currency: str) -> list[dict]:
    """Own systems beside shared components, function by function: paid in the year, and declared for a year."""
    money = partial(formatting.money, currency=currency)
    rows = [
        {
            "slug": paid.slug,
            "name": paid.name or _("Function not stated"),
            "shared": "" if paid.shared is None else money(paid.shared),
            "own": "" if paid.own is None else money(paid.own),
            "declared_shared": declared(parts, paid, "shared", money),
            "declared_own": declared(parts, paid, "own", money),
        }
        for paid in parts.functions
        if paid.shared is not None or paid.own is not None
    ]
    return rows[:FUNCTIONS_SHOWN]


def declared(parts: Parts, paid: Paid, which: str, money: Any) -> str:
    said = parts.declared.get(paid.function) if paid.function else None
    amount = getattr(said, which) if said else None
    return "" if amount is None else money(amount)


def accounts(body: Organisation) -> list[dict]:
    """The body's own accounts, latest year first; a blank is not stated, never zero."""
    return [
        {
            "year": formatting.financial_year(stated["year"]),
            "frontline": sum_of(stated["frontline"], body.currency),
            "administrative": sum_of(stated["administrative"], body.currency),
            "share": frontline_share(stated),
            "source": external(stated["source"]),
        }
        for stated in body.stated_accounts
    ]


def sum_of(text: str | None, currency: str) -> str:
    return formatting.money(None if text is None else Decimal(text), currency)


def frontline_share(stated: dict) -> str:
    if stated["frontline"] is None or stated["administrative"] is None:
        return formatting.NOT_STATED
    front, whole = Decimal(stated["frontline"]), Decimal(stated["frontline"]) + Decimal(stated["administrative"])
    return percent(front / whole) if whole else formatting.NOT_STATED


def publishers(body: Organisation, on: date) -> dict:
    """Bodies of the same kind that do publish, A to Z: for a body whose payments nobody has seen."""
    like = asked.kind(body) or Q(pk__in=[])
    same = Organisation.objects.existing(on).filter(like).exclude(pk=body.pk)
    publishing = same.filter(Exists(Payment.objects.filter(organisation=OuterRef("pk"))))
    found = list(publishing.values("slug", "name")[: PUBLISHERS_SHOWN + 1])
    return {"bodies": found[:PUBLISHERS_SHOWN], "more": len(found) > PUBLISHERS_SHOWN, "kind": asked.kind_name(body)}

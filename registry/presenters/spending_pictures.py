"""The pictures of a body's spending: its functions and its suppliers, the largest sums first."""

from collections.abc import Callable
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from commons.formatting import number
from public_value.charts import Bar, Figure, bars
from registry.models import Organisation
from registry.presenters import words
from registry.spending import SUPPLIERS, Paid, Parts, Year


def by_function(body: Organisation, parts: Parts, year: Year, money: Callable) -> Figure:
    """What is linked to functions; the largest twelve, and all others in one row."""
    first, others = parts.functions[:SUPPLIERS], parts.functions[SUPPLIERS:]
    rows = [[name_of(paid), money(paid.amount), number(paid.lines)] for paid in first]
    if others:
        rest = sum(paid.amount or 0 for paid in others)
        rows.append([_("Other functions"), money(rest), number(sum(paid.lines for paid in others))])
    left_out = year.lines - year.linked
    if left_out:
        unlinked = None if year.amount is None else year.amount - (year.linked_amount or 0)
        rows.append([_("Not linked to a function or component"), money(unlinked), number(left_out)])
    return drawn(
        first,
        rows,
        id="functions",
        title=_("Most goes on: %(name)s") % {"name": name_of(first[0])},
        overview=_("%(sum)s of what is linked to a function was paid for %(name)s, the most of %(functions)s.")
        % {
            "sum": money(first[0].amount),
            "name": name_of(first[0]),
            "functions": words.functions(len(parts.functions)),
        },
        head=_("Function"),
        links=[reverse("catalogue:function", args=[paid.slug]) if paid.slug else "" for paid in first],
        money=money,
        body=body,
    )


def by_supplier(body: Organisation, parts: Parts, year: Year, money: Callable) -> Figure:
    """The largest twelve suppliers, and all others in one row."""
    whole = parts.every_supplier
    others = whole.lines - len(parts.suppliers)
    rows = [[supplier(paid), money(paid.amount), number(paid.lines)] for paid in parts.suppliers]
    if others:
        rest = (whole.amount or 0) - sum(paid.amount or 0 for paid in parts.suppliers)
        lines = year.lines - sum(paid.lines for paid in parts.suppliers)
        rows.append([_("%(count)s other suppliers") % {"count": number(others)}, money(rest), number(lines)])
    first = parts.suppliers[0]
    return drawn(
        parts.suppliers,
        rows,
        id="suppliers",
        title=_("Most is paid to: %(name)s") % {"name": supplier(first)},
        overview=_("%(sum)s was paid to %(name)s, the most to one of %(count)s suppliers.")
        % {"sum": money(first.amount), "name": supplier(first), "count": number(whole.lines)},
        head=_("Supplier"),
        links=(),
        money=money,
        body=body,
    )


def drawn(shown: list[Paid], rows: list, *, head: str, money: Callable, body: Organisation, links, **words) -> Figure:
    """Bars of what was paid, net of credits; a net credit stands in the table alone."""
    figure = bars(
        rows=[Bar(name_of(paid), [float(paid.amount)]) for paid in shown if paid.amount and paid.amount > 0],
        measure=_("Paid"),
        show=money,
        source=_("payments published by %(name)s, net of credits") % {"name": body.name},
        **words,
    )
    return replace(figure, columns=[head, _("Paid"), _("Lines")], rows=rows, links=list(links))


def name_of(paid: Paid) -> str:
    return paid.name or _("Not stated")


def supplier(paid: Paid) -> str:
    return paid.name or _("Supplier not stated")

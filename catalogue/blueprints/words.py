"""What is found about an assembly in a reader's words, for its page and for its document."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.assembly import ADVICE, NOTE, PROBLEM, Cases, Cost, Range
from catalogue.blueprints.gathering import Assembled
from catalogue.presenters import words
from commons.formatting import money, number, unit_price

WEIGHTS = {PROBLEM: ("Problem", "red"), ADVICE: ("Look at this", "yellow"), NOTE: ("Good to know", "grey")}
NOT_KNOWN = "not known"


def money_range(found: Range, currency: str) -> str:
    low, high = money(found.low, currency), money(found.high, currency)
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def number_range(found: Range | None) -> str:
    if found is None:
        return _(NOT_KNOWN)
    low, high = number(found.low), number(found.high)
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def cost_headline(cost: Cost, currency: str) -> str:
    if not cost.anything:
        return _("What it costs is not known")
    known = money_range(cost.known, currency)
    if cost.complete:
        return _("%(known)s a year") % {"known": known}
    return _("%(known)s a year, and more that is not stated") % {"known": known}


def blanks_sentence(cost: Cost) -> str:
    """Blank where nothing is missing."""
    if cost.complete:
        return ""
    return ngettext(
        "Of %(total)s chosen, %(count)s has not stated all that it costs.",
        "Of %(total)s chosen, %(count)s have not stated all that they cost.",
        cost.blanks,
    ) % {"count": number(cost.blanks), "total": words.components(len(cost.lines))} + _(
        " The sum leaves out what is not stated: it is no upper bound."
    )


def cases_sentence(cases: Cases | None, body: str, service: str) -> str:
    if cases is None and body:
        return _("How many cases %(body)s has a year is not stated, and cannot be estimated.") % {"body": body}
    if cases is None:
        return _("Say which body you mean, or how many cases a year there are, to see what the transactions cost.")
    said = {"count": number(cases.number), "body": body, "service": service}
    return {
        "asked": _("For %(count)s cases a year, as you asked."),
        "stated": _("For %(count)s cases a year, as %(body)s states for “%(service)s”."),
        "benchmark": _(
            "For %(count)s cases a year. That is an estimate: what bodies like %(body)s handle for their size."
        ),
    }[cases.basis] % said


def runners_headline(found: Assembled) -> str:
    taken = len(found.assembly.taken)
    if not taken:
        return _("Nothing is chosen yet")
    if taken == 1:
        return _("It is %(used)s today") % {"used": words.used_by(found.runners.count)}
    together = _("both components") if taken == 2 else _("all %(count)s") % {"count": words.components(taken)}
    if not found.runners.count:
        return _("No public body has said that it uses %(components)s together") % {"components": together}
    bodies = words.bodies(found.runners.count)
    return ngettext(
        "%(bodies)s uses %(components)s today", "%(bodies)s use %(components)s today", found.runners.count
    ) % {"bodies": bodies, "components": together}


def price(component: Any, currency: str) -> str:
    """“£0.11 a transaction, £900 a year”; what is not stated says so."""
    if component.price_per_transaction is None and component.fixed_fee is None:
        return _("price not stated")
    fee = {"fee": money(component.fixed_fee, currency)}
    if component.price_per_transaction is None:
        return _("%(fee)s a year, price of a transaction not stated") % fee
    each = {"price": unit_price(component.price_per_transaction, currency)}
    if component.fixed_fee is None:
        return _("%(price)s a transaction, fixed fee not stated") % each
    return _("%(price)s a transaction, %(fee)s a year") % (each | fee)

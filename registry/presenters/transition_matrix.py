"""What comes together in an area, function by function: who does what, at what cost, until when."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from commons import formatting
from commons.formatting import number, plain_date
from registry.areas import Body
from registry.listings.transition import TransitionListing
from registry.transitions import Answer, Row, Statement


def matrix_row(row: Row, listing: TransitionListing) -> dict[str, Any]:
    best = listing.candidates.get(row.id)
    return {
        "slug": row.slug,
        "name": row.name,
        "agreement": agreement(row),
        "candidate": best,
        "cells": [{"name": body.name, **cell(row, body, listing)} for body in listing.area.before],
    }


def agreement(row: Row) -> str:
    """“Same system in 5 of 8” of those that name one, or “3 systems for one function”."""
    if not row.doing:
        return ""
    if not row.differs:
        if row.doing == 1:
            return _("One body names a system")
        return _("Same system in all %(count)s that name one") % {"count": number(row.doing)}
    said = _("%(systems)s systems for one function") % {"systems": number(row.systems)}
    if row.most_alike > 1:
        alike = _("the same in %(alike)s of %(doing)s") % {
            "alike": number(row.most_alike),
            "doing": number(row.doing),
        }
        return f"{said}; {alike}"
    return said


def cell(row: Row, body: Body, listing: TransitionListing) -> dict[str, Any]:
    said = row.cells.get(body.slug)
    if said:
        return {"said": [shown(one, listing) for one in said], "blank": ""}
    asked = body.slug in row.asked
    return {"said": [], "blank": _("not answered") if asked else _("not asked")}


def shown(said: Statement, listing: TransitionListing) -> dict[str, Any]:
    return {
        "text": text(said),
        "slug": said.component[0] if said.component else "",
        "facts": [fact for fact in (cost(said, listing), contract(said, listing.area.day), age(said)) if fact],
    }


def text(said: Statement) -> str:
    if said.answer == Answer.PLANNED:
        return _("plans to use %(name)s") % {"name": said.name}
    if said.answer == Answer.STOPPED:
        return _("stopped using %(name)s") % {"name": said.name}
    if said.answer == Answer.NOT_RESPONSIBLE:
        return _("not responsible")
    if said.answer == Answer.NOT_SURE:
        return _("unknown: it is not sure")
    return said.name


def cost(said: Statement, listing: TransitionListing) -> str:
    if said.answer not in (Answer.SHARED, Answer.OWN):
        return ""
    if said.annual_cost is None:
        return _("cost kept back") if "annual_cost" in said.held else _("cost not stated")
    return _("%(sum)s a year") % {"sum": formatting.money(said.annual_cost, listing.currency)}


def contract(said: Statement, day: date | None) -> str:
    if said.contract_end is None:
        return _("end of the contract kept back") if "contract_end" in said.held else ""
    ends = _("contract ends %(day)s") % {"day": plain_date(said.contract_end)}
    if day is None:
        return ends
    return f"{ends}, {_('before the day') if said.contract_end < day else _('after the day')}"


def age(said: Statement) -> str:
    if not said.confirmed:
        return _("never confirmed")
    return _("expired: confirmed %(day)s") % {"day": plain_date(said.confirmed)} if said.expired else ""

"""Counts with their nouns that only the pages of bodies need; the others are the catalogue's."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.presenters.words import bodies, components, functions, statements
from commons.formatting import number

__all__ = ["bodies", "components", "functions", "listed", "number", "payment_lines", "statements", "systems", "uses"]


def uses(count: int) -> str:
    return ngettext("%(count)s shared component", "%(count)s shared components", count) % {"count": number(count)}


def systems(count: int) -> str:
    return ngettext("%(count)s system of its own", "%(count)s systems of its own", count) % {"count": number(count)}


def payment_lines(count: int) -> str:
    return ngettext("%(count)s payment line", "%(count)s payment lines", count) % {"count": number(count)}


def listed(parts: Iterable[str]) -> str:
    """“a”, “a and b”, “a, b and c”; what is blank is left out."""
    given = [part for part in parts if part]
    if len(given) < 2:
        return "".join(given)
    return _("%(first)s and %(last)s") % {"first": ", ".join(given[:-1]), "last": given[-1]}

"""Counts with their nouns, so that every figure says what it counts."""

from django.utils.translation import ngettext

from commons.formatting import number


def bodies(count: int) -> str:
    return ngettext("%(count)s public body", "%(count)s public bodies", count) % {"count": number(count)}


def used_by(count: int) -> str:
    return ngettext("used by %(count)s public body", "used by %(count)s public bodies", count) % {
        "count": number(count)
    }


def components(count: int) -> str:
    return ngettext("%(count)s component", "%(count)s components", count) % {"count": number(count)}


def functions(count: int) -> str:
    return ngettext("%(count)s function", "%(count)s functions", count) % {"count": number(count)}


def own_systems(count: int) -> str:
    return ngettext("%(count)s separate system", "%(count)s separate systems", count) % {"count": number(count)}


def statements(count: int) -> str:
    return ngettext("%(count)s statement", "%(count)s statements", count) % {"count": number(count)}


def sources(count: int) -> str:
    return ngettext("%(count)s source", "%(count)s sources", count) % {"count": number(count)}

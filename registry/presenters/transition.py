"""The transition view of an area: what comes together, and what is to be done about it."""

from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commons.formatting import number, plain_date
from registry.areas import Area, Body
from registry.listings.transition import TransitionListing, TransitionSelection
from registry.models import Declaration
from registry.presenters import words
from registry.presenters.transition_matrix import matrix_row

TO_DO = {
    "urgent": gettext_lazy("Different systems, and a contract ends within a year of the day: decide what goes on"),
    "calm": gettext_lazy("Different systems, and no contract is known to press: plan which one stays"),
    "alike": gettext_lazy("The same system: bring the contracts and the data together"),
    "silent": gettext_lazy("Nobody has answered: ask who does this, and with what"),
}
NAMED = 5  # functions in an item of the checklist
CELLS_A_PAGE = 280  # of functions and predecessors: about 90 kB


class Task(NamedTuple):
    """Something to do: how many there are, the first of them, and where the rest stand."""

    title: Any  # a text, translated when it is shown
    count: int
    names: list[str]
    href: str = ""


def functions_a_page(area: Area) -> int:
    return max(8, CELLS_A_PAGE // max(1, len(area.before)))


def page(area: Area, selection: TransitionSelection, page: Page, on: date) -> dict[str, Any]:
    listing, silent = selection.listing, selection.listing.silent
    return {
        "area": area,
        "heading": heading(area, on),
        "sentences": sentences(area, listing, on),
        "selection": selection,
        "page": page,
        "rows": [matrix_row(row, listing) for row in page.object_list],
        "tasks": tasks(area, listing, silent, on),
        "silent": silent,
        "letter": letter(area, silent, on) if silent and area.is_to_come(on) else None,
        "to_come": area.is_to_come(on),
        "breadcrumbs": [
            {"text": _("Organisations"), "href": reverse("registry:organisation_list")},
            {"text": _("Areas that change"), "href": reverse("registry:area_list")},
            {"text": area.name},
        ],
    }


def heading(area: Area, on: date) -> str:
    """“Exampleshire: 8 bodies become 2”; once they did, “became”."""
    return f"{area.name}: {becoming(area, on)}"


def becoming(area: Area, on: date) -> str:
    before = ngettext("%(count)s body", "%(count)s bodies", len(area.before)) % {"count": number(len(area.before))}
    now = ngettext("becomes", "become", len(area.before))
    verb = now if area.is_to_come(on) or area.day is None else _("became")
    return f"{before} {verb} {number(len(area.after))}"


def sentences(area: Area, listing: TransitionListing, on: date) -> list[str]:
    """On which day, and what is known, in words."""
    known = [row for row in listing.functions if row.doing]
    differ = sum(row.differs for row in known)
    said = []
    if area.day is None:
        said.append(_("The day on which it changes is not recorded."))
    elif area.is_to_come(on):
        said.append(_("The area changes on %(day)s.") % {"day": plain_date(area.day)})
    else:
        said.append(
            _("The area changed on %(day)s. Below is what its predecessors last said.") % {"day": plain_date(area.day)}
        )
    if known:
        sentence = _("For %(functions)s a predecessor names a system; for %(differ)s of them there are different ones.")
        differing = number(differ) if differ else _("none")
        said.append(sentence % {"functions": words.functions(len(known)), "differ": differing})
    else:
        said.append(_("No predecessor has named any system yet."))
    return said


def tasks(area: Area, listing: TransitionListing, silent: list[Body], on: date) -> list[Task]:
    """What is to be done, what presses most first. What there is nothing of is left out.

    After the day nobody can ask the old bodies any more: what is left is to confirm.
    """
    here = reverse("registry:transition", args=[area.slug])
    made = [
        Task(title, len(names), names[:NAMED], f"{here}?show={name}#functions")
        for name, title in (TO_DO if area.is_to_come(on) else {}).items()
        for names in [[row.name for row in listing.functions if listing.is_shown(row, name)]]
    ]
    if area.is_to_come(on):
        made.append(Task(_("Bodies that have told nothing: write to them"), len(silent), [b.name for b in silent]))
    waiting = to_confirm(area)
    if waiting:
        title = _("Statements that are inherited: confirm them")
        made.append(Task(title, sum(waiting.values()), [f"{name} ({number(n)})" for name, n in waiting.items()]))
    return [one for one in made if one.count]


def to_confirm(area: Area) -> dict[str, int]:
    """How many statements each successor has from predecessors and has not confirmed, by its name."""
    bodies = {body.id: body.name for body in area.after if body.id is not None}
    said = Declaration.objects.listed().current().filter(organisation__in=bodies, inherited_from__isnull=False)
    counts: dict[str, int] = {}
    for body in said.values_list("organisation", flat=True):
        counts[bodies[body]] = counts.get(bodies[body], 0) + 1
    return counts


def letter(area: Area, silent: list[Body], on: date) -> dict[str, Any]:
    """To those that have said nothing, to be copied."""
    subject = _("%(area)s: which systems do we bring together?") % {"area": area.name}
    day = plain_date(area.day) if area.day else ""
    paragraphs = [
        _("To %(bodies)s") % {"bodies": words.listed(body.name for body in silent)},
        _("On %(day)s, %(before)s become %(after)s.")
        % {
            "day": day,
            "before": words.bodies(len(area.before)),
            "after": words.listed(body.name for body in area.after),
        },
        _(
            "“%(service)s” shows for each function which systems the bodies of the area run, what they cost and when "
            "their contracts end. It has nothing yet from you, so that nobody can plan with you."
        )
        % {"service": settings.SERVICE_NAME},
        _(
            "Please tell it, for each of your functions, whether you use a shared component or run a system of your "
            "own, what it costs a year, and when its contract ends."
        ),
        _("Yours faithfully,"),
    ]
    return {"subject": subject, "paragraphs": paragraphs, "text": "\n\n".join(paragraphs)}


def list_page(known: list[Area], on: date) -> dict[str, Any]:
    rows = [
        {
            "area": area,
            "heading": heading(area, on),
            "state": state(area, on),
            "names": [body.name for body in area.before],
        }
        for area in known
    ]
    return {
        "coming": [row for row in reversed(rows) if row["area"].is_to_come(on)],
        "past": [row for row in rows if not row["area"].is_to_come(on)],
        "breadcrumbs": [
            {"text": _("Organisations"), "href": reverse("registry:organisation_list")},
            {"text": _("Areas that change")},
        ],
    }


def state(area: Area, on: date) -> str:
    """“planned for 1 April 2028”, “since 1 April 2023”."""
    if area.day is None:
        return _("on a day that is not recorded")
    if area.is_to_come(on):
        return _("on %(day)s") % {"day": plain_date(area.day)}
    return _("since %(day)s") % {"day": plain_date(area.day)}

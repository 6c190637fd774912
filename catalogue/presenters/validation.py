"""The page that checks a description: what is wrong, and what was understood."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.forms import ValidateForm
from catalogue.presenters.already import in_words, warning
from catalogue.presenters.links import external
from catalogue.presenters.offer import language
from catalogue.readers import ComponentDescription, Problem
from catalogue.readers.formats import Report
from catalogue.similar.registering import already_there
from commons import formatting

PROBLEMS_SHOWN, DESCRIPTIONS_SHOWN = 200, 10
LONGEST_FACT = 300
EXAMPLE = """publiccodeYmlVersion: "0.7.0"

name: Bin days
url: https://code.example.org/council/bin-days.git
platforms:
  - web
developmentStatus: stable
softwareType: standalone/web

description:
  en:
    shortDescription: Tells residents when their bins are collected.
    longDescription: >
      Residents enter their address and see on which days which bin is collected
      in the coming weeks, also as a calendar to subscribe to. Staff change rounds
      and bank holidays themselves.
    features:
      - Finds the collection days of an address
      - Offers the days as a calendar

legal:
  license: EUPL-1.2

maintenance:
  type: internal
  contacts:
    - name: Ada Example
      email: ada@council.example.org

localisation:
  localisationReady: true
  availableLanguages:
    - en
"""


def validation_page(form: ValidateForm, report: Report | None = None) -> dict[str, Any]:
    return {
        "form": form,
        "example": EXAMPLE,
        "result": result(report) if report else None,
        "already": already(report) if report else None,
        "breadcrumbs": [
            {"text": _("Home"), "href": "/"},
            {"text": _("Data and API"), "href": "/data/"},
            {"text": _("Check a description")},
        ],
    }


def result(report: Report) -> dict[str, Any]:
    reading = report.reading
    shown = reading.problems[:PROBLEMS_SHOWN]
    return {
        "format": report.format,
        "is_unknown": report.is_unknown,
        "is_valid": reading.is_valid,
        "headline": headline(len(reading.errors), len(reading.warnings)),
        "problems": [row(problem) for problem in shown],
        "more": len(reading.problems) - len(shown),
        "understood": [facts(description) for description in reading.descriptions[:DESCRIPTIONS_SHOWN]],
        "beyond": max(0, len(reading.descriptions) - DESCRIPTIONS_SHOWN),
    }


def already(report: Report) -> dict[str, Any] | None:
    """Components that may do the same as the one that a valid text describes, before anybody registers it."""
    described = report.reading.descriptions
    found = already_there(described[0]) if report.reading.is_valid and len(described) == 1 else []
    return {"headline": warning(found), "components": [in_words(one) for one in found]} if found else None


def headline(errors: int, warnings: int) -> str:
    counts = [
        ngettext("%(number)s error", "%(number)s errors", errors) % {"number": formatting.number(errors)},
        ngettext("%(number)s warning", "%(number)s warnings", warnings) % {"number": formatting.number(warnings)},
    ]
    return _(", ").join(counts)


def row(problem: Problem) -> dict[str, Any]:
    return {
        "is_error": problem.severity == "error",
        "line": problem.line,
        "column": problem.column,
        "key": problem.key,
        "message": problem.message,
    }


def facts(description: ComponentDescription) -> list[dict[str, Any]]:
    """What the text says of the component; what it does not say is left out."""
    said = [
        (_("Name"), description.name),
        (_("In short"), description.summary),
        (_("Source code"), description.repository),
        (_("Page"), description.url),
        (_("Documentation"), description.documentation),
        (_("Licence"), description.licence),
        (_("Lifecycle"), description.lifecycle.capitalize()),
        (_("Version"), description.version),
        (_("Released"), formatting.plain_date(description.released_on) if description.released_on else ""),
        (_("Looked after by"), description.owner or description.owner_identifier),
        (_("Contacts"), _(", ").join(contact.name for contact in description.contacts if contact.name)),
        (_("Languages"), _(", ").join(map(language, description.languages))),
        (_("Standards"), _(", ").join(description.standards)),
        (_("Used by"), _(", ").join(description.used_by)),
    ]
    addresses = {_("Source code"), _("Page"), _("Documentation")}
    return [
        {"name": name, **(external(text) if name in addresses else {"text": cut(text), "href": ""})}
        for name, text in said
        if text
    ]


def cut(text: str) -> str:
    return text if len(text) <= LONGEST_FACT else f"{text[: LONGEST_FACT - 1]}…"

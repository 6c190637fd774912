"""{% load formatting %}: money, numbers, dates and statuses in the service's words. Usage stands in each docstring."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from commons import formatting
from commons.markdown import markdown

FRESH_DAYS, GONE_DAYS = 365, 1095  # the clock of the index
LIFECYCLE_COLOURS = {
    "draft": "grey",
    "submitted": "blue",
    "alpha": "purple",
    "beta": "teal",
    "live": "green",
    "listed": "green",
    "deprecated": "orange",
    "retired": "grey",
    "withdrawn": "grey",
}
EVIDENCE = {"E0": "Declared", "E1": "Evidence published", "E2": "Attested", "E3": "Measured"}
EVIDENCE_COLOURS = {"E0": "grey", "E1": "blue", "E2": "teal", "E3": "green"}
FRESHNESS_COLOURS = {"Confirmed": "green", "Ageing": "yellow", "Expired": "grey", "Not confirmed": "grey"}

register = template.Library()
for function in (
    formatting.money,
    formatting.money_exact,
    formatting.number,
    formatting.percent,
    formatting.plain_date,
    formatting.financial_year,
    formatting.stated,
    formatting.blank,
    markdown,
):
    register.filter(function.__name__, function)


@register.filter
def freshness(confirmed: date | datetime | None, on: date | datetime) -> str:
    """{{ adoption.confirmed|freshness:edition.snapshot_date }}: “Confirmed”, “Ageing”, “Expired” or “Not confirmed”."""
    if not confirmed:
        return "Not confirmed"
    days = (formatting.day_of(on) - formatting.day_of(confirmed)).days
    if days <= FRESH_DAYS:
        return "Confirmed"
    return "Ageing" if days <= GONE_DAYS else "Expired"


@register.filter
def freshness_tag(confirmed: date | datetime | None, on: date | datetime) -> SafeString:
    word = freshness(confirmed, on)
    return tag(word, FRESHNESS_COLOURS[word])


@register.filter
def evidence(grade: str) -> str:
    """“Declared”, “Evidence published”, “Attested” or “Measured” for E0 to E3."""
    return EVIDENCE.get(grade, formatting.NOT_STATED)


@register.filter
def evidence_tag(grade: str) -> SafeString:
    return tag(evidence(grade).capitalize(), EVIDENCE_COLOURS.get(grade, "grey"))


@register.filter
def lifecycle_tag(lifecycle: str) -> SafeString:
    return tag((lifecycle or formatting.NOT_STATED).capitalize(), LIFECYCLE_COLOURS.get(lifecycle, "grey"))


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """{% tag "Provisional" "yellow" %}: a status, never a link. Red is for problems only."""
    return format_html('<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text)


@register.filter
def or_blank(value, status: str):
    """{{ share|percent|or_blank:row.value_status }}: the words of the blank where nothing is stated."""
    return formatting.blank(status) if value in (None, "", formatting.NOT_STATED) and status else value

"""Up to three components side by side, criterion by criterion, in words: the same for the page and for files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Component, Lifecycle
from catalogue.presenters import fit, offer, words
from catalogue.presenters.component import leading
from catalogue.presenters.component_rows import described
from catalogue.presenters.links import external
from catalogue.presenters.scorecard import RESULTS, verdicts_of
from commons.formatting import NOT_STATED, number
from registry.scorecard import Result, held

MOST, SUGGESTED = 3, 5
PARAMETER = "component"


@dataclass(frozen=True)
class Criterion:
    group: str
    label: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


def chosen(slugs: Sequence[str], on: date) -> list[Component]:
    """The listed components of these slugs, in their order. One query."""
    possible = [slug for slug in slugs if "\x00" not in slug]
    rows = described(held(Component.objects.listed().filter(slug__in=possible), on))
    found = {component.slug: component for component in rows.annotate(used_by=F("entry__used_by"))}
    return [found[slug] for slug in slugs if slug in found]


def criteria(components: Sequence[Component], on: date) -> list[Criterion]:
    """What can be compared. Of different kinds only what is asked of all of them."""
    columns = [list(statements(component, on)) for component in components]
    return [
        Criterion(same[0][0], same[0][1], tuple(value or NOT_STATED for _group, _label, value in same))
        for same in zip(*columns, strict=True)
        if None not in (value for _group, _label, value in same)
    ]


def statements(component: Component, on: date) -> Iterator[tuple[str, str, str | None]]:
    """(group, criterion, what is said of it), the same criteria in the same order for every component. None is said
    where it is not asked of such a component."""
    what, use, fits, facts = _("What it is"), _("Use it"), _("Fit"), _("Scorecard of facts")
    yield what, _("In a sentence"), leading(component.summary)[0]
    yield what, _("Kind"), component.get_kind_display()
    yield what, _("Stage"), component.get_lifecycle_display()
    yield what, _("For"), "; ".join(one["name"] for one in component.served)
    yield what, _("Looked after by"), "; ".join(one["name"] for one in component.held)
    yield what, _("Used by"), words.bodies(component.used_by or 0)
    for fact in offer.of(component)["facts"]:
        yield use, fact["key"], value_of(fact)
    standards = "; ".join(one["name"] for one in component.followed)
    yield fits, _("Standards"), standards
    for heading in ("Needs", "Works with"):
        groups = {group["heading"]: group["components"] for group in fit.relations(component)}
        yield fits, _(heading), "; ".join(one["name"] for one in groups.get(heading, ()))
    yield fits, _("Interface"), interface(component)
    yield fits, _("Known limits and edge cases"), offer.profile_of(component).limits
    for verdict in verdicts_of(component, on):
        asked = verdict.result != Result.NOT_APPLICABLE
        yield facts, verdict.rule.text, RESULTS[verdict.result] if asked else None


def value_of(fact: dict) -> str:
    link = fact.get("link") or {}
    said = [fact.get("text", ""), fact.get("value", ""), fact.get("mail", ""), link.get("href", "")]
    return ", ".join(filter(None, said))


def interface(component: Component) -> str:
    operations, columns = component.operations_count, component.columns_count
    said = [
        ngettext("%(number)s operation", "%(number)s operations", operations) if operations else "",
        ngettext("%(number)s column", "%(number)s columns", columns) if columns else "",
    ]
    return ", ".join(
        text % {"number": number(count)} for text, count in zip(said, (operations, columns), strict=True) if text
    )


def page(components: Sequence[Component], refusal: str, only_differences: bool, on: date) -> dict:
    """`refusal` is a sentence on what was asked for and cannot be shown."""
    rows = criteria(components, on) if len(components) > 1 else []
    shown = [row for row in rows if row.differs] if only_differences else rows
    slugs = [component.slug for component in components]
    return {
        "refusal": refusal,
        "components": [named(component, slugs) for component in components],
        "heading": heading(components),
        "groups": grouped(components, shown),
        "differing": sum(row.differs for row in rows),
        "only_differences": only_differences,
        "kinds_differ": len({one.kind for one in components}) > 1,
        "suggested": suggestions(components) if len(components) < MOST else [],
        "address": address(slugs),
        "breadcrumbs": [
            {"text": _("Components"), "href": reverse("catalogue:component_list")},
            {"text": _("Compare")},
        ],
    }


def named(component: Component, slugs: list[str]) -> dict:
    return {"name": component.name, "slug": component.slug, "without": address(without(slugs, component))}


def grouped(components: Sequence[Component], rows: Sequence[Criterion]) -> list[dict]:
    groups: dict[str, list[dict]] = {}
    for row in rows:
        told = {"label": row.label, "differs": row.differs, "cells": cells(components, row)}
        groups.setdefault(row.group, []).append(told)
    return [{"name": name, "rows": found} for name, found in groups.items()]


def cells(components: Sequence[Component], row: Criterion) -> list[dict]:
    """`link` has an `href` where the value is a web address and nothing else."""
    return [
        {"name": component.name, "value": value, "link": {} if " " in value else external(value)}
        for component, value in zip(components, row.values, strict=True)
    ]


def heading(components: Sequence[Component]) -> str:
    if len(components) < 2:
        return _("Compare components")
    return _("Compare %(number)s components") % {"number": len(components)}


def without(slugs: list[str], component: Component) -> list[str]:
    return [slug for slug in slugs if slug != component.slug]


def address(slugs: Sequence[str]) -> str:
    return f"{reverse('catalogue:compare')}?{urlencode([(PARAMETER, slug) for slug in slugs])}"


def suggestions(components: Sequence[Component]) -> list[dict]:
    """Those for the same work that most bodies use. One query; none where nothing is chosen."""
    if not components:
        return []
    slugs = [component.slug for component in components]
    return [
        {"name": one.name, "href": address([*slugs, one.slug]), "users": words.used_by(one.used_by or 0)}
        for one in like(components[0], slugs)[:SUGGESTED]
    ]


def like(component: Component, besides: Sequence[str]) -> QuerySet[Component]:
    ending = [Lifecycle.DEPRECATED, Lifecycle.RETIRED]
    same = Component.objects.listed().filter(functions__in=component.functions.all())
    others = same.exclude(slug__in=besides).exclude(lifecycle__in=ending).distinct()
    return others.annotate(used_by=F("entry__used_by")).order_by(F("used_by").desc(nulls_last=True), "name", "slug")

"""The centre's overview: coverage first, then functions, components, copies and contracts. No body is ranked."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.presenters.own_systems import QUARTERS
from commons import formatting
from commons.formatting import number, percent
from public_value.charts import Bar, Figure, bars, stacked_bars
from registry import adoption, candidates, sums
from registry.adoption import Ending, Group
from registry.answers import Answer
from registry.listings.adoption import COUNTED, AdoptionSelection
from registry.presenters import standing, words

COMPONENTS, COPIES, ENDINGS, REASONS = 10, 12, 20, 2


def page(selection: AdoptionSelection, page: Page, on: date) -> dict:
    """Everything on the page; `page` is the page of functions that the reader asks for."""
    groups = selection.groups()
    covered = coverage(groups)
    functions = None if selection.branch is None else list(selection.branch)
    said = adoption.counting(selection.bodies, on, functions)
    used = adoption.most_used(said, COMPONENTS)
    copied = adoption.copies(said, COPIES)
    return {
        "selection": selection,
        "page": page,
        "today": on,
        "covered": covered,
        "findings": findings(covered, selection.found),
        "figure": by_function(page, selection) if page.object_list else None,
        "components": by_component(used) if used else None,
        "copies": copies(copied, said, on),
        "endings": [ending(one) for one in adoption.ending_together(said, on, ENDINGS)],
        "suppressed_under": settings.SUMS_FROM_BODIES,
        "breadcrumbs": [
            {"text": _("Organisations"), "href": reverse("registry:organisation_list")},
            {"text": _("How far are components shared?")},
        ],
    }


def coverage(groups: list[Group]) -> dict:
    """How many bodies have said anything, overall and by kind, from A to Z."""
    kinds: dict[str, list[int]] = {}
    for group in groups:
        row = kinds.setdefault(group.kind or _("Kind not stated"), [0, 0, 0])
        for place, count in enumerate((group.bodies, group.declared, group.fresh)):
            row[place] += count
    total = [sum(column) for column in zip(*kinds.values(), strict=True)] or [0, 0, 0]
    return {
        "rows": [covered(kind, *row) for kind, row in sorted(kinds.items())],
        "all": covered(_("All"), *total),
        "bodies": total[0],
        "declared": total[1],
    }


def covered(label: str, bodies: int, declared: int, fresh: int) -> dict:
    share = percent(declared / bodies) if bodies else formatting.NOT_STATED
    counts = {"bodies": number(bodies), "declared": number(declared), "fresh": number(fresh)}
    return {"label": label, "share": share, **counts}


def findings(covered: dict, rows: list[dict]) -> list[str]:
    """Three findings in words; those that nothing is known about are left out."""
    said = [
        _("%(declared)s of %(bodies)s have declared anything.")
        % {"declared": number(covered["declared"]), "bodies": words.bodies(covered["bodies"])}
    ]
    shared, own = (sum(row[name] for row in rows) for name in ("shared", "own"))
    if shared + own:
        said.append(
            _("Where a body says how it does a function, it shares in %(share)s of the cases.")
            % {"share": percent(shared / (shared + own))}
        )
    cases, silent = sum(row["bodies"] for row in rows), sum(row["not_answered"] for row in rows)
    if cases:
        said.append(_("In %(share)s of all cases nobody has answered.") % {"share": percent(silent / cases)})
    return said


def by_function(page: Page, selection: AdoptionSelection) -> Figure:
    """Bars of the shares of the first twelve functions, and the counts of every one on the page."""
    rows = page.object_list
    first = rows[0]
    figure = stacked_bars(
        id="functions",
        title=_("Functions by who shares"),
        overview=_(
            "Bars show shares of the bodies that could answer, the table their numbers. For %(name)s, "
            "%(shared)s of %(bodies)s use a shared component and %(own)s run only their own system."
        )
        % {
            "name": first["function"]["name"],
            "shared": number(first["shared"]),
            "bodies": words.bodies(first["bodies"]),
            "own": number(first["own"]),
        },
        rows=[Bar(row["function"]["name"], shares(row)) for row in rows],
        keys=standing.COLOURS,
        show=percent,
        source=_("what bodies have declared"),
        csv_url=selection.query(format="csv"),
    )
    names = [name for name, answer in COUNTED.items()]
    return replace(
        figure,
        columns=[_("Function"), _("Bodies"), *(answer.label for answer in Answer)],
        rows=[[row["function"]["name"], number(row["bodies"]), *(number(row[name]) for name in names)] for row in rows],
        links=[reverse("catalogue:function", args=[row["function"]["slug"]]) for row in rows],
    )


def shares(row: dict) -> list[float]:
    return [
        sum(row[answer.name.lower()] for answer in answers) / row["bodies"]
        for answers, _colour in standing.PARTS.values()
    ]


def by_component(used: list[dict]) -> Figure:
    return replace(
        bars(
            id="components",
            title=_("Used most: %(name)s") % {"name": used[0]["name"]},
            overview=_("%(bodies)s use %(name)s.")
            % {"bodies": words.bodies(used[0]["bodies"]), "name": used[0]["name"]},
            rows=[
                Bar(row["name"], [row["bodies"]], reverse("catalogue:component", args=[row["slug"]])) for row in used
            ],
            measure=_("Bodies that use it"),
            show=number,
            source=_("what bodies have declared"),
        ),
        columns=[_("Component"), _("Bodies that use it")],
    )


def copies(found: list[dict], said: Any, on: date) -> list[dict]:
    """Functions with most separate systems, the best shared candidate for each, and why bodies do not use it."""
    ids = [row["key"] for row in found]
    best = candidates.best(ids, on)
    reasons = adoption.reasons(said, ids, REASONS) if ids else {}
    return [
        {
            "slug": row["slug"],
            "name": row["name"],
            "systems": number(row["systems"]),
            "bodies": words.bodies(row["bodies"]),
            "cost": cost_range(row),
            "best": best.get(row["key"]),
            "reasons": [{"reason": reason, "systems": systems} for reason, systems in reasons.get(row["key"], [])],
        }
        for row in found
    ]


def cost_range(row: dict) -> str:
    """“£1,200 to £50,000 a year, in prices of 2024 to 2025, from 12 public bodies”, or why there is none."""
    if not row["disclosing"]:
        return _("no cost disclosed")
    if not sums.is_shown(row["disclosing"]):
        return kept_back()
    years = sorted({formatting.financial_year(year) for year in (row["first_year"], row["last_year"]) if year})
    said = _("%(low)s to %(high)s a year") % {
        "low": formatting.money(row["low"], row["currency"]),
        "high": formatting.money(row["high"], row["currency"]),
    }
    prices = _("in prices of %(years)s") % {"years": words.listed(years)} if years else ""
    source = _("from %(bodies)s") % {"bodies": words.bodies(row["disclosing"])}
    return ", ".join(part for part in (said, prices, source) if part)


def ending(one: Ending) -> dict:
    if not one.disclosing:
        cost = _("not stated")
    elif not sums.is_shown(one.disclosing):
        cost = kept_back()
    else:
        cost = _("%(sum)s (from %(bodies)s)") % {
            "sum": formatting.money(one.cost, one.currency),
            "bodies": words.bodies(one.disclosing),
        }
    return {
        "slug": one.slug,
        "name": one.name,
        "quarter": f"{QUARTERS[(one.quarter.month + 2) // 3]} {one.quarter.year}",
        "systems": number(one.systems),
        "bodies": number(one.bodies),
        "cost": cost,
    }


def kept_back() -> str:
    return _("not shown: fewer than %(count)s bodies") % {"count": settings.SUMS_FROM_BODIES}

"""One function's page: what could serve it, who shares, who runs a system of their own, and who has not answered."""

from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import (
    Count,
    Exists,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import Component, Evolution, FunctionKind
from catalogue.presenters import own_systems, words
from catalogue.presenters.links import external
from catalogue.presenters.tree import Node, Tree, rows
from commons import formatting
from commons.listing import Selection
from commons.listing.selection import Row
from registry import branches
from registry.listings.declarations import CURRENCY
from registry.models import STAGES_IN_USE, Declaration, DeclarationKind, Organisation, Stage
from registry.models.declaration import EXPIRES_AFTER

CANDIDATES_SHOWN = 50
SYSTEMS_A_PAGE = 50
ALWAYS_SHOWN = ("sharing", "own", "not_answered")


def page(tree: Tree, function: Node, systems: Selection, on: date) -> dict:
    """Everything on the page; `systems` selects the own systems that the reader asks for."""
    bodies = Organisation.objects.existing(on)
    said = Declaration.objects.current().filter(function=function.id, organisation__in=bodies)
    figures = answers(said, on) | silence(said, on)
    return {
        "function": function,
        "facts": facts(function),
        "breadcrumbs": breadcrumbs(tree.path(function.id), function),
        "children": below(tree, function, on),
        "figures": figures,
        "answers": answer_rows(figures),
        "candidates": candidates(function, on),
        "own": own_systems.disclosed(said.duplicates().fresh(on), figures) if figures["systems"] else None,
        "expired": figures["every_system"] - figures["systems"],
        "selection": systems,
        "systems": system_page(systems, on, figures["every_system"]),
        "today": on,
    }


def breadcrumbs(above: list[Node], function: Node) -> list[dict]:
    parents = [{"text": node.name, "href": reverse("catalogue:function", args=[node.slug])} for node in above]
    first = {"text": _("Functions"), "href": reverse("catalogue:function_list")}
    return [first, *parents, {"text": function.name}]


def facts(function: Node) -> list[dict]:
    settled = Evolution(function.evolution).label if function.evolution else ""
    return [
        {"key": _("Kind"), "value": FunctionKind(function.kind).label},
        {"key": _("How settled"), "value": formatting.stated(settled)},
        {"key": _("Codes in other lists"), "value": formatting.stated(", ".join(function.codes))},
    ]


def below(tree: Tree, function: Node, on: date) -> list[dict]:
    if function.id not in tree.children:
        return []
    return rows(tree, branches.counts(on), set(tree.nodes), function.id)


def answers(said: QuerySet, on: date) -> dict[str, Any]:
    """Who says what about one function, by count of bodies, and what their own systems cost, as far as disclosed.

    A body may both share a component and run a system of its own: it is in both figures, and answered once.
    """
    counted = Q(confirmed__gte=on - EXPIRES_AFTER)
    adoption, own = Q(kind=DeclarationKind.ADOPTION), Q(kind=DeclarationKind.DUPLICATE)
    priced = counted & own & Q(annual_cost__isnull=False)

    def bodies(rule: Q) -> Count:
        return Count("organisation", distinct=True, filter=rule)

    return said.aggregate(
        sharing=bodies(counted & adoption & Q(stage__in=STAGES_IN_USE)),
        planning=bodies(counted & adoption & Q(stage=Stage.PLANNED)),
        stopped=bodies(adoption & Q(stage=Stage.RETIRED)),
        own=bodies(counted & own),
        not_responsible=bodies(counted & Q(kind=DeclarationKind.NOT_RESPONSIBLE)),
        not_sure=bodies(counted & Q(kind=DeclarationKind.NOT_SURE)),
        systems=Count("pk", filter=counted & own),
        every_system=Count("pk", filter=own),
        exempt=Count("pk", filter=counted & own & Q(exempt_until__gte=on)),
        priced=Count("pk", filter=priced),
        stated=Sum("annual_cost", filter=priced),
        low=Min("annual_cost", filter=priced),
        high=Max("annual_cost", filter=priced),
        first_year=Min("price_fy", filter=priced & ~Q(price_fy="")),
        last_year=Max("price_fy", filter=priced & ~Q(price_fy="")),
        currency=Max(CURRENCY),
    )


def silence(said: QuerySet, on: date) -> dict[str, int]:
    """How many public bodies exist, and how many of them have not answered for the function."""
    answered = said.fresh(on).filter(organisation=OuterRef("pk"))
    return Organisation.objects.existing(on).aggregate(
        bodies=Count("pk"), not_answered=Count("pk", filter=~Exists(answered))
    )


def answer_rows(figures: dict[str, int]) -> list[dict]:
    """{key, value, href} for each answer. Those that matter on every page are shown at zero too."""
    found = [
        (_("Use a shared component"), "sharing", "#candidates"),
        (_("Plan to use one"), "planning", ""),
        (_("Stopped using one"), "stopped", ""),
        (_("Run a system of their own"), "own", "#own"),
        (_("Are not responsible"), "not_responsible", ""),
        (_("Are not sure"), "not_sure", ""),
        (_("Have not answered"), "not_answered", ""),
    ]
    return [
        {"key": key, "value": words.bodies(figures[name]), "href": href if figures[name] else ""}
        for key, name, href in found
        if figures[name] or name in ALWAYS_SHOWN
    ]


def candidates(function: Node, on: date) -> list[dict]:
    """The listed components that could do the work, the most used one first."""
    in_use = Declaration.objects.current().in_use().counting(on).filter(component=OuterRef("pk"), function=function.id)
    used_by = in_use.order_by().values("component").annotate(n=Count("organisation", distinct=True)).values("n")
    most_used = (
        Component.objects.listed()
        .filter(functions=function.id)
        .annotate(used_by=Coalesce(Subquery(used_by), 0), currency=CURRENCY)
        .order_by("-used_by", "name", "slug")[:CANDIDATES_SHOWN]
    )
    return [candidate(row) for row in most_used]


def candidate(component: Any) -> dict:
    """`component` carries `used_by`, the bodies that use it for the function, and the `currency` of its prices."""
    return {
        "name": component.name,
        "slug": component.slug,
        "lifecycle": component.lifecycle,
        "used_by": component.used_by,
        "price": formatting.money(component.price_per_transaction, component.currency),
        "fee": formatting.money(component.fixed_fee, component.currency),
        "open_licence": formatting.stated(component.open_licence),
        "open_standard": formatting.stated(component.open_standard),
    }


def system_page(systems: Selection, on: date, count: int) -> Page:
    systems.total = count  # known already: one query less
    page = systems.page(systems.asked.params.get("page"), SYSTEMS_A_PAGE)
    page.object_list = [system(row, on) for row in page]
    return page


def system(row: Row, on: date) -> dict:
    """One system that a body runs itself, with the words that stand below its name."""
    exempt = row["exempt_until"] and row["exempt_until"] >= on
    return {
        **row,
        "cost": formatting.money(row["annual_cost"], row["currency"]) if row["annual_cost"] is not None else "",
        "source": external(row["source_url"] or ""),
        "exempt_until": row["exempt_until"] if exempt else None,
    }

"""One component's page: what it is, who looks after it, who uses it, what it needs."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import Component, Function, Lifecycle, Relation, RelationKind
from catalogue.presenters import usage
from catalogue.presenters.links import external
from commons import formatting
from registry.listings.declarations import CURRENCY
from registry.models import Stewardship

LEAD = 280
# What a relation is called, read from this component and read from the other one.
FROM_HERE = {
    RelationKind.REQUIRES: "Needs",
    RelationKind.BASED_ON: "Is based on",
    RelationKind.WORKS_WITH: "Works with",
    RelationKind.ALTERNATIVE_TO: "Alternatives",
    RelationKind.REPLACES: "Replaces",
    RelationKind.CONFLICTS_WITH: "Does not work with",
}
FROM_THERE = {
    **FROM_HERE,
    RelationKind.REQUIRES: "Needed by",
    RelationKind.BASED_ON: "Is the basis of",
    RelationKind.REPLACES: "Replaced by",
}
ORDER = list(dict.fromkeys([*FROM_HERE.values(), *FROM_THERE.values()]))
ENDING = (Lifecycle.DEPRECATED, Lifecycle.RETIRED)


def found(slug: str) -> Component:
    """The listed component with what its page needs beside it, read in one question: `served` are functions as
    {slug, name}, `offered_to` as below. Raises Http404."""
    served = Function.objects.filter(components=OuterRef("pk")).order_by("name", "slug")
    listed = Component.objects.listed().select_related("successor")
    return get_object_or_404(
        listed.annotate(
            currency=CURRENCY,
            offered_to=usage.OFFERED_TO,
            served=ArraySubquery(served.values(object=JSONObject(slug="slug", name="name"))),
        ),
        slug=slug,
    )


def page(component: Component, on: date) -> dict:
    """`component` is as `found` gives it."""
    lead, rest = leading(component.summary)
    described = component.description.strip()
    return {
        "component": component,
        "lead": lead,
        "about": described.removeprefix(component.summary.strip()).strip() if described else rest,
        "ending": ending(component),
        "functions": component.served,
        "facts": facts(component),
        "stewards": stewards(component),
        "usage": usage.of(component, on),
        "relations": relations(component),
        "history": usage.history(component),
        "today": on,
        "breadcrumbs": [
            {"text": _("Components"), "href": reverse("catalogue:component_list")},
            {"text": component.name},
        ],
    }


def leading(summary: str) -> tuple[str, str]:
    """(the first sentences, the Markdown that follows them; where they are cut short, all of it)."""
    text = summary.strip()
    first = text.split("\n", 1)[0].strip()
    if len(first) > LEAD or first.endswith(":"):
        sentences = whole_sentences(first[:LEAD])
        if not sentences:
            return (first if len(first) <= LEAD else f"{first[:LEAD].rsplit(' ', 1)[0]}…"), text
        first = sentences
    return first, text.removeprefix(first).strip()


def whole_sentences(text: str) -> str:
    end = max(text.rfind(stop) for stop in (". ", "? ", "! "))
    return text[: end + 1]


def ending(component: Component) -> dict | None:
    """Said of a component that should not be taken up any more, with the one to take instead."""
    if component.lifecycle not in ENDING:
        return None
    successor = component.successor
    shown = successor is not None and successor.lifecycle != Lifecycle.DRAFT
    return {"lifecycle": component.get_lifecycle_display(), "successor": successor if shown else None}


def facts(component: Component) -> list[dict]:
    """Rows of {key, value} or {key, links}; what nobody stated says so."""
    price, fee = component.price_per_transaction, component.fixed_fee
    available = [group["label"] for group in component.offered_to]
    return [
        {"key": _("Kind"), "value": component.get_kind_display()},
        {"key": _("Stage"), "value": formatting.stated(component.get_lifecycle_display())},
        {"key": _("Available to"), "value": ", ".join(available) or _("all public bodies")},
        {
            "key": _("Price of a transaction"),
            "value": formatting.money(price, component.currency),
        },
        {"key": _("Fixed fee a year"), "value": formatting.money(fee, component.currency)},
        {"key": _("Licence"), **address_or_text(component.licence)},
        {"key": _("Open licence"), "value": formatting.stated(component.open_licence)},
        {"key": _("Open standards"), "value": formatting.stated(component.open_standard)},
        {"key": _("Data can be taken out"), "value": formatting.stated(component.data_exportable)},
        {"key": _("Valid description file"), "value": formatting.stated(component.valid_metadata)},
        {"key": _("Homepage"), **address_or_text(component.url)},
        {"key": _("Source code"), **address_or_text(component.repository)},
        {"key": _("Documentation"), **address_or_text(component.documentation)},
    ]


def address_or_text(text: str) -> dict:
    link = external(text)
    return {"link": link} if link["href"] else {"value": formatting.stated(link["text"])}


def stewards(component: Component) -> list[dict]:
    held = Stewardship.objects.current().filter(component=component).select_related("organisation")
    rows = sorted(held, key=lambda one: (-one.share, one.organisation.name))
    return [
        {
            "name": one.organisation.name,
            "slug": one.organisation.slug,
            "share": formatting.percent(one.share) if one.share < 1 else "",
        }
        for one in rows
    ]


def relations(component: Component) -> list[dict]:
    """Groups of {heading, components} in the order of how much they matter to somebody who wants to use it."""
    either = Relation.objects.filter(Q(component=component) | Q(other=component))
    listed = either.exclude(component__lifecycle=Lifecycle.DRAFT).exclude(other__lifecycle=Lifecycle.DRAFT)
    groups: dict[str, dict[str, Component]] = {}
    for relation in listed.select_related("component", "other"):
        here = relation.component_id == component.pk
        heading = (FROM_HERE if here else FROM_THERE)[relation.relation]
        other = relation.other if here else relation.component
        groups.setdefault(heading, {})[other.slug] = other
    return [
        {
            "heading": heading,
            "components": [
                {
                    "name": other.name,
                    "slug": other.slug,
                    "lifecycle": other.lifecycle,
                    "ending": other.lifecycle in ENDING,
                }
                for other in sorted(groups[heading].values(), key=lambda other: (other.name, other.slug))
            ],
        }
        for heading in ORDER
        if heading in groups
    ]

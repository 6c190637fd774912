"""How a component fits: what it offers to programs, what it needs, where it ends, and who does not use it and why."""

from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from catalogue.dependencies.graph import MOST_DRAWN, NEEDS
from catalogue.models import Component, Lifecycle, RelationKind
from catalogue.presenters import words
from catalogue.presenters.links import external
from catalogue.presenters.offer import profile_of
from commons.formatting import stated
from registry.models import Declaration, DeclarationKind
from registry.models.declaration import DUPLICATE, STOPPED

REASONS_SHOWN, NAMES_SHOWN = 10, 3
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


def of(component: Component, on: date) -> dict:
    """`component` is as `component_rows.described` gives it. One query."""
    profile = profile_of(component)
    depending = {one["slug"] for one in component.related if one["relation"] in NEEDS}
    return {
        "operations": component.offered_operations,
        "more_operations": component.operations_count - len(component.offered_operations),
        "columns": component.offered_columns,
        "more_columns": component.columns_count - len(component.offered_columns),
        "api_description": external(profile.api_description_url),
        "standards": [{**one, "link": external(one["address"])} for one in component.followed],
        "open_standard": stated(component.open_standard),
        "relations": relations(component),
        "has_dependencies": bool(depending),
        "has_picture": 0 < len(depending) < MOST_DRAWN,
        "limits": profile.limits,
        "reasons": reasons(component, on),
    }


def relations(component: Component) -> list[dict]:
    """Groups of {heading, components} in the order of how much they matter to somebody who wants to use it."""
    groups: dict[str, dict[str, dict]] = {}
    for one in component.related:
        heading = (FROM_HERE if one["here"] else FROM_THERE)[one["relation"]]
        groups.setdefault(heading, {})[one["slug"]] = one
    return [
        {
            "heading": heading,
            "components": [
                {**other, "ending": other["lifecycle"] in (Lifecycle.DEPRECATED, Lifecycle.RETIRED)}
                for other in sorted(groups[heading].values(), key=lambda other: (other["name"], other["slug"]))
            ],
        }
        for heading in ORDER
        if heading in groups
    ]


def reasons(component: Component, on: date) -> dict[str, list[dict]]:
    """Why bodies stopped using it, and why bodies run a system of their own for what it does: {reason, bodies, names}.

    The second is said of shared components as a whole, by bodies that it is available to.
    """
    own = DUPLICATE & Q(function__in=component.functions.values("pk"))
    if component.offered_to:
        own &= Q(organisation__peer_group__in=[group["id"] for group in component.offered_to])
    told = Declaration.objects.current().fresh(on).exclude(reason="")
    rows = (
        told.filter((STOPPED & Q(component=component)) | own)
        .order_by()
        .values("kind", "reason")
        .annotate(
            bodies=Count("organisation", distinct=True),
            names=ArrayAgg("organisation__name", distinct=True, order_by="organisation__name"),
        )
        .order_by("-bodies", "reason")
    )
    found: dict[str, list[dict]] = {"stopped": [], "own": []}
    for row in rows:
        found["stopped" if row["kind"] == DeclarationKind.ADOPTION else "own"].append(in_words(row))
    return {kind: listed[:REASONS_SHOWN] for kind, listed in found.items()}


def in_words(row: dict) -> dict:
    more = len(row["names"]) - NAMES_SHOWN
    names = ", ".join(row["names"][:NAMES_SHOWN])
    said = _("%(names)s and %(more)s more") % {"names": names, "more": words.number(more)} if more > 0 else names
    return {"reason": row["reason"], "names": said}

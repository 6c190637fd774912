"""The page of what a component needs and what needs it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.dependencies.drawing import picture
from catalogue.dependencies.graph import DEPTHS, MOST_DRAWN, Breaks, Graph, Node, around, breaks
from catalogue.models import Component, RelationKind
from catalogue.presenters import words
from catalogue.presenters.trail import trail
from commons.formatting import number
from commons.listing import Column

COLUMNS = (
    Column("slug", "Component code"),
    Column("name", "Component"),
    Column("direction", "How it stands to the component: needed, or needs it"),
    Column("steps", "Steps away", kind="number"),
    Column("through", "Next to it on the way", kind="list"),
    Column("lifecycle", "Stage"),
    Column("used_by", "Bodies that use it", kind="number"),
)


def page(component: Component, depth: int, on: date) -> dict[str, Any]:
    graph = around(component.pk, depth, on)
    broken = breaks(component.pk, on)
    return {
        "component": component,
        "depth": depth,
        "depths": DEPTHS,
        "title": title(component, graph),
        "overview": overview(component, graph),
        "picture": drawn(component, graph) if graph.drawable and len(graph.nodes) > 1 else "",
        "most": MOST_DRAWN,
        "full": graph.full,
        "needed": [row(graph, node) for node in graph.nodes if node.layer > 0],
        "needing": [row(graph, node) for node in graph.nodes if node.layer < 0],
        "breaks": [breaking(node) for node in broken.nodes],
        "breaks_words": breaks_words(component, broken),
        "breadcrumbs": trail(component, _("Dependencies")),
    }


def drawn(component: Component, graph: Graph) -> str:
    svg = picture(graph, id="dependencies", title=title(component, graph), overview=overview(component, graph))
    return mark_safe(svg)  # drawing escapes every text that it writes


def counts(graph: Graph) -> tuple[int, int]:
    return sum(node.layer > 0 for node in graph.nodes), sum(node.layer < 0 for node in graph.nodes)


def title(component: Component, graph: Graph) -> str:
    needed, needing = counts(graph)
    return _("%(name)s needs %(needed)s and is needed by %(needing)s") % {
        "name": component.name,
        "needed": number(needed),
        "needing": number(needing),
    }


def overview(component: Component, graph: Graph) -> str:
    def named(direction: int) -> str:
        nearest = [node.name for node in graph.nodes if node.layer == direction]
        return ", ".join(nearest[:10]) or _("nothing that is recorded")

    return _("Right beside it, %(name)s needs %(needed)s; it is needed by %(needing)s.") % {
        "name": component.name,
        "needed": named(1),
        "needing": named(-1),
    }


def row(graph: Graph, node: Node) -> dict[str, Any]:
    return {
        "slug": node.slug,
        "name": node.name,
        "lifecycle": node.lifecycle,
        "steps": abs(node.layer),
        "how": how(graph, node),
        "bodies": words.bodies(node.bodies),
    }


def how(graph: Graph, node: Node) -> str:
    """“needed by Formquern”, “is based on the form”: each tie one step nearer to the component."""
    names = {each.id: each for each in graph.nodes}
    said = []
    for one, other, relation in graph.edges:
        based = relation == RelationKind.BASED_ON
        if node.layer > 0 and other == node.id and names[one].layer == node.layer - 1:
            said.append((_("basis of %s") if based else _("needed by %s")) % names[one].name)
        if node.layer < 0 and one == node.id and names[other].layer == node.layer + 1:
            said.append((_("based on %s") if based else _("needs %s")) % names[other].name)
    return "; ".join(said)


def breaking(node: Node) -> dict[str, Any]:
    return {"slug": node.slug, "name": node.name, "lifecycle": node.lifecycle, "bodies": words.bodies(node.bodies)}


def breaks_words(component: Component, broken: Breaks) -> str:
    if not broken.nodes:
        return _("No component is recorded to need %(name)s. %(bodies)s.") % {
            "name": component.name,
            "bodies": words.used_by(broken.direct).capitalize(),
        }
    said = ngettext(
        "%(components)s cannot run without %(name)s. Counting those that use it itself, %(bodies)s would be affected.",
        "%(components)s cannot run without %(name)s, at first or second hand. "
        "Counting those that use it itself, %(bodies)s would be affected.",
        len(broken.nodes),
    )
    return said % {
        "components": words.components(len(broken.nodes)).capitalize(),
        "name": component.name,
        "bodies": words.bodies(broken.bodies),
    }


def file_rows(graph: Graph) -> Iterable[dict[str, Any]]:
    names = {node.id: node for node in graph.nodes}
    for node in graph.nodes:
        if node.layer:
            step = 1 if node.layer > 0 else -1
            beside = [
                names[one if step > 0 else other].slug
                for one, other, _relation in graph.edges
                if (other if step > 0 else one) == node.id
                and names[one if step > 0 else other].layer == node.layer - step
            ]
            yield {
                "slug": node.slug,
                "name": node.name,
                "direction": "needed" if step > 0 else "needs it",
                "steps": abs(node.layer),
                "through": sorted(set(beside)),
                "lifecycle": node.lifecycle or None,
                "used_by": node.bodies,
            }

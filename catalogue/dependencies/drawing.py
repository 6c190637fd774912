"""The picture: layers from left to right, what needs the component, the component, what it needs. A graph in, SVG out.

Layers are distances from the component, which the walk has counted already: no library of graphs is needed for that.
"""

from collections import defaultdict
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from catalogue.dependencies.graph import Graph, Node
from catalogue.models import RelationKind

BOX, HIGH, GAP, ROW, EDGE = 170, 48, 50, 62, 4
LINE, LONGEST_LINE, LINES = 17, 20, 2
BLUE, INK, GREY, PAPER = "#12436D", "#0b0c0c", "#505a5f", "#ffffff"
FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"
PASSES = 4

Places = dict[int, tuple[float, float]]


def picture(graph: Graph, *, id: str, title: str, overview: str) -> str:
    """SVG with its title and description, which a screen reader reads in its place."""
    places = placed(graph)
    width = max(x for x, _ in places.values()) + BOX + EDGE
    height = max(y for _, y in places.values()) + HIGH + EDGE
    edges = "".join(edge(places[one], places[other], relation, id) for one, other, relation in graph.edges)
    boxes = "".join(box(node, places[node.id], node.id == graph.root) for node in graph.nodes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-labelledby="{id}-title {id}-desc" font-family={quoteattr(FONT)} '
        f'font-size="14"><title id="{id}-title">{escape(tidy(title))}</title>'
        f'<desc id="{id}-desc">{escape(tidy(overview))}</desc>{arrow(id)}{edges}{boxes}</svg>'
    )


def placed(graph: Graph) -> Places:
    """The left upper corner of each node. In a layer a node stands near the middle of those that it is tied to."""
    layers: dict[int, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        layers[node.layer].append(node)
    tied: dict[int, list[int]] = defaultdict(list)
    for one, other, _ in graph.edges:
        tied[one].append(other)
        tied[other].append(one)
    ranks: dict[int, float] = {node.id: rank for nodes in layers.values() for rank, node in enumerate(nodes)}
    for _ in range(PASSES):
        for layer in sorted(layers, key=abs):
            layers[layer].sort(key=lambda node: (middle(node, tied, ranks), node.name))
            ranks |= {node.id: rank - len(layers[layer]) / 2 for rank, node in enumerate(layers[layer])}
    first, tallest = min(layers), max(map(len, layers.values()))
    return {
        node.id: (
            EDGE + (layer - first) * (BOX + GAP),
            EDGE + (tallest - len(nodes)) * ROW / 2 + rank * ROW,
        )
        for layer, nodes in layers.items()
        for rank, node in enumerate(nodes)
    }


def middle(node: Node, tied: dict[int, list[int]], ranks: dict[int, float]) -> float:
    others = tied[node.id]
    return sum(ranks[other] for other in others) / len(others) if others else ranks[node.id]


def arrow(id: str) -> str:
    return (
        f'<defs><marker id="{id}-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        f'orient="auto"><path d="M0 0 10 5 0 10z" fill="{GREY}"/></marker></defs>'
    )


def edge(one: tuple[float, float], other: tuple[float, float], relation: str, id: str) -> str:
    """From the right side of what needs to the left side of what is needed; broken where it is only based on it."""
    x1, y1, x2, y2 = one[0] + BOX, one[1] + HIGH / 2, other[0], other[1] + HIGH / 2
    bend = max(GAP / 2, (x1 - x2) / 2)
    dashes = ' stroke-dasharray="6 4"' if relation == RelationKind.BASED_ON else ""
    return (
        f'<path d="M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}" fill="none" '
        f'stroke="{GREY}" stroke-width="2"{dashes} marker-end="url(#{id}-arrow)"/>'
    )


def box(node: Node, at: tuple[float, float], own: bool) -> str:
    x, y = at
    fill, ink = (BLUE, PAPER) if own else (PAPER, INK)
    lines = shortened(node.name)
    top = y + HIGH / 2 + 5 - (len(lines) - 1) * LINE / 2
    texts = "".join(
        f'<text x="{x + BOX / 2:g}" y="{top + number * LINE:g}" text-anchor="middle" fill="{ink}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{BOX}" height="{HIGH}" rx="3" fill="{fill}" stroke="{BLUE}" '
        f'stroke-width="2"/>{texts}'
    )


def shortened(name: str) -> list[str]:
    lines = wrap(tidy(name), LONGEST_LINE) or ["?"]
    if len(lines) <= LINES:
        return lines
    return [*lines[: LINES - 1], f"{lines[LINES - 1][: LONGEST_LINE - 1]}…"]


def tidy(text: str) -> str:
    """XML has no place for control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text)

"""The function tree, read whole: a few hundred rows, so that one query answers for parents, children and branches."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from catalogue.models import Function
from catalogue.presenters import words
from commons.listing import QuerySelection
from registry import branches
from registry.branches import BranchCounts


class Node(NamedTuple):
    id: int
    parent: int | None
    slug: str
    name: str
    kind: str
    evolution: str
    codes: list[str]


@dataclass(frozen=True)
class Tree:
    """`children` lists the nodes below an id, in the order of names; those below None are the roots."""

    nodes: dict[int, Node]
    children: dict[int | None, list[Node]]

    @classmethod
    def read(cls) -> "Tree":
        rows = Function.objects.values_list("id", "parent_id", "slug", "name", "kind", "evolution", "codes")
        nodes = {row[0]: Node(*row) for row in rows}
        children: dict[int | None, list[Node]] = {}
        for node in nodes.values():
            children.setdefault(node.parent, []).append(node)
        return cls(nodes, children)

    def named(self, slug: str) -> Node | None:
        return next((node for node in self.nodes.values() if node.slug == slug), None)

    def path(self, id: int) -> list[Node]:
        """The nodes above `id`, from the root down."""
        above, parent = [], self.nodes[id].parent
        while parent is not None:
            above.append(self.nodes[parent])
            parent = self.nodes[parent].parent
        return above[::-1]

    def with_those_above(self, ids: set[int]) -> set[int]:
        return ids | {above.id for id in ids for above in self.path(id)}


def tree_page(selection: QuerySelection, on: date) -> dict:
    """The functions that are asked for, each below those above it."""
    tree = Tree.read()
    found = set(selection.queryset().values_list("pk", flat=True))
    return {
        "search": selection.asked.value("q") or "",
        "heading": words.functions(len(found)),
        "rows": rows(tree, branches.counts(on), tree.with_those_above(found)),
        "selection": selection,
    }


def rows(tree: Tree, counts: dict[int, BranchCounts], shown: set[int], below: int | None = None) -> list[dict]:
    """The nested rows below a node: name, slug, what its branch counts in words, and the rows below it."""
    return [
        {
            "name": node.name,
            "slug": node.slug,
            "counts": in_words(counts.get(node.id, BranchCounts())),
            "children": rows(tree, counts, shown, node.id),
        }
        for node in tree.children.get(below, ())
        if node.id in shown
    ]


def in_words(counts: BranchCounts) -> list[str]:
    """“3 components”, “used by 594 public bodies”, “349 separate systems”; nothing for what is not there."""
    return [
        *([words.components(counts.components)] if counts.components else []),
        *([words.used_by(counts.sharing)] if counts.sharing else []),
        *([words.own_systems(counts.systems)] if counts.systems else []),
    ]

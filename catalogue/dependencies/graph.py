"""Walking from a component to what it needs and to what needs it. Drafts are not there; circles end."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from catalogue.models import Lifecycle, RelationKind
from registry.models.declaration import EXPIRES_AFTER, STAGES_IN_USE

DEPTHS = (1, 2, 3)
MOST_DRAWN = 30
MOST_LISTED = 500
NEEDS = (RelationKind.REQUIRES.value, RelationKind.BASED_ON.value)

# Pairs of component and depth are each met once, so that a circle ends where the depth does.
NEIGHBOURS = """
    WITH RECURSIVE needed (id, depth) AS (
        SELECT %(root)s::bigint, 0
        UNION
        SELECT tie.other_id, depth + 1 FROM needed
        JOIN catalogue_relation tie ON tie.component_id = needed.id AND tie.relation = ANY(%(needs)s)
        JOIN catalogue_component other ON other.id = tie.other_id AND other.lifecycle <> %(draft)s
        WHERE depth < %(depth)s
    ),
    needing (id, depth) AS (
        SELECT %(root)s::bigint, 0
        UNION
        SELECT tie.component_id, depth + 1 FROM needing
        JOIN catalogue_relation tie ON tie.other_id = needing.id AND tie.relation = ANY(%(needs)s)
        JOIN catalogue_component other ON other.id = tie.component_id AND other.lifecycle <> %(draft)s
        WHERE depth < %(depth)s
    ),
    met (id, layer) AS (SELECT id, depth FROM needed UNION ALL SELECT id, -depth FROM needing),
    nearest AS (
        SELECT DISTINCT ON (id) id, layer FROM met ORDER BY id, abs(layer), layer DESC
    )
    SELECT nearest.id, component.slug, component.name, component.lifecycle, nearest.layer,
           (SELECT count(DISTINCT organisation_id)
            FROM registry_declaration JOIN registry_organisation body ON body.id = organisation_id
            WHERE component_id = nearest.id AND superseded_in_id IS NULL AND stage = ANY(%(in_use)s)
              AND confirmed >= %(since)s
              AND coalesce(body.start <= %(today)s, true) AND coalesce(body."end" > %(today)s, true))
    FROM nearest JOIN catalogue_component component ON component.id = nearest.id
    ORDER BY abs(layer), layer DESC, component.name, component.slug LIMIT %(most)s
"""
TIES = """
    SELECT component_id, other_id, relation FROM catalogue_relation
    WHERE component_id = ANY(%(ids)s) AND other_id = ANY(%(ids)s) AND relation = ANY(%(needs)s)
    ORDER BY component_id, other_id, relation
"""
# All that requires it, however far away. UNION leaves out what was met.
BREAKS = """
    WITH RECURSIVE broken (id) AS (
        SELECT %(root)s::bigint
        UNION
        SELECT tie.component_id FROM broken
        JOIN catalogue_relation tie ON tie.other_id = broken.id AND tie.relation = 'requires'
        JOIN catalogue_component other ON other.id = tie.component_id AND other.lifecycle <> %(draft)s
    ),
    bounded AS (SELECT id FROM broken LIMIT %(most)s),
    adopters AS (
        SELECT DISTINCT component_id, organisation_id
        FROM registry_declaration JOIN registry_organisation body ON body.id = organisation_id
        WHERE component_id IN (SELECT id FROM bounded) AND superseded_in_id IS NULL AND stage = ANY(%(in_use)s)
          AND confirmed >= %(since)s
          AND coalesce(body.start <= %(today)s, true) AND coalesce(body."end" > %(today)s, true)
    )
    SELECT component.id, component.slug, component.name, component.lifecycle,
           (SELECT count(*) FROM adopters WHERE adopters.component_id = component.id),
           (SELECT count(DISTINCT organisation_id) FROM adopters)
    FROM bounded JOIN catalogue_component component USING (id)
    ORDER BY 5 DESC, component.name, component.slug
"""


@dataclass(frozen=True)
class Node:
    """`layer`: how many steps away, above 0 what is needed, below 0 what needs it. `bodies` use it today."""

    id: int
    slug: str
    name: str
    lifecycle: str
    layer: int
    bodies: int


@dataclass(frozen=True)
class Graph:
    """`edges` are (id, id of what it needs, relation) among the nodes. `full`: as many as are listed at most."""

    root: int
    nodes: tuple[Node, ...]
    edges: tuple[tuple[int, int, str], ...]

    @property
    def full(self) -> bool:
        return len(self.nodes) >= MOST_LISTED

    @property
    def drawable(self) -> bool:
        return len(self.nodes) <= MOST_DRAWN


@dataclass(frozen=True)
class Breaks:
    """What cannot run without the component. `bodies` use it or one of them; `direct` use it itself."""

    nodes: tuple[Node, ...]
    bodies: int
    direct: int


def asked(root: int, on: date, depth: int = 1) -> dict:
    return {
        "root": root,
        "depth": depth,
        "needs": list(NEEDS),
        "draft": Lifecycle.DRAFT.value,
        "in_use": [stage.value for stage in STAGES_IN_USE],
        "since": on - EXPIRES_AFTER,
        "today": on,
        "most": MOST_LISTED,
    }


def around(root: int, depth: int, on: date) -> Graph:
    values = asked(root, on, depth)
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, values)
        nodes = tuple(Node(*row) for row in cursor.fetchall())
        cursor.execute(TIES, values | {"ids": [node.id for node in nodes]})
        return Graph(root, nodes, tuple(cursor.fetchall()))


def breaks(root: int, on: date) -> Breaks:
    with connection.cursor() as cursor:
        cursor.execute(BREAKS, asked(root, on))
        rows = cursor.fetchall()
    direct = next((row[4] for row in rows if row[0] == root), 0)
    nodes = tuple(Node(*row[:4], layer=-1, bodies=row[4]) for row in rows if row[0] != root)
    return Breaks(nodes, rows[0][5] if rows else 0, direct)

"""What the database knows of a question: which components have its words, its operations, its columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import batched

from django.db import connection
from numpy.typing import NDArray

from catalogue.interfaces import ColumnKey, PathKey, key_of
from catalogue.models import Component
from catalogue.search.arrays import as_array, unpacked
from catalogue.similar.facts import Fields, Overlap

ROWS = 60_000  # entries that all words together may name: a common word is cut, it tells little
OFTEN = 2_000  # components: an operation or a column that more have leads to none of them

# As in `search.matching`: the planner does not see what reading wide columns costs.
HAVING = """
    SET LOCAL enable_seqscan = off;
    SELECT place, string_agg(int8send(component_id), '')
    FROM unnest(%s::text[]) WITH ORDINALITY asked (lexeme, place)
    CROSS JOIN LATERAL (
        SELECT component_id FROM catalogue_searchentry
        WHERE search @@ quote_literal(asked.lexeme)::tsquery LIMIT %s
    ) found
    GROUP BY place
"""
# Each lexeme with the letters of the fields that have it.
FIELDS = """
    SELECT component_id, length(ts_filter(search, '{a}')),
           (SELECT string_agg(lexeme || ' ' || array_to_string(weights, ''), ' ')
            FROM unnest(ts_filter(search, '{a,b,c}')) WHERE lexeme = ANY(%(lexemes)s))
    FROM catalogue_searchentry WHERE component_id = ANY(%(components)s::bigint[])
"""
NAMED = "SELECT component_id FROM catalogue_searchentry WHERE sort_name = search_fold(%s)"
SERVING = "SELECT component_id, function_id FROM catalogue_component_functions WHERE component_id = ANY(%s)"
SERVED_BY = """
    SELECT component_id FROM unnest(%s::bigint[]) asked (function)
    CROSS JOIN LATERAL (
        SELECT entry.component_id FROM catalogue_component_functions link
        JOIN catalogue_searchentry entry ON entry.component_id = link.component_id
        WHERE link.function_id = asked.function ORDER BY entry.score DESC LIMIT %s
    ) found
"""
# What few offer leads to those that share most. What is common leads to nobody, and counts where one was found.
SHARING = """
    WITH asked AS MATERIALIZED (SELECT DISTINCT {asked}, {part} AS part FROM {said}),
    likely AS (
        SELECT component_id FROM asked CROSS JOIN LATERAL (
            SELECT array_agg(component_id) AS components FROM (
                SELECT component_id FROM {table} WHERE {same} LIMIT %(often)s + 1
            ) first
        ) found CROSS JOIN LATERAL unnest(components) component_id
        WHERE cardinality(components) <= %(often)s
        GROUP BY component_id ORDER BY count(*) DESC, component_id LIMIT 200
    )
    SELECT component_id, count(DISTINCT asked.part), (SELECT count(*) FROM asked), count(DISTINCT offered.part)
    FROM (SELECT component_id, {part} AS part FROM likely JOIN {table} USING (component_id)) offered
    LEFT JOIN asked USING (part) GROUP BY component_id
"""
OPERATIONS = SHARING.format(
    asked=f"method, {key_of(PathKey, 'path')} AS key",
    part=f"method || ' ' || {key_of(PathKey, 'path')}",
    same=f"{key_of(PathKey, 'path')} = asked.key AND catalogue_operation.method = asked.method",
    said="unnest(%(methods)s::text[], %(paths)s::text[]) said (method, path)",
    table="catalogue_operation",
)
COLUMNS = SHARING.format(
    asked=f"{key_of(ColumnKey, 'name')} AS key",
    part=key_of(ColumnKey, "name"),
    same=f"{key_of(ColumnKey, 'name')} = asked.key",
    said="unnest(%(names)s::text[]) said (name)",
    table="catalogue_column",
)


def having(lexemes: Sequence[str]) -> list[NDArray]:
    """For each lexeme the components whose entries have it; of a common one, some of them."""
    if not lexemes:
        return []
    with connection.cursor() as cursor:
        cursor.execute(HAVING, [list(lexemes), ROWS // len(lexemes)])
        cursor.nextset()
        found = dict(cursor.fetchall())
    return [unpacked(found.get(place), ">i8") for place in range(1, len(lexemes) + 1)]


def fields(components: Sequence[int], lexemes: Sequence[str]) -> dict[int, Fields]:
    """Where in their entries these components have the lexemes. A draft has no entry, so it is left out."""
    with connection.cursor() as cursor:
        cursor.execute(FIELDS, {"components": as_array(components), "lexemes": list(lexemes)})
        return {component: fields_of(names, (told or "").split()) for component, names, told in cursor.fetchall()}


def fields_of(names: int, told: list[str]) -> Fields:
    places = dict(batched(told, 2))
    return Fields(names, *(frozenset(lexeme for lexeme in places if field in places[lexeme]) for field in "ABC"))


def named(name: str) -> list[int]:
    """Listed components that are called just so."""
    return numbers(NAMED, [name]) if name else []


def at_repository(address: str) -> list[int]:
    """Components whose source code is, or was, there."""
    return list(Component.objects.at_repository(address).values_list("pk", flat=True)) if address else []


def served_by(functions: Sequence[int], most: int) -> list[int]:
    """The components most in use that are made for each of these functions."""
    return numbers(SERVED_BY, [list(functions), most]) if functions else []


def serving(components: Sequence[int]) -> dict[int, set[int]]:
    """The functions that each component is made for."""
    with connection.cursor() as cursor:
        cursor.execute(SERVING, [list(components)])
        found: dict[int, set[int]] = {}
        for component, function in cursor.fetchall():
            found.setdefault(component, set()).add(function)
    return found


def operations(asked: Sequence[tuple[str, str]]) -> dict[int, Overlap]:
    """By component, of (method, path)."""
    methods, paths = [method for method, _ in asked], [path for _, path in asked]
    return overlaps(OPERATIONS, methods=methods, paths=paths) if asked else {}


def columns(asked: Sequence[str]) -> dict[int, Overlap]:
    return overlaps(COLUMNS, names=list(asked)) if asked else {}


def overlaps(sql: str, **said: list[str]) -> dict[int, Overlap]:
    with connection.cursor() as cursor:
        cursor.execute(sql, said | {"often": OFTEN})
        return {component: Overlap(*numbers) for component, *numbers in cursor.fetchall()}


def numbers(sql: str, params: list) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [number for (number,) in cursor.fetchall()]

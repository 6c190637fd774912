"""What the database knows of pairs: listed components that share a place, an interface or a name. All at once.

Drafts have no part in it, nor what has ended. What many share tells nothing, so that every question is bounded: a
repository of many components, an operation of a standard, a name that everybody gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from catalogue.addresses import RepositoryKey
from catalogue.interfaces import ColumnKey, PathKey, key_of
from catalogue.models import Lifecycle
from catalogue.search.arrays import as_array
from catalogue.similar.facts import Overlap

type Two = tuple[int, int]
"""Ids of two components, the lower first."""

MANY = 10  # components that share a repository or a name: then it is not what tells one of them
STANDARD = 30  # components that have an operation or a column: then it is a standard's
OF_A_FUNCTION = 500  # components, whose names are compared with each other
LEAST_SHARED = 3  # operations or columns
LEAST_OVERLAP = 0.8  # of the one that has more
NEAR = 0.6  # pg_trgm's likeness of two names, from which they are nearly the same
MOST = 10_000  # pairs that their names alone speak for

LOOKED_AT = f"""
    looked_at AS MATERIALIZED (
        SELECT id, kind, repository, sort_name FROM catalogue_component
        JOIN catalogue_searchentry ON component_id = id
        WHERE lifecycle NOT IN ('{Lifecycle.DRAFT}', '{Lifecycle.RETIRED}')
    )
"""
SAME_REPOSITORY = f"""
    WITH {LOOKED_AT}, place AS (
        SELECT id, {key_of(RepositoryKey, "repository")} AS key FROM looked_at WHERE repository <> ''
        UNION
        SELECT looked_at.id, {key_of(RepositoryKey, "address")} FROM looked_at
        JOIN catalogue_repositoryalias ON component_id = looked_at.id
    ), few AS (SELECT array_agg(id) AS ids FROM place GROUP BY key HAVING count(*) BETWEEN 2 AND %(many)s)
    SELECT DISTINCT one, other FROM few, unnest(ids) one, unnest(ids) other WHERE one < other
"""
SAME_NAME = f"""
    WITH {LOOKED_AT}, few AS (
        SELECT array_agg(id) AS ids FROM looked_at GROUP BY replace(sort_name, ' ', '')
        HAVING count(*) BETWEEN 2 AND %(many)s
    )
    SELECT one, other FROM few, unnest(ids) one, unnest(ids) other WHERE one < other
    ORDER BY one, other LIMIT %(most)s
"""
NEARLY_SAME_NAME = f"""
    WITH {LOOKED_AT}, made_for AS MATERIALIZED (
        SELECT function_id AS function, looked_at.id, sort_name FROM looked_at
        JOIN catalogue_component_functions ON component_id = looked_at.id
    ), few AS (SELECT function FROM made_for GROUP BY function HAVING count(*) BETWEEN 2 AND %(of_a_function)s)
    SELECT one.id, other.id FROM few JOIN made_for one USING (function) JOIN made_for other USING (function)
    WHERE one.id < other.id AND one.sort_name <> other.sort_name
    AND similarity(one.sort_name, other.sort_name) >= %(near)s
    GROUP BY one.id, other.id, one.sort_name, other.sort_name
    ORDER BY similarity(one.sort_name, other.sort_name) DESC, one.id, other.id LIMIT %(most)s
"""
SHARING = """
    WITH {looked_at}, said AS MATERIALIZED (SELECT DISTINCT looked_at.id, {key} AS key FROM looked_at {join}),
    size AS (SELECT id, count(*) AS number FROM said GROUP BY id),
    few AS (SELECT key FROM said GROUP BY key HAVING count(*) BETWEEN 2 AND %(standard)s),
    shared AS (
        SELECT one.id AS one, other.id AS other, count(*) AS number
        FROM few JOIN said one USING (key) JOIN said other USING (key) WHERE one.id < other.id GROUP BY 1, 2
        HAVING count(*) >= %(least)s
    )
    SELECT one, other, shared.number, ours.number, theirs.number
    FROM shared JOIN size ours ON ours.id = one JOIN size theirs ON theirs.id = other
    WHERE shared.number >= %(overlap)s * greatest(ours.number, theirs.number)
"""
SAME_OPERATIONS = SHARING.format(
    looked_at=LOOKED_AT,
    key=f"method || ' ' || {key_of(PathKey, 'path')}",
    join="JOIN catalogue_operation ON component_id = looked_at.id",
)
SAME_COLUMNS = SHARING.format(
    looked_at=LOOKED_AT,
    key=key_of(ColumnKey, "name"),
    join="JOIN catalogue_column ON component_id = looked_at.id",
)
# Of the same kind, and nobody has said how the two stand to each other: who has knows them both.
UNSETTLED = """
    SELECT asked.one, asked.other, ARRAY(
        SELECT name FROM catalogue_function WHERE id IN (
            SELECT function_id FROM catalogue_component_functions WHERE component_id = asked.one
            INTERSECT SELECT function_id FROM catalogue_component_functions WHERE component_id = asked.other
        ) ORDER BY name
    )
    FROM unnest(%s::bigint[], %s::bigint[]) asked (one, other)
    JOIN catalogue_component ours ON ours.id = asked.one
    JOIN catalogue_component theirs ON theirs.id = asked.other
    WHERE ours.kind = theirs.kind
    AND ours.successor_id IS DISTINCT FROM theirs.id AND theirs.successor_id IS DISTINCT FROM ours.id
    AND NOT EXISTS (
        SELECT FROM catalogue_relation
        WHERE (component_id, other_id) IN ((asked.one, asked.other), (asked.other, asked.one))
    )
"""


def at_one_repository() -> set[Two]:
    """Pairs whose source code is, or was, at one address."""
    return {(one, other) for one, other in rows(SAME_REPOSITORY)}


def of_one_name() -> set[Two]:
    """Pairs that are called the same, in one word or in two."""
    return {(one, other) for one, other in rows(SAME_NAME)}


def of_near_names() -> set[Two]:
    """Pairs made for one function whose names are nearly the same, in whatever order their words."""
    return {(one, other) for one, other in rows(NEARLY_SAME_NAME)}


def sharing_operations() -> dict[Two, Overlap]:
    return {(one, other): Overlap(*counts) for one, other, *counts in rows(SAME_OPERATIONS)}


def sharing_columns() -> dict[Two, Overlap]:
    return {(one, other): Overlap(*counts) for one, other, *counts in rows(SAME_COLUMNS)}


def unsettled(pairs: Iterable[Two]) -> Mapping[Two, list[str]]:
    """Those of which nobody has said how the two stand to each other, with the functions that both are made for."""
    asked = sorted(pairs)
    with connection.cursor() as cursor:
        cursor.execute(UNSETTLED, [as_array([one for one, _ in asked]), as_array([other for _, other in asked])])
        return {(one, other): functions for one, other, functions in cursor.fetchall()}


def rows(sql: str) -> list[tuple]:
    bounds = {"many": MANY, "standard": STANDARD, "of_a_function": OF_A_FUNCTION, "near": NEAR, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(sql, bounds | {"least": LEAST_SHARED, "overlap": LEAST_OVERLAP})
        return cursor.fetchall()

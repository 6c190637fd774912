"""What is said about each branch of the function tree: a function together with everything below it."""

from datetime import date
from typing import NamedTuple

from django.db import connection

from catalogue.models import Lifecycle
from registry.models.declaration import EXPIRES_AFTER, STAGES_IN_USE, DeclarationKind

# A body or a component that stands at several functions of a branch counts once in it; each own system counts.
COUNTS = """
    WITH RECURSIVE branch (root, function) AS (
        SELECT id, id FROM catalogue_function
        UNION ALL
        SELECT branch.root, below.id FROM branch JOIN catalogue_function below ON below.parent_id = branch.function
    ),
    offered AS (
        SELECT branch.root, count(DISTINCT component.id) AS components
        FROM branch
        JOIN catalogue_component_functions serves ON serves.function_id = branch.function
        JOIN catalogue_component component ON component.id = serves.component_id AND component.lifecycle <> %(draft)s
        GROUP BY branch.root
    ),
    counted AS (
        SELECT function_id, organisation_id, kind = %(duplicate)s AS own, count(*) AS statements
        FROM registry_declaration JOIN registry_organisation body ON body.id = organisation_id
        WHERE superseded_in_id IS NULL AND confirmed >= %(since)s
          AND coalesce(body.start <= %(today)s, true) AND coalesce(body."end" > %(today)s, true)
          AND (kind = %(duplicate)s OR kind = %(adoption)s AND stage = ANY(%(in_use)s))
        GROUP BY 1, 2, 3
    ),
    said AS (
        SELECT branch.root,
               count(DISTINCT organisation_id) FILTER (WHERE NOT own) AS sharing,
               sum(statements) FILTER (WHERE own) AS systems
        FROM branch JOIN counted ON counted.function_id = branch.function
        GROUP BY branch.root
    )
    SELECT coalesce(offered.root, said.root), coalesce(components, 0), coalesce(sharing, 0),
           coalesce(systems, 0)::bigint
    FROM offered FULL JOIN said ON said.root = offered.root
"""


class BranchCounts(NamedTuple):
    """`components` that serve it, `sharing` bodies that use one of them, `systems` that bodies run themselves."""

    components: int = 0
    sharing: int = 0
    systems: int = 0


def counts(on: date) -> dict[int, BranchCounts]:
    """The counts of every branch about which anything is said, by the function's id; expired statements left out."""
    bounds = {
        "draft": Lifecycle.DRAFT.value,
        "duplicate": DeclarationKind.DUPLICATE.value,
        "adoption": DeclarationKind.ADOPTION.value,
        "in_use": [stage.value for stage in STAGES_IN_USE],
        "since": on - EXPIRES_AFTER,
        "today": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, bounds)
        return {root: BranchCounts(*figures) for root, *figures in cursor.fetchall()}

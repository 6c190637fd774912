"""For each function the shared component that most bodies use for it: what a body could use beside its own system."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db import connection

from catalogue.models import Lifecycle
from registry.models import STAGES_IN_USE, DeclarationKind, Organisation
from registry.models.declaration import EXPIRES_AFTER

NOT_OFFERED = (Lifecycle.DRAFT, Lifecycle.DEPRECATED, Lifecycle.RETIRED)
# A component made for a kind of body is also for the kinds below it.
BEST = """
    WITH RECURSIVE kinds (id, parent_id) AS (
        SELECT id, parent_id FROM catalogue_peergroup WHERE id = %(peer_group)s
        UNION
        SELECT above.id, above.parent_id FROM kinds JOIN catalogue_peergroup above ON above.id = kinds.parent_id
    ),
    used AS (
        SELECT function_id, component_id, count(DISTINCT organisation_id) AS bodies
        FROM registry_declaration JOIN registry_organisation body ON body.id = organisation_id
        WHERE superseded_in_id IS NULL AND kind = %(adoption)s AND stage = ANY(%(in_use)s) AND confirmed >= %(since)s
          AND function_id = ANY(%(functions)s)
          AND coalesce(body.start <= %(today)s, true) AND coalesce(body."end" > %(today)s, true)
        GROUP BY 1, 2
    )
    SELECT DISTINCT ON (serves.function_id) serves.function_id, component.slug, component.name, coalesce(bodies, 0)
    FROM catalogue_component_functions serves
    JOIN catalogue_component component ON component.id = serves.component_id
    LEFT JOIN used ON used.function_id = serves.function_id AND used.component_id = serves.component_id
    WHERE serves.function_id = ANY(%(functions)s) AND component.lifecycle <> ALL(%(not_offered)s)
      AND (%(anybody)s
        OR NOT EXISTS (SELECT 1 FROM catalogue_component_available_to WHERE component_id = component.id)
        OR EXISTS (
            SELECT 1 FROM catalogue_component_available_to made_for JOIN kinds ON kinds.id = made_for.peergroup_id
            WHERE made_for.component_id = component.id
        ))
    ORDER BY serves.function_id, coalesce(bodies, 0) DESC, component.name, component.slug
"""


class Candidate(NamedTuple):
    """`bodies` use it for the function today."""

    slug: str
    name: str
    bodies: int


def best(functions: Collection[int], on: date, body: Organisation | None = None) -> dict[int, Candidate]:
    """By function id. With a `body`, only what is available to bodies of its kind; none that is being withdrawn."""
    asked = {
        "functions": list(functions),
        "peer_group": body and body.peer_group_id,
        "anybody": body is None,
        "adoption": DeclarationKind.ADOPTION.value,
        "in_use": [stage.value for stage in STAGES_IN_USE],
        "since": on - EXPIRES_AFTER,
        "today": on,
        "not_offered": [stage.value for stage in NOT_OFFERED],
    }
    if not functions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(BEST, asked)
        return {function: Candidate(*found) for function, *found in cursor.fetchall()}

"""Which components could fill the slots of a blueprint, and who uses them for that."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db import connection

from catalogue.models import Lifecycle
from registry.models.declaration import EXPIRES_AFTER, STAGES_IN_USE

SHOWN = 8  # of a slot; whatever is chosen is shown besides

# What is retired is shown only where it is chosen: nobody can take it up any more.
# A body counts once at a slot, however many of its functions it uses the component for.
CANDIDATES = """
    WITH fitting AS (
        SELECT slot.id AS slot, component.id AS component, component.slug, component.name,
               component.lifecycle = %(retired)s AS retired
        FROM catalogue_step step
        JOIN catalogue_slot slot ON slot.step_id = step.id
        JOIN catalogue_slot_functions asked ON asked.slot_id = slot.id
        JOIN catalogue_component_functions serves ON serves.function_id = asked.function_id
        JOIN catalogue_component component ON component.id = serves.component_id
        WHERE step.blueprint_id = %(blueprint)s AND component.lifecycle <> %(draft)s
          AND (slot.kinds = '{}' OR component.kind = ANY(slot.kinds))
        GROUP BY 1, 2, 3, 4, 5
    ),
    used AS (
        SELECT fitting.slot, fitting.component, count(DISTINCT said.organisation_id) AS bodies,
               count(DISTINCT said.organisation_id) FILTER (WHERE body.peer_group_id = %(peer_group)s) AS alike
        FROM fitting
        JOIN catalogue_slot_functions asked ON asked.slot_id = fitting.slot
        JOIN registry_declaration said ON said.component_id = fitting.component
             AND said.function_id = asked.function_id AND said.superseded_in_id IS NULL
             AND said.stage = ANY(%(in_use)s) AND said.confirmed >= %(since)s
        JOIN registry_organisation body ON body.id = said.organisation_id
             AND coalesce(body.start <= %(today)s, true) AND coalesce(body."end" > %(today)s, true)
        GROUP BY 1, 2
    ),
    ranked AS (
        SELECT fitting.slot, fitting.component, fitting.slug, coalesce(used.bodies, 0) AS bodies,
               coalesce(used.alike, 0) AS alike, fitting.retired,
               count(*) FILTER (WHERE NOT fitting.retired) OVER (PARTITION BY fitting.slot) AS candidates,
               row_number() OVER (
                   PARTITION BY fitting.slot
                   ORDER BY fitting.retired, coalesce(used.bodies, 0) DESC, fitting.name, fitting.slug
               ) AS place
        FROM fitting LEFT JOIN used ON used.slot = fitting.slot AND used.component = fitting.component
    )
    SELECT slot, component, slug, bodies, alike, candidates FROM ranked
    WHERE place <= %(shown)s AND NOT retired OR slug = ANY(%(chosen)s) ORDER BY slot, place
"""


class Candidate(NamedTuple):
    """`bodies` use the component for a function of the slot, `alike` of them are of the asking body's kind."""

    component: int
    slug: str
    bodies: int
    alike: int


class Candidates(NamedTuple):
    """Of one slot: the most used ones, and how many there are in all."""

    shown: list[Candidate]
    count: int


NONE = Candidates([], 0)


def candidates(
    blueprint: int, on: date, *, chosen: Collection[str] = (), peer_group: int | None = None
) -> dict[int, Candidates]:
    """By the slot's id; a slot that nothing fits is not in it."""
    asked = {
        "blueprint": blueprint,
        "draft": Lifecycle.DRAFT.value,
        "retired": Lifecycle.RETIRED.value,
        "in_use": [stage.value for stage in STAGES_IN_USE],
        "since": on - EXPIRES_AFTER,
        "today": on,
        "peer_group": peer_group,
        "chosen": list(chosen),
        "shown": SHOWN,
    }
    found: dict[int, Candidates] = {}
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, asked)
        for slot, component, slug, bodies, alike, count in cursor.fetchall():
            found.setdefault(slot, Candidates([], count)).shown.append(Candidate(component, slug, bodies, alike))
    return found

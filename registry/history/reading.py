"""Which changes there are, the newest first, a keyset page at a time. One query."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from commons.listing.cursors import Place

if TYPE_CHECKING:
    from registry.history.scopes import Statements


PLACE = ("at", "event", "what", "key")
"""What changes are ordered by."""


class Change(NamedTuple):
    """One row of history. `event` is 0 where a field of the thing's own row changed: `what` is then its name.

    Of a statement `key` is its number, and `before` that of the one that stood in its place.
    """

    at: datetime
    event: int
    what: str
    key: int
    before: int | None = None
    was: str | None = None
    now: str | None = None

    @property
    def place(self) -> list:
        return [getattr(self, name) for name in PLACE]


SAID, ENDED, KEPT, KEPT_NO_MORE, STEP = "said", "ended", "looks_after", "no_longer_looks_after", "challenge"
# A statement stands in the place of another where the same act ended that one: of the same body, function and component
# or system.
CHANGES = """
    WITH said AS (
        SELECT declaration.*,
            CASE WHEN declaration.component_id IS NOT NULL THEN 'c' || declaration.component_id
                 WHEN declaration.kind = 'duplicate' THEN 's' || lower(declaration.system) ELSE '' END AS same
        FROM registry_declaration declaration
        LEFT JOIN catalogue_component component ON component.id = declaration.component_id
        WHERE {where} AND component.lifecycle IS DISTINCT FROM 'draft'
    ),
    kept AS (
        SELECT stewardship.* FROM registry_stewardship stewardship
        JOIN catalogue_component component ON component.id = stewardship.component_id
        WHERE ({kept}) AND component.lifecycle <> 'draft'
    ),
    acts AS (
        SELECT said.recorded_in_id AS event, 'said' AS what, said.id AS key, earlier.id AS before
        FROM said LEFT JOIN said earlier ON earlier.superseded_in_id = said.recorded_in_id AND earlier.same = said.same
            AND earlier.organisation_id = said.organisation_id AND earlier.function_id = said.function_id
        UNION ALL
        SELECT said.superseded_in_id, 'ended', said.id, NULL
        FROM said WHERE superseded_in_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM said later WHERE later.recorded_in_id = said.superseded_in_id AND later.same = said.same
            AND later.organisation_id = said.organisation_id AND later.function_id = said.function_id)
        UNION ALL
        SELECT recorded_in_id, 'looks_after', id, NULL FROM kept
        UNION ALL
        SELECT superseded_in_id, 'no_longer_looks_after', id, NULL
        FROM kept WHERE superseded_in_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM kept later WHERE later.recorded_in_id = kept.superseded_in_id
            AND later.component_id = kept.component_id AND later.organisation_id = kept.organisation_id)
        UNION ALL
        SELECT step.recorded_in_id, 'challenge', step.id, NULL
        FROM registry_challengestep step JOIN registry_challenge challenge ON challenge.id = step.challenge_id
        LEFT JOIN catalogue_component component ON component.id = challenge.component_id
        WHERE {challenged} AND component.lifecycle IS DISTINCT FROM 'draft'
    ),
    changes AS (
        SELECT event.at, acts.event, acts.what, acts.key, acts.before, NULL::text AS was, NULL::text AS now
        FROM acts JOIN registry_event event ON event.id = acts.event
        {fields}
    )
    SELECT * FROM changes WHERE {beside} ORDER BY at {way}, event {way}, what {way}, key {way} LIMIT %(limit)s
"""
# Each state before a change is kept with the moment of the change, so that what follows it is the next state.
FIELDS = """
        UNION ALL
        SELECT at, 0, what, place, NULL, was, now FROM (
            SELECT lag(until) OVER turn AS at, facts.what, coalesce(lag(place) OVER turn, 0) AS place,
                   lag(facts.value) OVER turn AS was, facts.value AS now, lag(drafted) OVER turn AS drafted
            FROM (
                SELECT pgh_created_at AS until, pgh_id AS place, {drafted} AS drafted, {columns}
                FROM {states} WHERE pgh_obj_id = %(own)s
                UNION ALL SELECT NULL, NULL, {drafted}, {columns} FROM {table} WHERE id = %(own)s
            ) states CROSS JOIN LATERAL (VALUES {values}) facts (what, value)
            WINDOW turn AS (PARTITION BY facts.what ORDER BY until NULLS LAST, place)
        ) turns WHERE at IS NOT NULL AND was IS DISTINCT FROM now AND (drafted <> 'draft' OR what = 'lifecycle')
"""


def read(scope: "Statements", place: Place | None, limit: int) -> list[Change]:
    backwards = place is not None and place.backwards
    params = {**scope.params, "own": scope.about.pk, "limit": limit}
    beside = "true"
    if place is not None:
        params |= dict(zip(PLACE, place.keys, strict=True))
        sign = ">" if backwards else "<"
        beside = f"(at, event, what, key) {sign} (%(at)s::timestamptz, %(event)s, %(what)s, %(key)s)"
    sql = CHANGES.format(
        where=scope.where,
        kept=scope.kept,
        challenged=scope.challenged,
        fields=fields_of(scope),
        beside=beside,
        way="ASC" if backwards else "DESC",
    )
    with connection.cursor() as asked:
        asked.execute(sql, params)
        return [Change(*row) for row in asked.fetchall()]


def fields_of(scope: "Statements") -> str:
    """Names of tables and columns are ours, never a reader's."""
    if not scope.facts:
        return ""
    quoted = [f'"{name}"' for name in scope.facts]
    return FIELDS.format(
        drafted=scope.drafted,
        columns=", ".join(f"{name}::text" for name in quoted),
        states=scope.states,
        table=scope.table,
        values=", ".join(f"('{name}', {quote})" for name, quote in zip(scope.facts, quoted, strict=True)),
    )

"""Adoptions that stopped soon after a published edition counted them: their credit does not stand (AG-13)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from public_value.evidence.basis import SETTLED_DAYS
from public_value.methodology import Parameters
from public_value.models import Edition, EditionState

# The day is the statement's `since` where that comes after the snapshot. Many leave there the day on which the use
# began; then, and where it is blank, it is the day on which the statement was recorded.
STOPPED = """
    SELECT line.declaration_id, score.organisation_id, organisation.slug, function.slug, component.slug, dated.day
    FROM registry_declaration stopped
    JOIN registry_event event ON event.id = stopped.recorded_in_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN stopped.since > %(snapshot)s THEN stopped.since
                    ELSE (event.at AT TIME ZONE %(zone)s)::date END AS day
    ) dated
    JOIN public_value_score score
        ON score.organisation_id = stopped.organisation_id AND score.edition_id = %(edition)s
    JOIN registry_organisation organisation ON organisation.id = score.organisation_id
    JOIN public_value_scoreline line
        ON line.score_id = score.id AND line.function_id = stopped.function_id AND line.kind = 'adoption'
       AND line.share >= %(de_minimis_share)s AND line.declaration_id < stopped.id
    JOIN registry_declaration credited
        ON credited.id = line.declaration_id AND credited.component_id = stopped.component_id
       AND credited.stage IN ('partial', 'live')
    JOIN catalogue_function function ON function.id = stopped.function_id
    JOIN catalogue_component component ON component.id = stopped.component_id
    WHERE stopped.superseded_in_id IS NULL AND stopped.kind = 'adoption' AND stopped.stage = 'retired'
      AND dated.day > %(snapshot)s AND dated.day <= %(snapshot)s + %(days)s
      AND score.existed
      AND (%(organisation)s::bigint IS NULL OR stopped.organisation_id = %(organisation)s)
    ORDER BY organisation.slug, function.slug, component.slug
"""


@dataclass(frozen=True)
class Voided:
    """An adoption whose credit does not stand. `declaration` is the statement that earned it; slugs name the rest."""

    declaration: int
    organisation_id: int
    organisation: str
    function: str
    component: str
    stopped_on: date


def voided(edition: Edition, organisation: int | None = None) -> list[Voided]:
    """Adoptions of listed bodies, or of one by its id, that earned credit in a published edition and stopped within 90
    days after its snapshot. None of an edition that is not published (computing it anew is enough) or superseded."""
    if edition.state != EditionState.PUBLISHED:
        return []
    bounds = {
        "edition": edition.pk,
        "snapshot": edition.snapshot_date,
        "days": SETTLED_DAYS,
        "zone": settings.TIME_ZONE,
        "de_minimis_share": Parameters.from_json(edition.parameters).de_minimis_share,
        "organisation": organisation,
    }
    with connection.cursor() as cursor:
        cursor.execute(STOPPED, bounds)
        return [Voided(*row) for row in cursor.fetchall()]

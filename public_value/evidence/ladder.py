"""The first rungs of the ladder: what ended systems cost before and what is shared costs now, and which moves began.

Fills two temporary tables for an edition whose facts are still in those that `gather` filled. `pv_realised`: one row
for each cell in which a system ended and a shared component runs; `unpriced` counts the systems whose price year has no
index, and `before` is NULL where none has one. `pv_begun`: the cells in which a body has stated that it plans, tries
or partly uses one.
"""

from datetime import date

from django.conf import settings
from django.db import connection

from public_value.evidence.basis import SETTLED_DAYS
from public_value.evidence.facts import BASE
from public_value.methodology import ADOPT, Parameters

COUNTED_YEARS = 3
"""A realised saving counts for so long; then what is shared is the new baseline (section 3, rule 4)."""

# A system has ended where nothing current says that it runs: its last statement was superseded and none took its place,
# or the one that did says that it does no work and costs nothing. Blank is never nothing. What it cost is in the last
# statement in which it ran. A system that began in the act that ended another, or later, may be that one under another
# name: then the cell is not counted.
REALISED = f"""
    CREATE TEMPORARY TABLE pv_realised AS
    WITH moved AS (
        SELECT fact.organisation_id, fact.function_id, sum(fact.cost ORDER BY fact.declaration_id) AS after,
               min(fact.evidence) AS evidence,
               min(declaration.since) FILTER (WHERE fact.kind = {ADOPT} AND NOT fact.pilot) AS since
        FROM pv_fact fact
        JOIN registry_declaration declaration ON declaration.id = fact.declaration_id
        WHERE fact.adopts
        GROUP BY fact.organisation_id, fact.function_id
        HAVING bool_or(fact.kind = {ADOPT} AND NOT fact.pilot)
           AND bool_and(fact.cost IS NOT NULL AND fact.evidence >= 1)
    ),
    stated AS (
        SELECT declaration.*,
               coalesce(coalesce(transactions, coverage) = 0 AND annual_cost = 0, false) AS ends
        FROM registry_declaration declaration
        JOIN moved USING (organisation_id, function_id)
        WHERE declaration.kind = 'duplicate'
    ),
    system AS (
        SELECT organisation_id, function_id, system, min(recorded_in_id) AS begun_in,
               bool_or(superseded_in_id IS NULL AND NOT ends) AS runs,
               max(id) FILTER (WHERE NOT ends) AS last_id
        FROM stated GROUP BY organisation_id, function_id, system
    ),
    ended AS (
        SELECT stated.id, stated.organisation_id, stated.function_id, stated.confirmed,
               stated.superseded_in_id AS ended_in, right(stated.evidence, 1)::smallint AS evidence,
               CASE WHEN stated.price_fy IN ('', base.financial_year) THEN stated.annual_cost::float8
                    ELSE stated.annual_cost::float8 * base.index / deflator.index END AS cost
        FROM system
        JOIN stated ON stated.id = system.last_id
        CROSS JOIN ({BASE}) base
        LEFT JOIN public_value_deflator deflator ON deflator.financial_year = stated.price_fy
        WHERE NOT system.runs AND stated.annual_cost IS NOT NULL AND stated.evidence IN ('E1', 'E2', 'E3')
    ),
    cell AS (
        SELECT organisation_id, function_id, sum(cost ORDER BY id) AS before,
               min(evidence) FILTER (WHERE cost IS NOT NULL) AS evidence,
               count(*) FILTER (WHERE cost IS NULL) AS unpriced,
               max(confirmed) AS confirmed, min(ended_in) AS ended_in
        FROM ended GROUP BY organisation_id, function_id
    ),
    changed AS (
        SELECT cell.*, moved.after, moved.evidence AS evidence_after,
               coalesce(greatest(moved.since, cell.confirmed), (event.at AT TIME ZONE %(zone)s)::date) AS since
        FROM cell
        JOIN moved USING (organisation_id, function_id)
        JOIN registry_event event ON event.id = cell.ended_in
    )
    SELECT organisation_id, function_id, before, after, since, unpriced,
           'E' || least(evidence, evidence_after) AS evidence
    FROM changed
    WHERE since <= %(snapshot)s AND %(snapshot)s < (since + interval '{COUNTED_YEARS} years')::date
      AND NOT EXISTS (
          SELECT FROM system
          WHERE system.organisation_id = changed.organisation_id AND system.function_id = changed.function_id
            AND system.runs AND system.begun_in >= changed.ended_in)
"""
# An adoption that began less than 90 days before the snapshot is a pilot still (AG-13), so its move is under way.
BEGUN = f"""
    CREATE TEMPORARY TABLE pv_begun AS
    SELECT DISTINCT declaration.organisation_id, declaration.function_id
    FROM registry_declaration declaration
    JOIN pv_component USING (component_id)
    WHERE declaration.superseded_in_id IS NULL AND declaration.kind = 'adoption' AND pv_component.shared
      AND (declaration.stage IN ('planned', 'pilot', 'partial')
           OR declaration.stage = 'live' AND declaration.since > %(snapshot)s - {SETTLED_DAYS})
      AND declaration.evidence IN ('E1', 'E2', 'E3')
      AND declaration.confirmed >= %(snapshot)s - %(stale_expiry_days)s
"""
UNPRICED = """
    SELECT coalesce(sum(unpriced), 0)::int
    FROM pv_realised
    JOIN registry_organisation organisation ON organisation.id = pv_realised.organisation_id
    WHERE coalesce(organisation.start <= %(snapshot)s, true) AND coalesce(organisation."end" > %(snapshot)s, true)
"""


def prepare(parameters: Parameters, snapshot: date) -> None:
    """Fill `pv_realised` and `pv_begun` as they stand at a snapshot. `gather` comes first."""
    bounds = {
        "snapshot": snapshot,
        "zone": settings.TIME_ZONE,
        "stale_expiry_days": parameters.stale_expiry_days,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.pv_realised, pg_temp.pv_begun")
        cursor.execute(REALISED, bounds)
        cursor.execute(BEGUN, bounds)
        cursor.execute("ANALYZE pv_realised")
        cursor.execute("ANALYZE pv_begun")


def unpriced(snapshot: date) -> int:
    """Systems in no realised saving because their price year has no index, of bodies that existed on the day."""
    with connection.cursor() as cursor:
        cursor.execute(UNPRICED, {"snapshot": snapshot})
        return cursor.fetchone()[0]

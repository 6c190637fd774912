"""Attestations that count for less than they say: the two attested each other, or an audit did not confirm them (AG-2).

Nothing is written of it: whoever counts evidence asks here, for the day that it is counted for. A grade that rests on
usage data, and one that a pack states, is not concerned. One that is inherited is, as its predecessor's.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Func
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from registry.models import Evidence

MUTUAL_DAYS = 365
"""Two attestations that were given within so many days of each other are one exchange, for as long as both stand."""
AUDIT_MONTHS = 12
"""For so long an audit that did not confirm one attestation weighs on all of its steward's."""

GROUP = "coalesce(nullif({body}.affiliation_group, ''), {body}.slug)"
IS_ATTESTED = "given.kind = 'use' AND given.state = 'attested'"
# Grades that a body's statements have from predecessors, as long as nobody has attested them anew.
FROM_OTHERS = """
    origin.evidence = 'E2' AND heir.inherited_from_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM registry_attestation own
        WHERE own.organisation_id = heir.organisation_id AND own.function_id = heir.function_id
          AND own.component_id = heir.component_id AND own.kind = 'use' AND own.state = 'attested'
          AND own.answered_in_id > heir.recorded_in_id)
"""
_CAPPED = f"""
    WITH RECURSIVE inherited AS (
        SELECT given.organisation_id, given.function_id, given.component_id, origin.organisation_id AS attested_id
        FROM registry_inheritance link
        JOIN registry_declaration heir ON heir.id = link.heir_id
        JOIN registry_declaration origin ON origin.id = link.origin_id
        CROSS JOIN LATERAL (SELECT heir.organisation_id, heir.function_id, heir.component_id) given
        WHERE heir.kind = 'adoption' AND {{asked}} AND {FROM_OTHERS}
        UNION
        SELECT inherited.organisation_id, inherited.function_id, inherited.component_id, origin.organisation_id
        FROM inherited
        JOIN registry_declaration heir
            ON heir.organisation_id = inherited.attested_id AND heir.function_id = inherited.function_id
           AND heir.component_id = inherited.component_id
        JOIN registry_inheritance link ON link.heir_id = heir.id
        JOIN registry_declaration origin ON origin.id = link.origin_id
        WHERE {FROM_OTHERS}
    ), resting AS (
        SELECT given.organisation_id, given.function_id, given.component_id, given.organisation_id AS attested_id,
               given.steward_id, given.answered_on
        FROM registry_attestation given WHERE {IS_ATTESTED} AND {{asked}}
        UNION ALL
        SELECT inherited.organisation_id, inherited.function_id, inherited.component_id, inherited.attested_id,
               given.steward_id, given.answered_on
        FROM inherited
        JOIN registry_attestation given
            ON given.organisation_id = inherited.attested_id AND given.function_id = inherited.function_id
           AND given.component_id = inherited.component_id
        WHERE {IS_ATTESTED}
    ), sides AS MATERIALIZED (
        SELECT resting.organisation_id, resting.function_id, resting.component_id, resting.answered_on,
               {GROUP.format(body="body")} AS body_group, {GROUP.format(body="steward")} AS steward_group
        FROM resting
        JOIN registry_organisation body ON body.id = resting.attested_id
        JOIN registry_organisation steward ON steward.id = resting.steward_id
    ), back AS MATERIALIZED (
        SELECT {GROUP.format(body="body")} AS body_group, {GROUP.format(body="steward")} AS steward_group,
               given.answered_on
        FROM {{back}}
        WHERE {IS_ATTESTED}
    )
    SELECT DISTINCT ON (organisation_id, function_id, component_id)
           organisation_id, function_id, component_id, why
    FROM (
        SELECT organisation_id, function_id, component_id, 'audit' AS why FROM resting
        WHERE EXISTS (
            SELECT FROM registry_audit audit
            WHERE audit.steward_id = resting.steward_id AND audit.result = 'failed'
              AND audit.decided_on <= %(snapshot)s
              AND %(snapshot)s < (audit.decided_on + interval '{AUDIT_MONTHS} months')::date)
        UNION ALL
        SELECT organisation_id, function_id, component_id, 'mutual' FROM sides
        WHERE EXISTS (
            SELECT FROM back
            WHERE back.steward_group = sides.body_group AND back.body_group = sides.steward_group
              AND abs(back.answered_on - sides.answered_on) <= {MUTUAL_DAYS})
    ) capped
    ORDER BY organisation_id, function_id, component_id, why
"""


class FewOf(StrEnum):
    """Of which there are fewer among what is asked: what may be the other half of an exchange is read from there."""

    BODIES = f"""
        (SELECT DISTINCT body_group AS independence_group FROM sides) asked
        JOIN registry_organisation steward ON {GROUP.format(body="steward")} = asked.independence_group
        JOIN registry_attestation given ON given.steward_id = steward.id
        JOIN registry_organisation body ON body.id = given.organisation_id
    """
    STEWARDS = f"""
        (SELECT DISTINCT steward_group AS independence_group FROM sides) asked
        JOIN registry_organisation body ON {GROUP.format(body="body")} = asked.independence_group
        JOIN registry_attestation given ON given.organisation_id = body.id
        JOIN registry_organisation steward ON steward.id = given.steward_id
    """


def capped(asked: str = "true", few: FewOf = FewOf.BODIES) -> str:
    """The query of attested statements that count for less on the day %(snapshot)s: organisation_id, function_id,
    component_id, and why (a Cap).

    One row a statement. What is inherited, through however many reorganisations, rests on what predecessors were
    attested. `asked`: a condition on organisation_id, function_id and component_id of what is `given`.
    """
    return _CAPPED.format(asked=asked, back=few)


# Stewards whose attestations an audit did not confirm: what others take up of theirs earns them nothing meanwhile.
SUSPENDED = f"""
    SELECT DISTINCT audit.steward_id AS organisation_id
    FROM registry_audit audit
    WHERE audit.result = 'failed' AND audit.decided_on <= %(snapshot)s
      AND %(snapshot)s < (audit.decided_on + interval '{AUDIT_MONTHS} months')::date
"""

ABOUT = """(given.organisation_id, given.function_id, given.component_id) IN (
    SELECT organisation_id, function_id, component_id FROM registry_declaration WHERE id = ANY(%(keys)s))"""
STATEMENTS = f"""
    SELECT declaration.id, capped.why
    FROM registry_declaration declaration
    JOIN ({capped(ABOUT)}) capped USING (organisation_id, function_id, component_id)
    WHERE declaration.id = ANY(%(keys)s)
"""


class Capped(Func):
    """Whether the statement of a row counts as E1 on a day although it is attested: a condition on declarations.

    `component`: of which component all of the rows are; what is capped of it is worked out once.
    """

    output_field = BooleanField()

    def __init__(self, component: Combinable, *, on: date) -> None:
        super().__init__("organisation", "function", "component", component)
        self.on = on

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        *row, whole = [compiler.compile(one) for one in self.get_source_expressions()]
        of_it = capped(f"given.component_id = {whole[0]}", FewOf.STEWARDS)
        less = f"SELECT organisation_id, function_id, component_id FROM ({of_it}) capped"
        sql = f"(({', '.join(column for column, _ in row)}) IN ({less}))"
        return sql.replace("%(snapshot)s", "%s"), [self.on] * sql.count("%(snapshot)s")


class Cap(StrEnum):
    """Why an attested statement counts as E1."""

    MUTUAL = "mutual"
    AUDIT = "audit"

    @property
    def words(self) -> str:
        if self is Cap.MUTUAL:
            return _("Counts as E1: the two attested each other")
        return _("Counts as E1: an audit did not confirm the steward’s attestations")


def caps(statements: Iterable[tuple[int, str]], on: date) -> dict[int, Cap]:
    """Which of these statements, by id and grade, count as E1 on a day although they are attested. A query, or none."""
    attested = [key for key, grade in statements if grade == Evidence.E2]
    if not attested:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS, {"snapshot": on, "keys": attested})
        return {key: Cap(why) for key, why in cursor.fetchall()}

"""Attestations that count for less than they say: the two attested each other, or an audit did not confirm them (AG-2).

Nothing is written of it: whoever counts evidence asks here, for the day that it is counted for. A grade that rests on
usage data, and one that a pack states, is not concerned.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db import connection
from django.utils.translation import gettext as _

from registry.models import Evidence

MUTUAL_DAYS = 365
"""Two attestations that were given within so many days of each other are one exchange, for as long as both stand."""
AUDIT_MONTHS = 12
"""For so long an audit that did not confirm one attestation weighs on all of its steward's."""

GROUP = "coalesce(nullif({body}.affiliation_group, ''), {body}.slug)"
# `asked` is a condition on the attestations `given`: `true` for all of them.
CAPPED = f"""
    SELECT given.organisation_id, given.function_id, given.component_id,
           CASE WHEN failed.weighs THEN 'audit' ELSE 'mutual' END AS why, given.steward_id
    FROM registry_attestation given
    JOIN registry_organisation body ON body.id = given.organisation_id
    JOIN registry_organisation steward ON steward.id = given.steward_id
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM registry_audit audit
            WHERE audit.steward_id = given.steward_id AND audit.result = 'failed'
              AND audit.decided_on <= %(snapshot)s
              AND %(snapshot)s < (audit.decided_on + interval '{AUDIT_MONTHS} months')::date) AS weighs
    ) failed
    WHERE given.kind = 'use' AND given.state = 'attested' AND {{asked}}
      AND (failed.weighs OR EXISTS (
          SELECT FROM registry_organisation other
          JOIN registry_attestation back ON back.steward_id = other.id
          JOIN registry_organisation about ON about.id = back.organisation_id
          WHERE back.kind = 'use' AND back.state = 'attested'
            AND {GROUP.format(body="other")} = {GROUP.format(body="body")}
            AND {GROUP.format(body="about")} = {GROUP.format(body="steward")}
            AND abs(back.answered_on - given.answered_on) <= {MUTUAL_DAYS}))
"""
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
    JOIN ({CAPPED.format(asked=ABOUT)}) capped USING (organisation_id, function_id, component_id)
    WHERE declaration.id = ANY(%(keys)s)
"""


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

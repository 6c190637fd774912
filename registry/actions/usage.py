"""Usage as the stewards of components counted it by machine, and the grade that it earns while it goes on: E3."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from catalogue.models import Component, Function
from commons.exceptions import Refused
from registry.actions.attestations.grading import changed_grades, grade_anew
from registry.actions.bodies import locked
from registry.actions.claims import refuse_telling
from registry.actions.declarations.rows import with_all
from registry.grading import MEASURED_MONTHS, SILENT_MONTHS, months_before
from registry.independence import GROUP
from registry.models import Act, Declaration, Event, Organisation, Usage
from registry.permissions import Actor

MOST_AT_ONCE = 10_000
BODIES_AT_ONCE = 500  # the timetable comes by again

# Uses whose grade is another by what was counted: of what is no steward's own, the last that was said of each month.
DUE = f"""
    WITH latest AS (
        SELECT DISTINCT ON (usage.organisation_id, usage.component_id, usage.function_id, usage.month) usage.*
        FROM registry_usage usage
        JOIN registry_organisation body ON body.id = usage.organisation_id
        JOIN registry_organisation steward ON steward.id = usage.steward_id
        WHERE usage.month >= %(silent_since)s AND {GROUP.format(body="body")} <> {GROUP.format(body="steward")}
        ORDER BY usage.organisation_id, usage.component_id, usage.function_id, usage.month, usage.id DESC
    ),
    counted AS (
        SELECT organisation_id, component_id, function_id,
               count(*) FILTER (WHERE month BETWEEN %(measured_since)s AND %(last)s) AS months
        FROM latest WHERE transactions > 0 GROUP BY 1, 2, 3
    )
    SELECT DISTINCT said.organisation_id
    FROM registry_declaration said
    LEFT JOIN counted USING (organisation_id, component_id, function_id)
    WHERE said.superseded_in_id IS NULL AND said.kind = 'adoption' AND said.stage IN ('pilot', 'partial', 'live')
      AND (said.evidence <> 'E3' AND counted.months = {MEASURED_MONTHS}
           OR said.evidence = 'E3' AND counted.months IS NULL AND EXISTS (
               SELECT FROM registry_usage once
               WHERE once.organisation_id = said.organisation_id AND once.component_id = said.component_id
                 AND once.function_id = said.function_id))
    ORDER BY said.organisation_id LIMIT {BODIES_AT_ONCE}
"""


class Counted(NamedTuple):
    """How much a body used a component for a function in a month, which is named by its first day."""

    organisation: Organisation
    function: Function
    month: date
    transactions: int


@dataclass(frozen=True)
class Reported:
    """`event` is None where everything was known already."""

    event: Event | None
    stored: int
    known: int


@transaction.atomic
def report_usage(*, steward: Organisation, component: Component, counts: Sequence[Counted], by: Actor) -> Reported:
    """Keep what was counted; of a month that is counted again the last count stands. The same again changes nothing.

    What it makes of grades is the worker's (`grade_measured`). Raises Refused: not allowed, not a steward, too many,
    one's own group, or a month that is not over.
    """
    steward = locked(steward)
    refuse_reporting(steward, component, counts, by)
    wanted = {(one.organisation.pk, one.function.pk, one.month): one for one in counts}
    mine = Usage.objects.filter(
        component=component,
        organisation__in={one.organisation.pk for one in counts},
        month__in={one.month for one in counts},
    )
    known = {
        (body, function, month): number
        for body, function, month, number in mine.latest().values_list(
            "organisation", "function", "month", "transactions"
        )
    }
    new = [one for key, one in wanted.items() if known.get(key) != one.transactions]
    if not new:
        return Reported(None, 0, len(wanted))
    detail = {"steward": steward.slug, "component": component.slug, "counts": len(new)}
    event = Event.objects.create(act=Act.REPORT_USAGE, **by.signature, detail=detail)
    Usage.objects.bulk_create(
        (
            Usage(
                component=component,
                function=one.function,
                organisation=one.organisation,
                steward=steward,
                month=one.month,
                transactions=one.transactions,
                reported_in=event,
            )
            for one in new
        ),
        batch_size=2_000,
    )
    return Reported(event, len(new), len(wanted) - len(new))


def refuse_reporting(steward: Organisation, component: Component, counts: Sequence[Counted], by: Actor) -> None:
    refuse_telling(steward, component, by)
    if len(counts) > MOST_AT_ONCE:
        raise Refused(f"Report at most {MOST_AT_ONCE:,} counts at once.")
    this_month = timezone.localdate().replace(day=1)
    for one in counts:
        if one.organisation.independence_group == steward.independence_group:
            raise Refused(f"{steward} may not report for {one.organisation}, which is itself or of its group.")
        if one.month >= this_month:
            raise Refused(f"{one.month:%Y-%m} is not over yet: report whole months.")


def grade_measured() -> int:
    """Give the uses their grades that what was counted earns or no longer earns; how many. Safe with many workers."""
    today = timezone.localdate()
    asked = {
        "last": months_before(today, 1)[0],
        "measured_since": months_before(today, MEASURED_MONTHS)[-1],
        "silent_since": months_before(today, SILENT_MONTHS)[-1],
    }
    with connection.cursor() as cursor:
        cursor.execute(DUE, asked)
        bodies = [key for (key,) in cursor.fetchall()]
    return sum(grade_of(body) for body in bodies)


@transaction.atomic
def grade_of(key: int) -> int:
    """Of one body's uses."""
    body = locked(Organisation(pk=key))
    counted = Usage.objects.filter(organisation=body).values("component")
    found = list(with_all(Declaration.objects.current().in_use().filter(organisation=body, component__in=counted)))
    if not changed_grades(body, found):  # another worker was here
        return 0
    event = Event.objects.create(act=Act.GRADE_EVIDENCE, detail={"organisation": body.slug, "by": "usage"})
    return len(grade_anew(body, found, event))

"""Giving statements the grades that they have earned by now, in the act that changed what the grades rest on."""

from collections.abc import Sequence

from django.utils import timezone

from registry.actions.declarations.rows import record, restated, supersede
from registry.actions.evidence_links import answering
from registry.actions.search import refresh_search
from registry.grading import grade, grounds
from registry.models import Declaration, Event, Evidence, Organisation


def grade_anew(organisation: Organisation, statements: Sequence[Declaration], event: Event) -> list[Declaration]:
    """Say again those of one body's statements whose grade is another now. Read by `with_all`, the body locked."""
    changed = changed_grades(organisation, statements)
    supersede([one for one, _ in changed], event)
    again = record([restated(one, evidence=earned) for one, earned in changed], event)
    refresh_search({one.component_id for one in again if one.component_id})
    return again


def changed_grades(organisation: Organisation, statements: Sequence[Declaration]) -> list[tuple[Declaration, Evidence]]:
    """Those whose grade is another by now than they state, with that."""
    today = timezone.localdate()
    found = grounds(organisation, {one.function_id for one in statements}, today)
    good = answering((one.source_url for one in statements if one.source_url), timezone.now())
    earned = [
        grade(one, one.withheld.all(), found, stated=one.evidence, answers=one.source_url in good, on=today)
        for one in statements
    ]
    return [(one, now) for one, now in zip(statements, earned, strict=True) if now != one.evidence]

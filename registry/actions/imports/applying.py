"""Publishing an import: what declaring each of its functions would do, in one act with one event."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from commons.formatting import number
from registry.actions.bodies import refuse_ended
from registry.actions.declarations.declaring import earn, named
from registry.actions.declarations.following import follow_up
from registry.actions.declarations.rows import made, record, supersede
from registry.actions.evidence_links import answering
from registry.actions.imports.checking import batches, judge_batch
from registry.actions.imports.judging import Judged
from registry.actions.imports.leases import step
from registry.actions.imports.telling import counts, tell, write_of
from registry.actions.search import refresh_search
from registry.grading import grounds
from registry.models import Act, Declaration, Event, Import, ImportState, JobState, LineOutcome

CHANGES = (LineOutcome.NEW, LineOutcome.CHANGED)


class Moved(Exception):
    """What stands is not what it was when the rows were checked."""


def apply(imported: Import) -> bool:
    """Publish the good rows, all in one transaction. False where something was said since they were checked.

    Raises Lost, Refused.
    """
    try:
        with step(imported, body_first=True) as mine:
            refuse_ended(imported.organisation)
            event = Event.objects.create(
                act=Act.IMPORT_PORTFOLIO,
                by_id=imported.wished_by_id,
                token_id=imported.wished_with_id,
                detail=about(imported),
            )
            touched: set[int] = set()
            for functions in batches(imported):
                touched |= publish(imported, judge_batch(imported, functions), event)
            if touched:
                refresh_search(touched)
            mine.update(state=ImportState.APPLIED, applied_in=event, taken=None, taken_until=None)
            tell(imported.job_id, state=JobState.DONE, stage=ImportState.APPLIED.label, sentence=said(imported))
            write_of(imported, "applied", _("Your portfolio is imported. %s.") % counts(imported))
    except Moved:
        return False
    return True


def about(imported: Import) -> dict:
    """For the public: numbers, and not the file's name."""
    return {
        "organisation": imported.organisation.slug,
        "import": imported.pk,
        "new": imported.new,
        "changed": imported.changed,
    }


def said(imported: Import) -> str:
    return _("%(good)s rows are published; %(problems)s with a problem are not.") % {
        "good": number(imported.good),
        "problems": number(imported.problems),
    }


def publish(imported: Import, judged: Sequence[Judged], event: Event) -> set[int]:
    """Record these rows, and return the components that are touched, by id. Raises Moved."""
    if any(is_moved(one) for one in judged):
        raise Moved
    changes = [one for one in judged if one.outcome in CHANGES and one.said is not None]
    if not changes:
        return set()
    components = named([one.said for one in changes])
    good = answering((one.said.source_url for one in changes if one.said.source_url), timezone.now())
    taken = systems_staying(imported, changes)
    today, rows = timezone.localdate(), []
    found = grounds(imported.organisation, {one.line.function_id for one in changes}, today)
    for one in changes:
        component = components.get(one.said.component)
        in_use = taken.setdefault(one.line.function_id, set())
        row, kept = made(one.said, imported.organisation, one.line.function, component, in_use)
        before = one.before if one.before and one.before[1].key == one.said.key else None
        earn(row, kept, before, today, good, found)
        rows.append((row, kept))
    ended = {gone.pk: gone for one in changes for gone in one.ended}
    supersede(ended.values(), event)
    recorded = record(rows, event)
    return follow_up(
        imported.organisation,
        {one.line.function_id for one in changes},
        event,
        recorded=recorded,
        ended=ended.values(),
    )


def is_moved(one: Judged) -> bool:
    before = one.before[1].as_json() if one.before else None
    return one.outcome != one.line.outcome or (one.outcome != LineOutcome.PROBLEM and before != one.line.before)


def systems_staying(imported: Import, changes: Sequence[Judged]) -> dict[int, set[str]]:
    """Names of systems that stay as they stand, by function: a system that is not named gets a number beside them."""
    ended = {gone.pk for one in changes for gone in one.ended}
    functions = {one.line.function_id for one in changes}
    current = Declaration.objects.current().filter(organisation=imported.organisation_id, function__in=functions)
    staying: dict[int, set[str]] = {}
    for function, system in current.exclude(pk__in=ended).exclude(system="").values_list("function", "system"):
        staying.setdefault(function, set()).add(system)
    return staying

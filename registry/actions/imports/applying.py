"""Publishing an import: what declaring each of its functions would do, in one act with one event."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Function
from commons.formatting import number
from registry.actions.bodies import refuse_ended
from registry.actions.declarations.declaring import earn, named
from registry.actions.declarations.following import follow_up
from registry.actions.declarations.rows import made, supersede
from registry.actions.evidence_links import answering
from registry.actions.imports.checking import basis_of, batches, judge_batch, standing_of
from registry.actions.imports.judging import Judged, unfitting
from registry.actions.imports.leases import step
from registry.actions.imports.recording import record_many
from registry.actions.imports.telling import counts, tell, write_of
from registry.actions.search import refresh_search
from registry.grading import grounds
from registry.models import Act, Declaration, Event, Import, ImportState, JobState, LineOutcome
from registry.said import from_json

CHANGES = (LineOutcome.NEW, LineOutcome.CHANGED)


class Moved(Exception):
    """What stands, or may be said, is not what it was when the rows were checked."""


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
            publish_all(imported, event)
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
    good = ngettext("%s row is published.", "%s rows are published.", imported.good) % number(imported.good)
    if not imported.problems:
        return good
    left = ngettext("%s row with a problem is not.", "%s rows with a problem are not.", imported.problems)
    return f"{good} {left % number(imported.problems)}"


def publish_all(imported: Import, event: Event) -> None:
    """Raises Moved. Where nothing was said since the check, its verdicts are good."""
    still = imported.basis == basis_of(imported)
    touched: set[int] = set()
    for functions in batches(imported, CHANGES if still else None):
        judged = as_checked(imported, functions) if still else judged_anew(imported, functions)
        touched |= publish(imported, judged, event)
    refresh_search(touched)


def judged_anew(imported: Import, functions: Sequence[int]) -> list[Judged]:
    judged = judge_batch(imported, functions)
    if any(is_moved(one) for one in judged):
        raise Moved
    return [one for one in judged if one.outcome in CHANGES and one.said is not None]


def is_moved(one: Judged) -> bool:
    before = one.before[1].as_json() if one.before else None
    return one.outcome != one.line.outcome or (one.outcome != LineOutcome.PROBLEM and before != one.line.before)


def as_checked(imported: Import, functions: Sequence[int]) -> list[Judged]:
    """The rows to publish as they were judged, with the declarations that they take the place of. Raises Moved."""
    lines = imported.lines.filter(function__in=functions, outcome__in=CHANGES).order_by("function_id", "number")
    standing = {
        function: {said.key: (one, said) for one, said in pairs}
        for function, pairs in standing_of(imported, functions).items()
    }
    judged = []
    for line in lines.only("number", "function", "outcome", "said", "before"):
        before = standing[line.function_id][from_json(line.before).key] if line.before else None
        judged.append(Judged(line, LineOutcome(line.outcome), from_json(line.said), before))
    if unfitting(imported.organisation, [one for one in judged if one.outcome == LineOutcome.NEW]):
        raise Moved
    return judged


def publish(imported: Import, changes: Sequence[Judged], event: Event) -> set[int]:
    """Record these rows, and return the components that are touched, by id."""
    components = named([one.said for one in changes])
    functions = Function.objects.in_bulk({one.line.function_id for one in changes})
    good = answering((one.said.source_url for one in changes if one.said.source_url), timezone.now())
    taken = systems_staying(imported, changes)
    today, rows = timezone.localdate(), []
    found = grounds(imported.organisation, functions, today)
    for one in changes:
        component, in_use = components.get(one.said.component), taken.setdefault(one.line.function_id, set())
        row, kept = made(one.said, imported.organisation, functions[one.line.function_id], component, in_use)
        before = one.before if one.before and one.before[1].key == one.said.key else None
        earn(row, kept, before, today, good, found)
        rows.append((row, kept))
    ended = {gone.pk: gone for one in changes for gone in one.ended}
    if ended:
        supersede(ended.values(), event)
    recorded = record_many(rows, event)
    return follow_up(imported.organisation, functions, event, recorded=recorded, ended=ended.values())


def systems_staying(imported: Import, changes: Sequence[Judged]) -> dict[int, set[str]]:
    """Names of systems that stay as they stand, by function: a system that is not named gets a number beside them."""
    ended = {gone.pk for one in changes for gone in one.ended}
    functions = {one.line.function_id for one in changes}
    current = Declaration.objects.current().filter(organisation=imported.organisation_id, function__in=functions)
    staying: dict[int, set[str]] = {}
    for key, function, system in current.exclude(system="").values_list("pk", "function", "system"):
        if key not in ended:
            staying.setdefault(function, set()).add(system)
    return staying

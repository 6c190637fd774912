"""Checking an import's rows against what stands, some functions at a time, so that memory stays flat."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.db import connection
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions.declarations.declaring import named, offered_to
from registry.actions.declarations.rows import said_of, with_all
from registry.actions.imports.judging import Judged, Known, judge
from registry.actions.imports.leases import step
from registry.actions.imports.telling import tell
from registry.models import Declaration, Import, ImportLine, JobState, LineOutcome
from registry.portfolio_file.rows import from_json
from registry.said import Said

BATCH = 2_000  # rows
COUNTED = ("new", "changed", "unchanged", "problems")
UPDATE = """
    UPDATE registry_importline line
    SET outcome = now.outcome, said = now.said, before = now.before, problems = now.problems
    FROM jsonb_to_recordset(%s::jsonb) AS now (id bigint, outcome text, said jsonb, before jsonb, problems jsonb)
    WHERE line.id = now.id
"""


def check(imported: Import) -> None:
    """Judge every row, and count. Raises Lost."""
    imported.basis = basis_of(imported)  # before anything is read: what comes after that is noticed
    done, total = 0, imported.lines.filter(function__isnull=False).count()
    for functions in batches(imported):
        judged = judge_batch(imported, functions)
        done += len(judged)
        with step(imported):
            write(imported, judged)
            tell(imported.job_id, state=JobState.RUNNING, stage=_("Checking"), done=done, total=total)
    count(imported)


def basis_of(imported: Import) -> str:
    """What the body says, in a word: another one as soon as anything of that changes, or the day does."""
    own = Declaration.objects.filter(organisation=imported.organisation_id)
    last = own.aggregate(Max("recorded_in"), Max("superseded_in"))
    return f"{timezone.localdate().isoformat()} {last['recorded_in__max']} {last['superseded_in__max']}"


def batches(imported: Import, outcomes: Collection[str] | None = None) -> Iterator[list[int]]:
    """The functions that are named, by id, in groups of so many rows; one with more is a group of its own.

    `outcomes`: only those with rows of these.
    """
    lines = imported.lines.filter(function__isnull=False).order_by("function_id")
    lines = lines if outcomes is None else lines.filter(outcome__in=outcomes)
    group: list[int] = []
    rows = 0
    for function, number in list(lines.values_list("function").annotate(number=Count("pk"))):
        if group and rows + number > BATCH:
            yield group
            group, rows = [], 0
        group.append(function)
        rows += number
    if group:
        yield group


def judge_batch(imported: Import, functions: Sequence[int]) -> list[Judged]:
    lines: dict[int, list[ImportLine]] = defaultdict(list)
    found = imported.lines.filter(function__in=functions).order_by("number")
    for line in found.only("number", "function", "outcome", "given", "before", "misread"):
        lines[line.function_id].append(line)
    standing = standing_of(imported, functions)
    known = known_of(imported, [line for some in lines.values() for line in some])
    return [one for function in functions for one in judge(lines[function], standing[function], known)]


def standing_of(imported: Import, functions: Sequence[int]) -> dict[int, list[tuple[Declaration, Said]]]:
    current = Declaration.objects.current().filter(organisation=imported.organisation_id, function__in=functions)
    found: dict[int, list[tuple[Declaration, Said]]] = defaultdict(list)
    for one in with_all(current).select_related("component", "recorded_in"):
        found[one.function_id].append((one, said_of(one)))
    return found


def known_of(imported: Import, lines: Sequence[ImportLine]) -> Known:
    given = [from_json(line.given) for line in lines if line.given]
    slugs = {one.values["component"] for one in given if one.values.get("component")}
    components = named([Said(kind="adoption", component=slug) for slug in slugs])
    return Known(
        organisation=imported.organisation,
        components=components,
        offered=offered_to(imported.organisation, components),
        today=timezone.localdate(),
    )


def write(imported: Import, judged: Sequence[Judged]) -> None:
    places = {name: place for place, name in enumerate(imported.columns) if name}
    wrong = [one.line.pk for one in judged if one.wrong]
    written = dict(ImportLine.objects.filter(pk__in=wrong).values_list("pk", "cells"))
    rows = [
        {
            "id": one.line.pk,
            "outcome": one.outcome,
            "said": one.said.as_json() if one.said and not one.wrong else None,
            "before": one.before[1].as_json() if one.before else None,
            "problems": [told(written[one.line.pk], wrong, places) for wrong in one.wrong],
        }
        for one in judged
    ]
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [json.dumps(rows)])


def told(cells: list[str], wrong: tuple[str, str, str], places: dict[str, int]) -> list[str]:
    """The problem, with the cell as it was written."""
    column, value, sentence = wrong
    place = places.get(column, len(cells))
    return [column, ((cells[place] if place < len(cells) else "") or value)[:200], sentence]


def count(imported: Import) -> None:
    numbers = imported.lines.aggregate(
        **{outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in LineOutcome}, all=Count("pk")
    )
    imported.rows, imported.new, imported.changed = numbers["all"], numbers["new"], numbers["changed"]
    imported.unchanged, imported.problems = numbers["unchanged"], numbers["problem"]
    with step(imported) as mine:
        mine.update(
            **{name: getattr(imported, name) for name in ("rows", "new", "changed", "unchanged", "problems", "basis")}
        )

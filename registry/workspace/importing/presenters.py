"""An import as its body's people see it: how far it is, what it would change, and what became of it."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions.declarations.undoing import undoable
from registry.actions.imports.telling import counts
from registry.models import Import, ImportLine, ImportState, LineOutcome
from registry.permissions import Actor, may_declare, may_draft
from registry.portfolio_file.columns import BY_NAME
from registry.presenters.job import STEPS_WORDS, progress
from registry.said import Said, from_json
from registry.workspace.work import facts, heading, names_of

ROWS_A_PAGE = 50
ORDER = (LineOutcome.PROBLEM, LineOutcome.CHANGED, LineOutcome.NEW, LineOutcome.UNCHANGED)


def page(imported: Import, actor: Actor, now: datetime, request: HttpRequest, currency: str) -> dict[str, Any]:
    body, job = imported.organisation, imported.job
    silent = job.is_silent(now)
    context = progress(job, now) | {
        "imported": imported,
        "body": body,
        "reference": f"{job.pk}",
        "failed": silent or imported.state == ImportState.FAILED,
        "silent": silent,
        "may_draft": may_draft(actor, body),
        "may_declare": may_declare(actor, body),
        "steps": STEPS_WORDS,
        "counted": counted(imported),
        "sent": timezone.localtime(imported.uploaded_in.at),
        "sender": imported.uploaded_in.by or _("a program"),
        "breadcrumbs": crumbs(imported),
        "undo": undo_of(imported, actor, now),
        "headline": headline(imported, failed=silent or imported.state == ImportState.FAILED),
    }
    if imported.state in (ImportState.READY, ImportState.APPLIED) and not imported.forgotten_at:
        context |= rows(imported, request, currency)
    return context


def headline(imported: Import, *, failed: bool) -> str:
    if failed:
        return _("Your portfolio could not be imported")
    if imported.state == ImportState.READY:
        return counts(imported)
    if imported.state == ImportState.APPLIED and not imported.applied_in_id:
        return _("Nothing to import: every row says what stands already")
    return {
        ImportState.ASKING: _("Say which column is which"),
        ImportState.APPLIED: _("Your portfolio is imported"),
        ImportState.DROPPED: _("The import is dropped"),
        ImportState.APPLYING: _("We are importing your portfolio"),
    }.get(ImportState(imported.state), _("We are checking your file"))


def counted(imported: Import) -> list[dict[str, Any]]:
    numbers = {
        LineOutcome.PROBLEM: (_("With a problem"), imported.problems),
        LineOutcome.CHANGED: (_("Changed"), imported.changed),
        LineOutcome.NEW: (_("New"), imported.new),
        LineOutcome.UNCHANGED: (_("Unchanged"), imported.unchanged),
    }
    return [{"value": one.value, "label": numbers[one][0], "number": numbers[one][1]} for one in ORDER]


def undo_of(imported: Import, actor: Actor, now: datetime) -> str:
    """Where the import can be taken back; blank where it cannot."""
    event, body = imported.applied_in, imported.organisation
    if event is None or not undoable(event, now) or not may_declare(actor, body):
        return ""
    if not body.declarations.filter(recorded_in=event, superseded_in=None).exists():
        return ""  # it was taken back, or all of it was said anew
    return reverse("registry:undo_declarations", args=[body.slug, event.pk])


def rows(imported: Import, request: HttpRequest, currency: str) -> dict[str, Any]:
    """One kind of row at a time: those with a problem first."""
    kinds = [one["value"] for one in counted(imported) if one["number"]]
    asked = request.GET.get("show", "")
    shown = asked if asked in kinds else next(iter(kinds), LineOutcome.PROBLEM.value)
    lines = imported.lines.filter(outcome=shown).select_related("function").order_by("number")
    total = next(one["number"] for one in counted(imported) if one["value"] == shown)
    paginator = Paginator(lines, ROWS_A_PAGE)
    paginator.count = total
    found = paginator.get_page(request.GET.get("page"))
    on_page = list(found)
    return {
        "shown": shown,
        "page": found,
        "problems": [one for line in on_page for one in problems_of(line, imported)] if shown == "problem" else [],
        "lines": lines_of(on_page, currency) if shown != "problem" else [],
    }


def problems_of(line: ImportLine, imported: Import) -> list[dict[str, Any]]:
    named = dict(zip(imported.columns, imported.headings, strict=False))
    return [
        {
            "row": line.number,
            "column": named.get(column) or (str(BY_NAME[column].label) if column in BY_NAME else _("The whole row")),
            "value": value,
            "sentence": sentence,
        }
        for column, value, sentence in line.problems
    ]


def lines_of(lines: list[ImportLine], currency: str) -> list[dict[str, Any]]:
    said = {line.pk: from_json(line.said) for line in lines if line.said}
    before = {line.pk: from_json(line.before) for line in lines if line.before}
    names = names_of([*said.values(), *before.values()])
    return [
        {
            "row": line.number,
            "function": line.function,
            "heading": heading(said[line.pk], names),
            "facts": told(said[line.pk], currency) if line.outcome == LineOutcome.NEW else [],
            "changes": changes(before.get(line.pk), said[line.pk], names, currency)
            if line.outcome == LineOutcome.CHANGED
            else [],
        }
        for line in lines
        if line.pk in said
    ]


def told(said: Said, currency: str) -> list[tuple[str, str]]:
    return [(str(fact["label"]), with_hold(fact)) for fact in facts(said, currency)]


def with_hold(fact: dict[str, Any]) -> str:
    return f"{fact['value']} ({fact['held']})" if fact["held"] else str(fact["value"])


def changes(before: Said | None, after: Said, names: dict[str, str], currency: str) -> list[dict[str, str]]:
    """What differs, before and after."""
    was, is_now = (dict(told(one, currency)) if one else {} for one in (before, after))
    rows = [
        {"label": label, "before": was.get(label, ""), "after": is_now.get(label, "")}
        for label in dict.fromkeys([*was, *is_now])
        if was.get(label, "") != is_now.get(label, "")
    ]
    what = (heading(before, names) if before else "", heading(after, names))
    return ([{"label": _("How you do it"), "before": what[0], "after": what[1]}] if what[0] != what[1] else []) + rows


def crumbs(imported: Import) -> list[dict[str, str]]:
    body = imported.organisation
    home = reverse("registry:workspace_of", args=[body.slug])
    return [
        {"text": _("Workspaces"), "href": reverse("registry:workspace")},
        {"text": _("%(name)s: workspace") % {"name": body.name}, "href": home},
        {"text": _("Upload your portfolio"), "href": reverse("registry:import", args=[body.slug])},
        {"text": imported.name},
    ]


def recent(imports: list[Import]) -> list[dict[str, Any]]:
    return [
        {
            "imported": one,
            "state": one.get_state_display(),
            "summary": counts(one) if one.rows and one.state in (ImportState.READY, ImportState.APPLIED) else "",
            "at": timezone.localtime(one.uploaded_in.at),
            "by": one.uploaded_in.by or _("a program"),
        }
        for one in imports
    ]

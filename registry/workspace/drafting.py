"""Keeping what is prepared; and both versions, where two people prepared one."""

import json
from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commons.exceptions import Refused
from registry.actions.declarations import save_draft
from registry.actions.declarations.drafting import DraftChanged
from registry.permissions import Actor
from registry.said import Said, from_json
from registry.workspace.cell import cell_page, prepared, to_cell
from registry.workspace.pages import crumbed
from registry.workspace.work import Work, in_hand, names_of, shown

LONGEST_VERSION = 100_000  # characters of statements that a browser sends back


def keep(work: Work, statements: Sequence[Said], request: HttpRequest, actor: Actor) -> None:
    """Save the draft. Raises DraftChanged, Refused."""
    revision = request.POST.get("revision", "")
    save_draft(
        organisation=work.body,
        function=work.function,
        statements=statements,
        seen=work.seen,
        revision=int(revision) if revision.isdecimal() and len(revision) < 10 else work.revision,
        by=actor,
    )


@never_cache
@login_required
@require_POST
def replace(request: HttpRequest, slug: str, function: str) -> HttpResponse:
    """Of two versions of a draft take one's own: it was seen beside the other."""
    work, actor = prepared(request, slug, function)
    return kept(request, work, version(request), actor)


def kept(request: HttpRequest, work: Work, statements: Sequence[Said], actor: Actor) -> HttpResponse:
    """Save the draft, and back to the function."""
    try:
        keep(work, statements, request, actor)
    except DraftChanged as changed:
        return both(request, work, statements, theirs=list(map(from_json, changed.draft.statements)))
    except Refused as refused:
        return cell_page(request, work, actor, str(refused))
    return to_cell(work)


def version(request: HttpRequest) -> list[Said]:
    """The statements that a browser sends back. Raises BadRequest for what no page of ours has sent."""
    text = request.POST.get("version", "")
    try:
        if len(text) > LONGEST_VERSION:
            raise ValueError
        return [from_json(said) for said in json.loads(text)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise BadRequest(_("Your version could not be read. Go back and send it again.")) from wrong


def both(request: HttpRequest, work: Work, mine: Sequence[Said], theirs: Sequence[Said]) -> HttpResponse:
    """Two people at once: both versions side by side, and nothing is lost."""
    today, names = timezone.localdate(), names_of([*mine, *theirs])
    now = in_hand(work.body, work.function)
    context = crumbed(work.body, work.function.name) | {
        "work": now,
        "mine": shown(mine, names, work.body.currency, today),
        "theirs": shown(theirs, names, work.body.currency, today),
        "version": json.dumps([said.as_json() for said in mine]),
    }
    return render(request, "registry/workspace/both.html", context, status=409)

"""The portfolio's pages: the table with what is to be done, the quarter's confirmation, and undo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max, Subquery
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commons import formatting
from commons.exceptions import Refused
from commons.kept import database_version
from public_value.tasks import follow_registry
from registry.actions.declarations import confirm_declarations, declare, save_draft, undo_declarations
from registry.actions.declarations.rows import of_cell, said_of, with_all
from registry.actions.declarations.undoing import ACTS, undoable
from registry.models import Declaration, Event, Organisation
from registry.permissions import Actor, may_declare, may_draft
from registry.said import KINDS_WITH_DETAIL
from registry.workspace.doors import entered, preparing
from registry.workspace.portfolio import STATUSES, Row, narrowed, portfolio
from registry.workspace.quick_form import QuickForm
from registry.workspace.to_do import to_do

ROWS_A_PAGE = 50


@never_cache
@login_required
@require_safe
def workspace(request: HttpRequest, slug: str) -> HttpResponse:
    body, actor = entered(request, slug)
    return portfolio_page(request, body, actor)


def portfolio_page(
    request: HttpRequest, body: Organisation, actor: Actor, form: QuickForm | None = None
) -> HttpResponse:
    """The table. One row of it can be edited in place: that of `edit` in the address, or of a form with mistakes."""
    today = timezone.localdate()
    rows = portfolio(body, today, database_version())
    status = request.GET.get("status", "")
    asked = {"q": request.GET.get("q", "").strip()[:200], "status": status if status in STATUSES else ""}
    found = narrowed(rows, text=asked["q"], status=asked["status"])
    context = crumbed(body) | {
        "body": body,
        "today": today,
        "asked": asked,
        "statuses": counted(rows),
        "total": len(rows),
        "answered": sum(1 for row in rows if row.standing),
        "found": len(found),
        "page": Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "to_do": to_do(body, actor, rows, today),
        "currency": body.currency,
        "undo": last_act(body) if may_declare(actor, body) else None,
        "may_draft": may_draft(actor, body),
        "form": form or (edited(rows, request.GET.get("edit", "")) if may_draft(actor, body) else None),
    }
    return render(request, "registry/workspace/portfolio.html", context, status=400 if form else 200)


def counted(rows: list[Row]) -> list[dict]:
    return [
        {"value": name, "label": label, "number": sum(1 for row in rows if name in row.statuses)}
        for name, label in STATUSES.items()
    ]


def edited(rows: list[Row], key: str) -> QuickForm | None:
    """The form of the statement that is edited in its row."""
    found = next((one for row in rows for one in row.standing if str(one.declaration.pk) == key), None)
    if found is None or found.said.kind not in KINDS_WITH_DETAIL:
        return None
    form = QuickForm(said=found.said, auto_id="edit-%s")
    form.declaration = found.declaration
    return form


@never_cache
@login_required
@require_POST
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a statement in its row: published at once by an owner, saved as a draft by an editor."""
    body, actor = preparing(request, slug)
    own = Declaration.objects.current().filter(organisation=body, kind__in=KINDS_WITH_DETAIL)
    declaration = with_all(own.select_related("function")).filter(pk=pk).first()
    if declaration is None:
        messages.warning(request, _("Somebody has changed this meanwhile. Look at it again."))
        return redirect("registry:workspace_of", slug=slug)
    form = QuickForm(request.POST, said=said_of(declaration), auto_id="edit-%s")
    form.declaration = declaration
    if form.is_valid():
        try:
            return redirect(changed_in_place(request, form, declaration, actor))
        except Refused as refused:
            form.add_error(None, str(refused))
    return portfolio_page(request, body, actor, form)


def changed_in_place(request: HttpRequest, form: QuickForm, declaration: Declaration, actor: Actor) -> str:
    """Where it is shown. Raises Refused."""
    body, function = declaration.organisation, declaration.function
    standing = list(of_cell(body, function))
    statements = [form.answered() if one.pk == declaration.pk else said_of(one) for one in standing]
    seen = [one.pk for one in standing]
    if may_declare(actor, body):
        done = declare(organisation=body, function=function, statements=statements, seen=seen, by=actor)
        follow_registry.delay_on_commit()
        messages.success(request, _("Published: it is on your public page now"))
        shown = next((one.pk for one in done.recorded), declaration.pk)
        return f"{reverse('registry:workspace_of', args=[body.slug])}#row-{shown}"
    save_draft(organisation=body, function=function, statements=statements, seen=seen, revision=0, by=actor)
    messages.success(request, _("Saved as a draft. Ask an owner to publish it."))
    return reverse("registry:cell", args=[body.slug, function.slug])


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of a quarter: look it through, take out what has changed, confirm the rest."""
    body, actor = preparing(request, slug)
    refusal = ""
    if request.method == "POST":
        chosen = [int(key) for key in request.POST.getlist("declaration") if key.isdecimal() and len(key) < 19]
        try:
            return confirmed(request, body, chosen, actor)
        except Refused as refused:
            refusal = str(refused)
    today = timezone.localdate()
    due = [(row, one) for row in portfolio(body, today) for one in row.standing if one.due]
    context = crumbed(body, _("Confirm what stands")) | {
        "body": body,
        "today": today,
        "ready": [pair for pair in due if pair[1].confirmable],
        "lacking": [pair for pair in due if not pair[1].confirmable],
        "refusal": refusal,
        "currency": body.currency,
    }
    return render(request, "registry/workspace/confirm.html", context, status=409 if refusal else 200)


def confirmed(request: HttpRequest, body: Organisation, chosen: list[int], actor: Actor) -> HttpResponse:
    """Raises Refused."""
    if not chosen:
        raise Refused(_("Choose at least one statement to confirm."))
    done = confirm_declarations(organisation=body, declarations=chosen, by=actor)
    follow_registry.delay_on_commit()
    said = ngettext("%(number)s statement is confirmed", "%(number)s statements are confirmed", len(done))
    messages.success(request, said % {"number": formatting.number(len(done))})
    return redirect("registry:workspace_of", slug=body.slug)


@never_cache
@login_required
@require_POST
def undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    body, actor = entered(request, slug)
    if not may_declare(actor, body):
        raise PermissionDenied
    event = get_object_or_404(Event, pk=pk, act__in=ACTS, detail__organisation=body.slug)
    try:
        undo_declarations(organisation=body, event=event, by=actor)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        follow_registry.delay_on_commit()
        messages.success(request, _("It is taken back: what stood before stands again"))
    return redirect("registry:workspace_of", slug=body.slug)


def last_act(body: Organisation) -> Event | None:
    """The last act on what the body says, where it can be taken back."""
    own = Declaration.objects.filter(organisation=body).order_by()
    keys = [
        Subquery(own.values("organisation").annotate(last=Max(name)).values("last"))
        for name in ("recorded_in", "superseded_in")
    ]
    last = Event.objects.filter(pk=Greatest(*keys)).first()
    return last if last is not None and undoable(last, timezone.now()) else None


def crumbed(body: Organisation, here: str = "") -> dict:
    home = {"text": _("%(name)s: workspace") % {"name": body.name}}
    if here:
        home["href"] = reverse("registry:workspace_of", args=[body.slug])
    crumbs = [{"text": _("Workspaces"), "href": reverse("registry:workspace")}, home]
    return {"breadcrumbs": [*crumbs, *([{"text": here}] if here else [])]}

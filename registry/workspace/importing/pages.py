"""Uploading a portfolio, saying which column is which, and deciding about a preview."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commons.exceptions import Refused
from registry.actions.imports import AlreadyImported, apply_import, drop_import, name_columns, receive_import
from registry.models import Import, ImportState, Organisation
from registry.permissions import Actor, may_declare
from registry.portfolio_file.columns import COLUMNS
from registry.portfolio_file.writing import TYPES, written
from registry.spreadsheets.limits import LARGEST_FILE, TOO_LARGE
from registry.tasks import run_imports
from registry.workspace.doors import preparing
from registry.workspace.importing import files
from registry.workspace.importing.forms import TOO_MUCH_TEXT, ColumnsForm, UploadForm
from registry.workspace.importing.presenters import crumbs, recent
from registry.workspace.pages import crumbed

LARGEST_REQUEST = LARGEST_FILE + 2_000_000  # the form around it, and a table that is pasted
RECENT = 10


def found(body: Organisation, pk: int) -> Import:
    """Raises Http404."""
    related = Import.objects.select_related("job", "organisation__peer_group", "uploaded_in__by")
    return get_object_or_404(related, pk=pk, organisation=body)


@never_cache
@csrf_exempt  # to look for the token is to read all that was sent: the size is looked at first
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    body, actor = preparing(request, slug)
    sent = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and (not sent.isdecimal() or int(sent) > LARGEST_REQUEST):
        return upload_page(request, body, actor, UploadForm({}, refusal=TOO_LARGE), status=413)
    try:
        return uploaded(request, body, actor)
    except RequestDataTooBig:
        return upload_page(request, body, actor, UploadForm({}, refusal=TOO_MUCH_TEXT), status=413)


@csrf_protect
def uploaded(request: HttpRequest, body: Organisation, actor: Actor) -> HttpResponse:
    if request.method != "POST":
        return upload_page(request, body, actor, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file, name = form.sent
        try:
            received = receive_import(organisation=body, file=file, name=name, by=actor)
        except Refused as refused:
            form.add_error("file" if name else "text", str(refused))
        else:
            run_imports.delay_on_commit()
            if received.known:
                messages.info(request, _("You have sent this very file before: this is what became of it"))
            return redirect(received.imported.job)
    return upload_page(request, body, actor, form, status=400)


def upload_page(
    request: HttpRequest, body: Organisation, actor: Actor, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    imports = Import.objects.filter(organisation=body).select_related("job", "uploaded_in__by")[:RECENT]
    context = crumbed(body, _("Upload your portfolio")) | {
        "body": body,
        "form": form,
        "columns": COLUMNS,
        "recent": recent(list(imports)),
        "may_declare": may_declare(actor, body),
    }
    return render(request, "registry/workspace/importing/upload.html", context, status=status)


@never_cache
@login_required
@require_safe
def template(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """A table with the body's functions to fill in; with `filled`, and with what it says now."""
    body, _actor = preparing(request, slug)
    if form not in TYPES:
        raise Http404
    filled = "filled" in request.GET
    content = written(form, files.heading(), files.template_rows(body, filled=filled), files.notes())
    return attached(content, form, f"{body.slug}-portfolio-{'filled' if filled else 'template'}")


@never_cache
@login_required
@require_safe
def mending(request: HttpRequest, slug: str, pk: int, form: str) -> HttpResponse:
    """The rows with a problem, to be mended and uploaded again as they are."""
    body, _actor = preparing(request, slug)
    imported = found(body, pk)
    if form not in ("csv", "xlsx") or not imported.problems or imported.forgotten_at:
        raise Http404
    content = written(form, files.mending_heading(imported), files.mending_rows(imported))
    return attached(content, form, f"{body.slug}-to-mend-{imported.pk}")


def attached(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Which heading is which column. The answer is remembered for the body's next file."""
    body, actor = preparing(request, slug)
    imported = found(body, pk)
    if imported.state not in (ImportState.ASKING, ImportState.READY):
        return redirect(imported.job)
    form = ColumnsForm(request.POST if request.method == "POST" else None, imported=imported)
    if form.is_bound and form.is_valid():
        try:
            name_columns(imported=imported, columns=form.columns, by=actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            run_imports.delay_on_commit()
            return redirect(imported.job)
    context = {"body": body, "imported": imported, "form": form, "breadcrumbs": crumbs(imported)}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "registry/workspace/importing/columns.html", context, status=status)


@never_cache
@login_required
@require_POST
def apply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    body, actor = preparing(request, slug)
    if not may_declare(actor, body):
        raise PermissionDenied
    imported = found(body, pk)
    try:
        apply_import(imported=imported, by=actor)
    except AlreadyImported:
        pass  # a button that was pressed twice
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        run_imports.delay_on_commit()
    return redirect(imported.job)


@never_cache
@login_required
@require_POST
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    body, actor = preparing(request, slug)
    imported = found(body, pk)
    try:
        drop_import(imported=imported, by=actor)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(imported.job)
    messages.success(request, _("It is dropped: nothing was saved"))
    return redirect("registry:import", slug=slug)

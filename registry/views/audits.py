"""Audits of attestations, for moderators: to others there is no such page. What comes of them is public."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.presenters.links import external
from commons.exceptions import Refused
from public_value.tasks import follow_registry
from registry.actions.audits import decide_audit
from registry.models import Attestation, Audit, AuditResult, Declaration
from registry.permissions import Actor, may_audit
from registry.signed_in import actor_of

ROWS_A_PAGE = 50
STATES = {"open": "", "passed": AuditResult.PASSED, "failed": AuditResult.FAILED}


def moderator(request: HttpRequest) -> Actor:
    """Raises Http404 for everybody else."""
    actor = actor_of(request)
    if not may_audit(actor):
        raise Http404
    return actor


@never_cache
@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    moderator(request)
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    found = Audit.objects.filter(result=STATES[state]).order_by("year", "steward__name", "pk")
    related = found.select_related(
        "steward", "attestation__organisation", "attestation__function", "attestation__component"
    )
    context = {
        "state": state,
        "states": {"open": _("To be looked at"), **{one.value: one.label for one in AuditResult}},
        "page": Paginator(related, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "breadcrumbs": [{"text": _("Audits of attestations")}],
    }
    return render(request, "registry/audit_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = moderator(request)
    related = ("steward", "attestation__organisation", "attestation__function", "attestation__component")
    found = get_object_or_404(Audit.objects.select_related(*related, "attestation__answered_in__by"), pk=pk)
    reason, refusal = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            decide_audit(audit=found, result=result_of(request), reason=reason, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            follow_registry.delay_on_commit()
            messages.success(request, _("It is decided"))
            return redirect("registry:audit_list")
    crumbs = [{"text": _("Audits of attestations"), "href": reverse("registry:audit_list")}, {"text": str(found)}]
    context = {"audit": found, "statement": statement(found), "reason": reason, "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "registry/audit.html", context | {"breadcrumbs": crumbs}, status=status)


def result_of(request: HttpRequest) -> AuditResult:
    """Raises Refused."""
    sent = request.POST.get("result", "")
    if sent not in AuditResult.values:
        raise Refused(_("Choose what you found."))
    return AuditResult(sent)


def statement(found: Audit) -> dict:
    """What stands now of what was attested; nothing where it stands no longer."""
    one = Attestation.objects.with_statement().get(pk=found.attestation_id)
    stated = Declaration.objects.filter(pk=one.statement).first() if one.statement else None
    return {"stated": stated, "source": external(stated.source_url) if stated else None}

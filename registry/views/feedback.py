"""“Something wrong or missing?”: anybody may say so of anything that is recorded, without an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commons.exceptions import Refused
from registry.actions.challenges import Raised, Subject, TooMany, raise_challenge
from registry.actions.challenges.letters import own_page
from registry.actions.challenges.raising import SentAlready
from registry.callers import caller_of
from registry.forms import ChallengeForm
from registry.presenters import challenged
from registry.presenters import feedback as feedback_page
from registry.signed_in import actor_of
from registry.tasks import send_letters_due

FORM = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(FORM)
def on_declaration(request: HttpRequest, key: int) -> HttpResponseBase:
    """A statement that was replaced leads to the one that is said now, or to what is missing."""
    if before := challenged.replaced(key):
        if now := challenged.same(before):
            return redirect("registry:feedback_declaration", now.pk)
        return redirect("registry:feedback_missing", before.organisation.slug, before.function.slug)
    return feedback(request, challenged.of_declaration(key))


@never_cache
@require_http_methods(FORM)
def on_missing(request: HttpRequest, organisation: str, function: str) -> HttpResponse:
    return feedback(request, challenged.of_missing(organisation, function))


@never_cache
@require_http_methods(FORM)
def on_component(request: HttpRequest, slug: str) -> HttpResponse:
    return feedback(request, challenged.of_component(slug))


@never_cache
@require_http_methods(FORM)
def on_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    return feedback(request, challenged.of_organisation(slug))


@never_cache
@require_http_methods(FORM)
def on_payment(request: HttpRequest, key: int) -> HttpResponse:
    return feedback(request, challenged.of_payment(key))


def feedback(request: HttpRequest, subject: Subject) -> HttpResponse:
    form = ChallengeForm(request.POST if request.method == "POST" else None, thing=subject.thing)
    status, wait = 400 if form.is_bound else 200, 0
    if form.is_bound and form.is_valid():
        try:
            return sent(request, raised(request, form, subject), bool(form.cleaned_data["email"]))
        except TooMany as many:
            form.add_error(None, str(many))
            status, wait = 429, many.seconds
        except SentAlready as again:
            form.add_error(None, str(again))
            form.begin_anew()
        except Refused as refused:
            form.add_error(None, str(refused))
    context = feedback_page.page(subject) | {"form": form}
    response = render(request, "registry/feedback.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    if wait:
        response["Retry-After"] = wait
    return response


def raised(request: HttpRequest, form: ChallengeForm, subject: Subject) -> Raised:
    given = form.cleaned_data
    said = {name: given[name] for name in ("claim", "evidence_url", "email")}
    found = raise_challenge(subject=subject, **said, caller=caller_of(request), nonce=form.nonce, by=actor_of(request))
    if found.is_new:
        send_letters_due.delay_on_commit()
    return found


def sent(request: HttpRequest, found: Raised, by_letter: bool) -> HttpResponse:
    """The reference; where no letter brings it, also the link for whoever raised it, this once."""
    if not found.is_own:
        messages.info(request, _("Somebody has said the same of this already. It is under review."))
        return redirect(found.challenge)
    context = {
        "challenge": found.challenge,
        "own": "" if by_letter else request.build_absolute_uri(own_page(found.challenge)),
        "breadcrumbs": feedback_page.crumbs(),
    }
    response = render(request, "registry/feedback_sent.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response

"""Challenges: raised by anybody, answered by bodies, followed by everybody."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commons.exceptions import Refused
from commons.formats import in_formats
from commons.kept_pages import kept_page
from registry.actions.challenges import (
    agree_to_challenge,
    ask_challenger,
    decide_challenge,
    escalate_challenge,
    forget_challenger,
    keep_record,
    reply_to_question,
    withdraw_challenge,
)
from registry.actions.challenges.challengers import may_escalate
from registry.actions.challenges.secrets import is_secret_of
from registry.challenge_forms import AnswerForm, ReplyForm
from registry.history import HistoryListing, of_challenge
from registry.listings import ChallengeListing
from registry.models import Challenge, Challenger, ChallengeState, Waiting
from registry.models.challenge.challenge import REFERENCE
from registry.moderation.doors import looking
from registry.permissions import Actor
from registry.presenters import answering as answer_page
from registry.presenters import challenges as challenge_page
from registry.signed_in import actor_of
from registry.tasks import send_letters_due
from registry.views import history
from registry.views.paging import to_first_page

FORM = ["GET", "HEAD", "POST"]
CHALLENGES_A_PAGE = 25


@require_safe
@in_formats(ChallengeListing)
@kept_page
def challenge_list(request: HttpRequest) -> HttpResponse:
    selection = ChallengeListing().select(request.GET)
    page = selection.page(request.GET.get("page"), CHALLENGES_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "registry/challenge_list.html", challenge_page.list_page(selection, page))


@require_safe
@kept_page
def challenge(request: HttpRequest, reference: str) -> HttpResponseBase:
    if reference != (spelt := as_spelt(reference)):
        return redirect("registry:challenge", spelt)
    page = challenge_page.page(found(spelt), actor_of(request), timezone.localdate())
    return render(request, "registry/challenge.html", page)


def as_spelt(reference: str) -> str:
    """As it is written, however it was typed: k7rm4xpd is K7RM-4XPD."""
    letters = reference.upper().replace("-", "").replace(" ", "")
    spelt = f"{letters[:4]}-{letters[4:]}"
    return spelt if re.fullmatch(REFERENCE, spelt, re.ASCII) else reference


def found(reference: str) -> Challenge:
    if "\x00" in reference:
        raise Http404
    related = ("organisation", "function", "component", "payment", "recorded_in")
    return get_object_or_404(Challenge.objects.listed().select_related(*related), reference=reference)


def history_of(reference: str) -> HistoryListing:
    return HistoryListing(of_challenge(found(as_spelt(reference))))


@require_safe
@in_formats(history_of)
@kept_page
def challenge_history(request: HttpRequest, reference: str) -> HttpResponse:
    one = found(as_spelt(reference))
    crumbs = challenge_page.crumbs({"text": one.reference, "href": one.get_absolute_url()}, {"text": _("History")})
    return history.page(request, of_challenge(one), _("Challenge %(name)s: history") % {"name": one.reference}, crumbs)


@never_cache
@login_required
@require_http_methods(FORM)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """For whoever may answer for the body, and for moderators where it was passed to them."""
    one, actor, on = found(reference), actor_of(request), timezone.localdate()
    if not answer_page.is_asked(one, actor, on):
        raise PermissionDenied
    choices = answer_page.choices(one, actor, on)
    form = AnswerForm(request.POST if request.method == "POST" else None, choices=choices)
    if choices and form.is_bound and form.is_valid():
        try:
            messages.success(request, answered(one, form.cleaned_data, actor))
            send_letters_due.delay_on_commit()
            return redirect(one)
        except Refused as refused:
            form.add_error(None, str(refused))
    status = 400 if form.is_bound and form.errors else 200
    page = answer_page.page(one, on) | {"form": form, "can_answer": bool(choices)}
    with_moderators = bool(choices) and one.state == ChallengeState.ESCALATED
    page |= looking(request, Waiting.CHALLENGE, one.reference) if with_moderators else {"lease": None}
    return render(request, "registry/challenge_answer.html", page, status=status)


def answered(one: Challenge, given: dict[str, Any], by: Actor) -> str:
    """Do what was chosen, and say so."""
    choice, text = given["choice"], given["text"]
    if choice == "agree":
        agree_to_challenge(challenge=one, text=text, by=by)
        return _("The challenge is closed with what you changed.")
    if choice == "keep":
        keep_record(challenge=one, reason=text, by=by)
        return _("The record is kept, with your reason.")
    if choice == "ask":
        ask_challenger(challenge=one, question=text, by=by)
        return _("Your question is asked.")
    decide_challenge(challenge=one, upheld=choice == "uphold", reason=text, by=by)
    return _("The challenge is decided.")


@never_cache
@require_http_methods(FORM)
def own_challenge(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """For whoever raised it: the address is secret, and given to them alone."""
    one = found(reference)
    if not is_secret_of(one, secret):
        raise Http404
    form, refusal = ReplyForm(), ""
    if request.method == "POST":
        form = ReplyForm(request.POST) if request.POST.get("act") == "reply" else form
        try:
            if said := done(request.POST.get("act", ""), one, secret, form, actor_of(request)):
                messages.success(request, said)
                send_letters_due.delay_on_commit()
                return HttpResponseRedirect(request.path)
        except Refused as refused:
            refusal = str(refused)
            one = found(reference)
    status = 400 if form.is_bound and form.errors else 409 if refusal else 200
    context = challenge_page.page(one, actor_of(request), timezone.localdate()) | {
        "form": form,
        "refusal": refusal,
        "may": {
            "reply": one.state == ChallengeState.ASKED,
            "withdraw": one.is_standing,
            "escalate": may_escalate(one),
            "forget": Challenger.objects.filter(challenge=one).exists(),
        },
    }
    response = render(request, "registry/challenge_own.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def done(act: str, one: Challenge, secret: str, form: ReplyForm, by: Actor) -> str:
    """What was done, in words; blank where nothing was, because the form has to be mended. Raises Refused."""
    theirs: dict[str, Any] = {"challenge": one, "secret": secret, "by": by}
    if act == "reply":
        if not form.is_valid():
            return ""
        reply_to_question(**theirs, **form.cleaned_data)
        return _("Your answer is sent.")
    if act == "withdraw":
        withdraw_challenge(**theirs)
        return _("Your challenge is withdrawn.")
    if act == "escalate":
        escalate_challenge(**theirs)
        return _("The moderators are asked.")
    if act == "forget":
        forget_challenger(**theirs)
        return _("Your address is deleted.")
    raise Refused(_("Choose one of the buttons on this page."))

"""Who comes in, and who is looking at what."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commons.exceptions import Refused
from registry.actions.looking import look_at, put_back, take_over
from registry.models import Waiting
from registry.moderation.forms import YES, DecisionForm
from registry.permissions import Actor, may_look_at, may_moderate
from registry.presenters.moderation import address_of, looked_at
from registry.signed_in import actor_of
from registry.tasks import send_letters_due

FORM = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponseBase]


def hidden_from_others(may: Callable[[Actor], bool]) -> Callable[[View], View]:
    """404 to others, and nothing is kept on the way: files too are open data elsewhere, and here they are not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(actor_of(request)):
                raise Http404
            response = view(request, *args, **kwargs)
            for name in ("Cache-Control", "Access-Control-Allow-Origin"):
                del response[name]
            add_never_cache_headers(response)
            return response

        return answer

    return decorate


def for_whom(may: Callable[[Actor], bool]) -> Callable[[View], View]:
    """The same, once whoever comes has signed in."""
    return lambda view: login_required(hidden_from_others(may)(view))


for_moderators = for_whom(may_moderate)


def looking(request: HttpRequest, kind: Waiting, key: object) -> dict[str, Any]:
    """For a page on which an item is decided: whoever opens it looks at it, where nobody else does."""
    by = actor_of(request)
    return looked_at(look_at(kind=kind, key=str(key), by=by), by)


def decided(
    request: HttpRequest, form: DecisionForm, *, yes: Callable[[], str], no: Callable[[str], str], to: str
) -> HttpResponse | None:
    """Do what was chosen, say so and go on; None where the form is to be shown, perhaps with why it was refused."""
    if not (form.is_bound and form.is_valid()):
        return None
    given = form.cleaned_data
    try:
        said = yes() if given["choice"] == YES else no(given["reason"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, said)
    send_letters_due.delay_on_commit()
    return HttpResponseRedirect(to)


def given(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def attempt(request: HttpRequest, act: Callable[[], object], done: str, to: str, back: str) -> HttpResponse:
    """Do it, say so and go on; where it is refused, say why and go back."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(back)
    messages.success(request, done)
    return HttpResponseRedirect(to)


def item(request: HttpRequest, kind: str) -> Waiting:
    """Raises Http404 for a kind that there is not, and PermissionDenied for who may not decide it."""
    if kind not in Waiting.values:
        raise Http404
    if not may_look_at(actor_of(request), Waiting(kind)):
        raise PermissionDenied
    return Waiting(kind)


@login_required
@require_POST
def take(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    chosen, page = item(request, kind), address_of(kind, key)
    return attempt(
        request,
        lambda: take_over(kind=chosen, key=key, by=actor_of(request)),
        _("You are looking at it now. Whoever looked at it before is not told: speak to them."),
        page,
        page,
    )


@login_required
@require_POST
def leave(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Put it back, for others to look at."""
    put_back(kind=item(request, kind), key=key, by=actor_of(request))
    return HttpResponseRedirect(reverse("registry:moderation") if may_moderate(actor_of(request)) else "/workspace/")

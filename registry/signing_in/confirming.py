"""Before somebody changes how they sign in, they show anew that it is they: a session left open is not enough."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from registry.signing_in.factors import has_factor

FRESH_SECONDS = 15 * 60

View = Callable[..., HttpResponseBase]


def confirmed(view: View) -> View:
    """Ask who has shown nothing for a quarter of an hour to do so first, and then to come back."""

    @wraps(view)
    @login_required
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not is_fresh(request):
            back = request.path if request.method in ("GET", "HEAD") else reverse("account")
            return HttpResponseRedirect(f"{reverse('account_confirm')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return answer


def is_fresh(request: HttpRequest) -> bool:
    """Who has a second factor shows it: mail alone would let whoever reads it take the factor away."""
    records = get_authentication_records(request, request.user)
    if has_factor(request.user):
        records = [one for one in records if one.get("method") == "mfa"]
    return any(time.time() - one["at"] < FRESH_SECONDS for one in records)

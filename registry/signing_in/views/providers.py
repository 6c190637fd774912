"""To an OpenID Connect provider and back."""

import logging

from allauth.socialaccount.models import SocialApp
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from commons.exceptions import Refused
from registry.actions.people import sign_up
from registry.signing_in import limits
from registry.signing_in.providers import FAILED, Provider, vouched_address
from registry.signing_in.views.sign_in import refused
from registry.signing_in.ways import enter, next_of

logger = logging.getLogger(__name__)


def found(request: HttpRequest, name: str) -> Provider:
    try:
        return Provider(request, name)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown


@never_cache
@require_POST
def leave(request: HttpRequest, name: str) -> HttpResponseBase:
    """A page that leads on at once. A redirect would be part of the form: our policy lets forms go nowhere else, and a
    provider may send people on to hosts that nobody could list."""
    provider = found(request, name)
    if not limits.may_begin(request):
        return refused(request, str(limits.TOO_MANY))
    try:
        address = provider.address(next_of(request))
    except FAILED as failed:
        return failed_at(request, provider, failed)
    return render(request, "account/leave.html", {"address": address, "name": provider.app.name})


@never_cache
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    provider = found(request, provider_id)
    state = provider.state()
    if state is None:
        return refused(request, _("That took too long, or began in another browser. Sign in again."))
    if "code" not in request.GET:
        return refused(request, _("%(name)s did not sign you in.") % {"name": provider.app.name})
    try:
        person = sign_up(email=vouched_address(provider, provider.claims(state)))
    except FAILED as failed:
        return failed_at(request, provider, failed)
    except Refused as because:
        logger.warning("Sign-in through %s refused: %s", provider_id, because)
        return refused(
            request, _("%(name)s vouches for no address that may sign in here.") % {"name": provider.app.name}
        )
    return enter(request, person, provider_id, state.get("next", ""))


def failed_at(request: HttpRequest, provider: Provider, failed: Exception) -> HttpResponseBase:
    """The kind alone goes into the log: the words may hold what the provider sent."""
    logger.warning("Sign-in through %s failed: %s", provider.provider_id, type(failed).__name__)
    return refused(
        request, _("Signing in through %(name)s did not work. Try again, or use a code.") % {"name": provider.app.name}
    )

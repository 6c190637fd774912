"""What the ways in have in common: where to go afterwards, and the step from somebody known to somebody signed in."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from registry.models import Person


def next_of(request: HttpRequest) -> str:
    """The page of ours that somebody wanted; blank for none, and for anybody else's."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""


def back_to(request: HttpRequest) -> str:
    return next_of(request) or reverse("account")


def enter(request: HttpRequest, person: Person, way: str, wanted: str) -> HttpResponseBase:
    """Sign in who has shown one thing; allauth asks for the second where the person has one."""
    record_authentication(request, person, method=way)
    return perform_login(request, Login(user=person, redirect_url=wanted or None))

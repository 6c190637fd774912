"""Sessions that are used go on, those that are old end."""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from registry.signing_in.sessions import SEEN

NOTED_EVERY = timedelta(minutes=5)


class SessionLife:
    """Note now and then that a session is used, which lets it live on; end it when it is a week old.

    Nothing is asked for readers without the cookie, and for others one write in five minutes, not one a page: every
    commit makes all kept pages be made anew.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            note(request)
        return self.get_response(request)


def note(request: HttpRequest) -> None:
    """Every sign-in of ours says when it was (adapters.py)."""
    now = timezone.now()
    if now.timestamp() - request.session.get(SEEN, now.timestamp()) < NOTED_EVERY.total_seconds():
        return
    listed = UserSession.objects.filter(session_key=request.session.session_key)
    began = listed.values_list("created_at", flat=True).first()
    if began and began < now - timedelta(days=settings.SESSION_LIFE_DAYS):
        listed.delete()
        logout(request)
        return
    request.session[SEEN] = now.timestamp()
    listed.update(last_seen_at=now, ip=get_adapter().get_client_ip(request))

"""Where somebody is signed in, and ending that."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from registry.models import Act, Event, Person
from registry.permissions import Actor

SEEN = "seen"  # in the session: when its use was last noted


def live_sessions(person: Person) -> QuerySet[UserSession]:
    """Those that are not over, last used first."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return UserSession.objects.filter(Exists(live), user=person).order_by("-last_seen_at", "-pk")


@transaction.atomic
def end_sessions(*, sessions: QuerySet[UserSession], by: Actor) -> int:
    """End them at once, wherever they are; how many. One event for all, none where there are none."""
    keys = list(sessions.select_for_update().values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    if keys:
        Event.objects.create(act=Act.END_SESSIONS, **by.signature, detail={"sessions": len(keys)})
    return len(keys)


def forget_ended() -> int:
    """Delete what is left of sessions that are over; how many. Their address and device are of no use any more."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    live = Session.objects.filter(session_key=OuterRef("session_key"))
    return UserSession.objects.exclude(Exists(live)).delete()[0]

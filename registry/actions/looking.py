"""Who is looking at what waits for a moderator, so that two do not decide one thing.

To look at something is no act: it is a lease that lapses by itself. To take it over from somebody is one.
"""

from django.db import transaction
from django.utils import timezone

from commons import formatting
from commons.exceptions import Refused
from registry.models import Act, Event, Lease, Waiting
from registry.models.moderation.lease import LASTS
from registry.permissions import Actor, may_look_at

LOOK = """
    WITH standing AS (
        SELECT id, kind, key, person_id, since, until FROM registry_lease
        WHERE kind = %(kind)s AND key = %(key)s AND until > %(now)s
          AND (person_id <> %(person)s OR until > %(fresh)s)
    ), begun AS (
        INSERT INTO registry_lease AS held (kind, key, person_id, since, until)
        SELECT %(kind)s, %(key)s, %(person)s, %(now)s, %(until)s WHERE NOT EXISTS (SELECT FROM standing)
        ON CONFLICT ON CONSTRAINT lease_one_of_an_item DO UPDATE SET
            person_id = EXCLUDED.person_id,
            since = CASE WHEN held.until > EXCLUDED.since THEN held.since ELSE EXCLUDED.since END,
            until = EXCLUDED.until
        WHERE held.until <= EXCLUDED.since OR held.person_id = EXCLUDED.person_id
        RETURNING id, kind, key, person_id, since, until
    )
    SELECT found.*, coalesce(nullif(person.name, ''), person.email) AS named
    FROM (SELECT * FROM standing UNION ALL SELECT * FROM begun) found
    JOIN registry_person person ON person.id = found.person_id
"""
"""One statement: who looks at it, and a lease where nobody does. Of two who come at once one is first; the other one
asks again. What is held and fresh is only read."""


def look_at(*, kind: Waiting, key: str, by: Actor) -> Lease | None:
    """Who is looking at an item now: whoever asks, where nobody else does. None for who has no such item to look at."""
    if by.person is None or not may_look_at(by, kind):
        return None
    now = timezone.now()
    asked = {"kind": kind.value, "key": key, "person": by.person.pk, "now": now}
    asked |= {"until": now + LASTS, "fresh": now + LASTS / 2}
    found = list(Lease.objects.raw(LOOK, asked)) or list(Lease.objects.raw(LOOK, asked))
    return found[0] if found else None


@transaction.atomic
def take_over(*, kind: Waiting, key: str, by: Actor) -> Lease:
    """Look at an item in somebody else's place. Raises Refused: not allowed, or nobody else looks at it."""
    if by.person is None or not may_look_at(by, kind):
        raise Refused("Only whoever may decide this can take it over.")
    held, now = locked(kind, key), timezone.now()
    if held is None or held.until <= now or held.person_id == by.person.pk:
        raise Refused("Nobody else is looking at this: open its page.")
    detail = {"kind": kind.value, "key": key, "from": held.person_id}
    Event.objects.create(act=Act.TAKE_OVER_ITEM, **by.signature, detail=detail)
    return write(held, {"person": by.person, "since": now, "until": now + LASTS})


def put_back(*, kind: Waiting, key: str, by: Actor) -> bool:
    """Stop looking at an item, and return whether it was looked at by whoever says so."""
    return bool(Lease.objects.filter(kind=kind, key=key, person=by.person).delete()[0]) if by.person else False


def settle(kind: Waiting, key: object, by: Actor) -> None:
    """In the act that decides an item: nobody looks at it any more. Raises Refused where somebody else does."""
    held = locked(kind, str(key))
    if held is None:
        return
    if held.until > timezone.now() and (by.person is None or held.person_id != by.person.pk):
        raise Refused(said(held))
    held.delete()


def said(lease: Lease) -> str:
    since = timezone.localtime(lease.since)
    return (
        f"{lease.person} is looking at this since {since:%H:%M} on {formatting.plain_date(since)}. "
        "Wait, or take it over first."
    )


def locked(kind: Waiting, key: str) -> Lease | None:
    rows = Lease.objects.select_for_update(of=("self",)).select_related("person")
    return rows.filter(kind=kind, key=key).first()


def write(held: Lease, lease: dict) -> Lease:
    for name, value in lease.items():
        setattr(held, name, value)
    held.save(update_fields=list(lease))
    return held


def forget_lapsed() -> int:
    """Delete what lapsed, so that nothing tells later who looked at what."""
    return Lease.objects.filter(until__lte=timezone.now()).delete()[0]

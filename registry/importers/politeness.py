"""Asking others as they wish to be asked: one question at a time, not what robots.txt forbids, and later where busy."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from commons.fetching import Fetched, Unfetchable, fetch, host_of
from registry.importers.robots import Rules, rules_of
from registry.models import Host

BUSY = (429, 503)
LONGEST_PAUSE = 30.0  # seconds: what asks for more is not waited for, but asked another day
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)
ROBOTS_LAST = timedelta(days=1)


class Busy(Unfetchable):
    """The host wants to be asked later, from `until`."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class Unwelcome(Unfetchable):
    """A robots.txt asks programs not to read the address. `led`: another address led to it."""

    def __init__(self, message: str, *, led: bool) -> None:
        super().__init__(message)
        self.led = led


def ask(url: str, *, etag: str = "", last_modified: str = "", accept: str = "*/*") -> Fetched:
    """Read an address, politely. Raises Unfetchable; Busy where it is to be asked later, Unwelcome where it is not.

    Every host to which it leads is asked by its own robots.txt, and in its turn.
    """
    asked: set[str] = set()
    return fetch(url, etag=etag, last_modified=last_modified, accept=accept, turn=lambda url: permitted(url, asked))


@contextmanager
def permitted(url: str, asked: set[str]) -> Iterator[None]:
    """Around one question, which the host's robots.txt allows. A host that was `asked` on the way here, and leads on to
    itself, is waited for: another day it would lead on again."""
    name = host_of(url)
    rules = known_rules(name)
    if not rules.allow(url):
        raise Unwelcome(f"{name}/robots.txt asks programs not to read {url}.", led=bool(asked))
    delay = rules.delay
    with in_turn(name, min(delay, LONGEST_PAUSE) if delay is not None and name in asked else delay):
        asked.add(name)
        yield


@contextmanager
def in_turn(name: str, delay: float | None = None) -> Iterator[None]:
    """Around one question: others to the same host wait, those of other processes too. What comes of it is kept.

    `delay` is how many seconds the host asks for between two. Nobody holds one host while waiting for another: two that
    lead to each other would stand still.
    """
    with alone(name):
        host, _ = Host.objects.get_or_create(name=name)
        refuse_early(host)
        pause(host, delay)
        try:
            yield
        except Unfetchable as error:
            host.asked_at = timezone.now()
            if error.status in BUSY:
                raise back_off(host, error) from error
            host.save(update_fields=["asked_at"])
            raise
        host.asked_at, host.not_before, host.refusals = timezone.now(), None, 0
        host.save(update_fields=["asked_at", "not_before", "refusals"])


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Whoever asks the same host next waits here. A process that is killed lets go with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('host'), hashtext(%s))", [name])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('host'), hashtext(%s))", [name])


def refuse_early(host: Host) -> None:
    if host.not_before and host.not_before > timezone.now():
        raise Busy(f"{host} is busy and asks to be left alone until {moment(host.not_before)}.", host.not_before)


def moment(when: datetime) -> str:
    local = timezone.localtime(when)
    return f"{local.day} {local:%B, %H:%M}"


def known_rules(name: str) -> Rules:
    """What a host's robots.txt says, asked for once a day. Where there is none everything may be read (RFC 9309)."""
    host = Host.objects.filter(name=name, robots_read_at__gte=timezone.now() - ROBOTS_LAST).first()
    return Rules.read(host.robots if host else read_robots(name))


def read_robots(name: str) -> str:
    """The rules may stand at another host, which is asked in its turn; they need no leave to be read themselves."""
    try:
        found = fetch(f"{name}/robots.txt", accept="text/plain", turn=lambda url: in_turn(host_of(url)))
        text = rules_of(found.content)
    except Unfetchable as error:
        if error.status is None or not 400 <= error.status < 500 or error.status in BUSY:
            raise
        text = ""
    Host.objects.update_or_create(name=name, defaults={"robots": text, "robots_read_at": timezone.now()})
    return text


def pause(host: Host, delay: float | None) -> None:
    wanted = settings.HARVEST_PAUSE if delay is None else delay
    if wanted > LONGEST_PAUSE:
        until = (host.asked_at or timezone.now() - timedelta(days=1)) + timedelta(seconds=wanted)
        if until > timezone.now():
            raise Busy(f"{host} asks for {wanted:.0f} seconds between two questions.", until)
    elif host.asked_at:
        since = (timezone.now() - host.asked_at).total_seconds()
        time.sleep(max(0.0, min(wanted - since, wanted)))


def back_off(host: Host, error: Unfetchable) -> Busy:
    """Later: when it said, or else after a time that doubles with every refusal."""
    doubled = FIRST_WAIT * 2 ** min(host.refusals, 10)
    wait = waits_for(error.retry_after) or doubled
    host.refusals += 1
    host.not_before = host.asked_at + min(wait, LONGEST_WAIT)
    host.save(update_fields=["asked_at", "not_before", "refusals"])
    return Busy(f"{error} It is asked again on {moment(host.not_before)}.", host.not_before)


def waits_for(said: str) -> timedelta | None:
    """Retry-After: seconds, or a date. None where it says neither, or what is past."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), int(LONGEST_WAIT.total_seconds()))) or None
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    left = when - timezone.now()
    return left if left > timedelta(0) else None

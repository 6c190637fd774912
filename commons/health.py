"""Whether the product is alive, and whether it can work. For supervisors and load balancers, not for people."""

import redis
from django.conf import settings
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.urls import path

from public_value.models import Edition

BROKER_SECONDS = 1
NOT_STORED = {"Cache-Control": "no-store"}


def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "live"}, headers=NOT_STORED)


def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages and writes work, 503 when they do not.

    Without its broker the registry goes on, and work waits in the database: `degraded`, and still 200.
    """
    broker = broker_answers()
    try:
        edition = Edition.objects.listed().first()
    except Error:  # it does not answer, or has no tables
        return answer("unavailable", database=False, broker=broker, edition=None)
    return answer("ready" if broker else "degraded", database=True, broker=broker, edition=edition)


def answer(status: str, *, database: bool, broker: bool, edition: Edition | None) -> JsonResponse:
    parts = {
        "status": status,
        "database": "up" if database else "down",
        "broker": "up" if broker else "down",
        "last_edition": edition
        and {"label": edition.label, "snapshot_date": edition.snapshot_date, "computed_at": edition.computed_at},
    }
    return JsonResponse(parts, status=200 if database else 503, headers=NOT_STORED)


def broker_answers() -> bool:
    timeouts = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    try:
        with redis.from_url(settings.REDIS_URL, **timeouts) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


urlpatterns = [path("live", live, name="live"), path("ready", ready, name="ready")]

"""Whether the product is alive, and whether it can work. For supervisors and load balancers, not for people."""

import redis
from django.apps import apps
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

BROKER_SECONDS = 1
NOT_STORED = {"Cache-Control": "no-store"}


def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "live"}, headers=NOT_STORED)


def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages and writes work, 503 when they do not.

    Without its broker the registry goes on, and work waits in the database: `degraded`, and still 200.
    """
    database, broker = database_answers(), broker_answers()
    status = ("ready" if broker else "degraded") if database else "unavailable"
    parts = {
        "status": status,
        "database": word(database),
        "broker": word(broker),
        "last_edition": last_edition() if database else None,
    }
    return JsonResponse(parts, status=200 if database else 503, headers=NOT_STORED)


def word(answers: bool) -> str:
    return "up" if answers else "down"


def database_answers() -> bool:
    """Whether it answers and has the tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM registry_organisation)")
    except Error:
        return False
    return True


def last_edition() -> str | None:
    if not apps.is_installed("public_value") or "edition" not in apps.all_models["public_value"]:
        return None
    edition = apps.get_model("public_value", "Edition").objects.order_by("-pk").first()
    return str(edition) if edition else None


def broker_answers() -> bool:
    timeouts = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    try:
        with redis.from_url(settings.REDIS_URL, **timeouts) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


urlpatterns = [path("live", live, name="live"), path("ready", ready, name="ready")]

"""`Idempotency-Key`: a request that is sent again because its answer was lost does nothing a second time."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError

from commons.api.problems import problem
from registry.models import IdempotentAnswer
from registry.models.idempotency import KEPT_FOR, LONGEST_KEY
from registry.permissions import Actor

HEADERS = ("Content-Type", "Location", "ETag", "Cache-Control")
KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description=f"Of your own making, at most {LONGEST_KEY} characters, new for each request. The same request with "
    f"the same key is done once, and answered alike for {int(KEPT_FOR / timedelta(hours=1))} hours.",
)


def once(request, actor: Actor, act: Callable[[], HttpResponse], *, sent: bytes | None = None) -> HttpResponseBase:
    """Do it, or give the answer of the time when it was done. Whoever comes at the same moment waits for that answer.

    What is refused is not kept: mended, it may come with the same key. `sent` stands for a body that is read already.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key or actor.token is None:
        return act()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise ParseError(f"An Idempotency-Key has at most {LONGEST_KEY} characters that can be seen.")
    with transaction.atomic():
        wait_for_others(actor.token.pk, key)
        asked = fingerprint(request, sent)
        known = IdempotentAnswer.objects.filter(token=actor.token, key=key).first()
        if known is not None and timezone.now() - known.answered_at > KEPT_FOR:
            known.delete()
            known = None
        if known is not None:
            return again(known) if known.request_hash == asked else problem("key-reused", "Send a new Idempotency-Key.")
        response = act()
        if response.status_code < 400:
            IdempotentAnswer.objects.create(
                token=actor.token,
                key=key,
                request_hash=asked,
                status=response.status_code,
                headers={name: response[name] for name in HEADERS if response.has_header(name)},
                body=response.content,
                answered_at=timezone.now(),
            )
        return response


def wait_for_others(token: int, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [token % 2**31, key])


def fingerprint(request, sent: bytes | None) -> str:
    body = request._request.body if sent is None else sent
    said = f"{request.method} {request.get_full_path()}\n".encode() + body
    return sha256(said).hexdigest()


def again(known: IdempotentAnswer) -> HttpResponse:
    response = HttpResponse(bytes(known.body), status=known.status, headers=known.headers)
    response["Idempotent-Replayed"] = "true"
    return response


def forget_answers() -> int:
    return IdempotentAnswer.objects.filter(answered_at__lt=timezone.now() - KEPT_FOR).delete()[0]

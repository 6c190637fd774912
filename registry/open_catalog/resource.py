"""What all addresses of the Open Catalog API have in common: who asks, what is refused, and how that is said."""

import re
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from rest_framework.exceptions import AuthenticationFailed

from commons.exceptions import Refused
from registry.api.authentication import actor_of
from registry.models import Catalog
from registry.models.open_catalog.catalog import ROOT
from registry.open_catalog.answers import Problem, problem
from registry.permissions import ANYBODY, Actor
from registry.tasks import deliver_webhooks

VERBS = {"get": "get", "head": "get", "post": "create", "patch": "update", "delete": "delete"}
UNSIGNED = "token authentication failed"
FORBIDDEN = "the token is not allowed to do this"
SHAPE = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)


@method_decorator(csrf_exempt, name="dispatch")
class Resource(View):
    """Subclasses have `get`, `post`, `patch`, `delete`. Writes need a token; reads look at it only where `secret`."""

    noun = ""
    secret = False
    http_method_names = ("get", "head", "post", "patch", "delete", "options")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = (request.method or "").lower()
        try:
            response = self.answer(method, request, **kwargs)
        except Problem as refused:
            response = problem(refused.status, self.title(method), refused.detail, refused.wrong)
        except Refused as refused:
            response = problem(409, self.title(method), str(refused))
        except Http404 as missing:
            response = problem(404, self.title(method), str(missing))
        except RecursionError:
            response = problem(400, self.title(method), "the body is nested too deeply")
        if response.status_code == 405:
            response["Allow"] = ", ".join(self._allowed_methods())
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    def answer(self, method: str, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        handler = getattr(self, method, None) if method in self.http_method_names else None
        if handler is None:
            raise Problem(405, f"Cannot {request.method} {request.path}")
        self.actor = ANYBODY
        writes = method in ("post", "patch", "delete")
        if writes or (self.secret and method != "options"):
            self.actor = signed(request)
        if not writes:
            return handler(request, **kwargs)
        with transaction.atomic():  # what a change begins from is locked until it is made
            response = handler(request, **kwargs)
        deliver_webhooks.delay_on_commit()  # what is to be told was recorded with the act
        return response

    def title(self, method: str) -> str:
        return f"can't {VERBS.get(method, 'get')} {self.noun}"

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowed = ", ".join(self._allowed_methods())
        response = HttpResponse(status=204, headers={"Allow": allowed})
        response["Access-Control-Allow-Methods"] = allowed
        response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
        return response

    def need(self, allowed: bool) -> None:
        if not allowed:
            raise Problem(403, FORBIDDEN)


def signed(request: HttpRequest) -> Actor:
    """Who sent the token. Raises Problem: there is none, or it does not work."""
    try:
        actor = actor_of(request)
    except AuthenticationFailed as failed:
        raise Problem(401, str(failed.detail)) from failed
    if actor.is_anonymous:
        raise Problem(401, UNSIGNED)
    return actor


def uuid_of(text: str) -> UUID | None:
    return UUID(text) if SHAPE.fullmatch(text) else None


def catalog_of(text: str) -> Catalog | None:
    """The catalogue with this id or alternative id; None is the root. Raises Http404."""
    uuid = uuid_of(text)
    found = Catalog.objects.filter(uuid=uuid).first() if uuid else None
    found = found or (None if "\x00" in text else Catalog.objects.filter(alternative_id=text).first())
    if found is None and text != ROOT:
        raise Http404("Catalog was not found")
    return None if found is None or found.is_root else found


class Missing(Resource):
    """Every address below /v1 that the contract does not know."""

    noun = "resource"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = problem(404, "Not Found", f"Cannot {request.method} {request.path}"[:500])
        response["Access-Control-Allow-Origin"] = "*"
        return response

"""Errors as RFC 9457 problem documents, each with a page that explains it."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, NamedTuple

from django.http import JsonResponse

from commons.listing.errors import ParameterError


class Problem(NamedTuple):
    """A kind of error: what it means and what a client does about it."""

    status: int
    title: str
    meaning: str
    remedy: str


PROBLEMS = {
    "bad-parameter": Problem(
        400,
        "A parameter is wrong",
        "The address has a parameter that this list does not know, or a value that it cannot read. Nothing is ever "
        "ignored silently, so a filter that is misspelt never gives the whole list.",
        "Read `errors`: each names a parameter and says what would work. Mend the address and ask again.",
    ),
    "bad-request": Problem(
        400, "The request cannot be understood", "The request is malformed.", "Check the address and the headers."
    ),
    "unauthenticated": Problem(
        401,
        "A token is needed",
        "Whoever writes sends a token that works, in the header Authorization. Reading needs none.",
        "Send “Authorization: Bearer dcr_…”. The registry's operators give you a token if you have none, or if yours "
        "has expired or been revoked.",
    ),
    "forbidden": Problem(
        403, "Not allowed", "This needs a permission that you do not have.", "Sign in, or ask somebody who may."
    ),
    "not-found": Problem(
        404,
        "Nothing is here",
        "There is nothing at this address. It may be misspelt, or what was here may be gone.",
        "Find the thing in its list, for example /api/v1/components?q=…, and use its slug.",
    ),
    "method-not-allowed": Problem(
        405,
        "This cannot be done here",
        "Most of the API is read-only, and answers GET, HEAD and OPTIONS.",
        "The header Allow lists what the address answers.",
    ),
    "not-acceptable": Problem(
        406,
        "No such format",
        "The Accept header takes none of the formats that this address has.",
        "Accept application/json, or text/csv for a list, or leave the header out.",
    ),
    "conflict": Problem(
        409,
        "A rule says no",
        "What is asked for goes against what the registry holds now: the detail says which rule it is.",
        "Read `detail`: it says what to do.",
    ),
    "precondition-failed": Problem(
        412,
        "It was changed meanwhile",
        "The header If-Match names a version that is not the present one: somebody else has changed it.",
        "Read it again, look at what is new, and send your change with its new ETag.",
    ),
    "too-large": Problem(413, "Too much at once", "The body is larger than is read.", "Send less at a time."),
    "unsupported-media-type": Problem(
        415,
        "Not in a format that is read",
        "The header Content-Type names a format that this address does not read.",
        "Send JSON, with “Content-Type: application/json”.",
    ),
    "key-reused": Problem(
        422,
        "The key belongs to another request",
        "The same Idempotency-Key came with another address or body before.",
        "Send a new key for a new request. Only the very same request is sent again with the same key.",
    ),
    "precondition-required": Problem(
        428,
        "Say which version you have seen",
        "Whoever replaces something says what they have seen, so that nobody's change is lost.",
        "Read it first, and send its ETag as If-Match.",
    ),
    "server-error": Problem(
        500,
        "Something went wrong on our side",
        "The fault is ours and has been recorded under the reference.",
        "Try again later. If it stays, tell us the reference.",
    ),
    "unavailable": Problem(
        503,
        "Not available at the moment",
        "The database is restarting or too busy.",
        "Wait as long as the header Retry-After says, and ask again.",
    ),
}
BY_STATUS = {problem.status: code for code, problem in reversed(PROBLEMS.items())} | {400: "bad-request"}


FOR_PROGRAMS = ("/api/", "/v1/")
"""Addresses that answer errors as problems and not as pages."""


def problem(code: str, detail: str, errors: Iterable[ParameterError] = (), **more: Any) -> JsonResponse:
    """The problem document of one of PROBLEMS; `more` are its further members."""
    known = PROBLEMS[code]
    listed = [error._asdict() for error in errors]
    document = {"type": address(code), "title": known.title, "status": known.status, "detail": detail}
    document |= {"errors": listed} if listed else {}
    response = JsonResponse(
        document | more,
        status=known.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def of_status(status: int, detail: str, **more: Any) -> JsonResponse:
    return problem(BY_STATUS[status], detail or HTTPStatus(status).phrase, **more)


def address(code: str) -> str:
    return f"/api/problems/{code}/"

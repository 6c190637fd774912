"""Pages kept in this process, exactly as fresh as the database."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from commons.kept import Kept, database_version

View = Callable[..., HttpResponseBase]
PAGES: Kept[tuple[bytes, str]] = Kept(512)  # (page, its ETag): about 20 MB
LONGEST = 262_144  # bytes of a page that is kept


def kept_page(view: View) -> View:
    """Give a reader without cookies the page that was made for the last one, until anything is recorded.

    For views whose page depends on the address, the day and the database alone. Somebody with a cookie, who may be
    signed in or be told something, gets a page of their own. The view finds the version in `request.database_version`,
    and may keep under it what is the same for every reader.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.database_version = version = database_version()
        if request.COOKIES:
            return view(request, *args, **kwargs)
        key = (request.build_absolute_uri(), timezone.localdate())
        found = PAGES.find(version, key)
        if found is None:
            response = view(request, *args, **kwargs)
            if not is_page(response):
                return response
            found = response.content, f'"{sha256(response.content).hexdigest()[:32]}"'
            if len(found[0]) <= LONGEST:
                PAGES.keep(version, key, found)
        return sent(request, *found)

    return answer


def is_page(response: HttpResponseBase) -> bool:
    return isinstance(response, HttpResponse) and response.status_code == 200 and not response.cookies


def sent(request: HttpRequest, page: bytes, etag: str) -> HttpResponseBase:
    """The page, or 304 where the reader has it. A browser asks each time, so that no page is shown after a change."""
    response = HttpResponse(page)
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    patch_vary_headers(response, ["Accept", "Cookie"])
    return get_conditional_response(request, etag=etag, response=response)

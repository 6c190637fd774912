"""A search as a feed: `/components.atom?…`, what was added or changed last first."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from catalogue.presenters.component import leading
from catalogue.search.news import News, canonical, in_words, news
from commons.formats.faces import CACHED
from commons.kept import Kept, database_version
from commons.xml import writable

FEEDS: Kept[bytes] = Kept(64)


@require_safe
def components(request: HttpRequest) -> HttpResponseBase:
    search = canonical(request.GET)
    root = request.build_absolute_uri("/")
    body = FEEDS.get(database_version(), (root, search), lambda: atom(root.rstrip("/"), search))
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["ETag"], response["Cache-Control"] = etag, CACHED
    response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response)


def atom(root: str, search: str) -> bytes:
    here = f"{root}{reverse('catalogue:component_list')}"
    feed = Atom1Feed(
        title=writable(f"Components: {in_words(search)}"),
        link=f"{here}?{search}" if search else here,
        feed_url=f"{root}{reverse('catalogue:component_feed')}{f'?{search}' if search else ''}",
        description="Added or changed last, first.",
        language="en-gb",
    )
    for one in news(QueryDict(search)):
        add(feed, root, one)
    return feed.writeString("utf-8").encode()


def add(feed: Atom1Feed, root: str, one: News) -> None:
    feed.add_item(
        title=writable(one.name),
        link=f"{root}{reverse('catalogue:component', args=[one.slug])}",
        description=writable(leading(one.summary)[0]),
        unique_id=one.uuid.urn,
        pubdate=one.created_at,
        updateddate=one.updated_at,
    )

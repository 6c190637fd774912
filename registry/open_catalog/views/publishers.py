from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from registry.actions.publishers import (
    Hosting,
    WantedPublisher,
    create_publisher,
    delete_publisher,
    update_publisher,
)
from registry.models import Organisation
from registry.models.open_catalog.publisher import publishing
from registry.open_catalog import validation
from registry.open_catalog.answers import nothing, private, public
from registry.open_catalog.bodies import object_of
from registry.open_catalog.changes import changed
from registry.open_catalog.paging import flag, page
from registry.open_catalog.representations.publisher import (
    publisher_documents,
    publisher_presenter,
    publisher_rows,
    said_of,
)
from registry.open_catalog.resource import Resource, catalog_of, uuid_of
from registry.permissions import may_write_catalogue, may_write_root_catalogue

IN_ROOT = Q(publisher=None) | Q(publisher__catalog=None)


class PublisherList(Resource):
    noun = "Publisher"

    def get(self, request: HttpRequest, id: str = "") -> HttpResponseBase:
        rows = publisher_rows()
        if id:
            rows = rows.filter(publisher__catalog=catalog) if (catalog := catalog_of(id)) else rows.filter(IN_ROOT)
        if not flag(request.GET, "all"):
            rows = publishing(rows, timezone.localdate())
        return public(request, page(rows, request.GET, publisher_presenter(request.build_absolute_uri("/"))))

    def post(self, request: HttpRequest, id: str = "") -> HttpResponseBase:
        catalog = catalog_of(id) if id else None
        self.need(may_write_root_catalogue(self.actor))
        document = object_of(request)
        validation.publisher(document)
        made = create_publisher(wanted=wanted_of(document), catalog=catalog, by=self.actor)
        return shown(request, made)


class OnePublisher(Resource):
    noun = "Publisher"

    def get(self, request: HttpRequest, id: str) -> HttpResponseBase:
        return public(request, publisher_documents([publisher_of(id)], request.build_absolute_uri("/"))[0])

    def patch(self, request: HttpRequest, id: str, catalog_id: str = "") -> HttpResponseBase:
        body = publisher_of(id, change=True)
        if catalog_id and said_of(body).catalog != catalog_of(catalog_id):
            raise Http404("Publisher was not found")
        self.need(may_write_catalogue(self.actor, body))
        [before] = publisher_documents([body], request.build_absolute_uri("/"))
        before["active"] = said_of(body).active
        after = changed(request, before, validation.PUBLISHER)
        validation.publisher(after)
        update_publisher(organisation=body, wanted=wanted_of(after, before["codeHosting"]), by=self.actor)
        return shown(request, body)

    def delete(self, request: HttpRequest, id: str) -> HttpResponseBase:
        body = publisher_of(id, change=True)
        self.need(may_write_catalogue(self.actor, body))
        delete_publisher(organisation=body, by=self.actor)
        return nothing()


def publisher_of(id: str, *, change: bool = False) -> Organisation:
    """The body with this id, or with this alternative id: its code where it was given no other. Raises Http404."""
    rows = publisher_rows().select_for_update(of=("self",)) if change else publisher_rows()
    found = None if "\x00" in id else rows.filter(named(id)).first()
    if found is None:
        raise Http404("Publisher was not found")
    return found


def named(id: str) -> Q:
    by_word = Q(publisher__alternative_id=id) | (Q(slug=id) & (Q(publisher=None) | Q(publisher__alternative_id=None)))
    uuid = uuid_of(id)
    return Q(uuid=uuid) | by_word if uuid else by_word


def wanted_of(document: Mapping[str, Any], as_it_was: Any = None) -> WantedPublisher:
    """`as_it_was`: code hosting that comes back unchanged is not written down: it may be what the components say."""
    hosting = [Hosting(one["url"], one.get("group") is not False) for one in document["codeHosting"]]
    return WantedPublisher(
        description=document["description"].strip() or document["description"],
        code_hosting=None if document["codeHosting"] == as_it_was else hosting,
        email=(document.get("email") or "").strip().lower(),
        active=document.get("active") is not False,
        alternative_id=document.get("alternativeId") or None,
    )


def shown(request: HttpRequest, body: Organisation) -> HttpResponseBase:
    rows: QuerySet[Organisation] = publisher_rows().filter(pk=body.pk)
    return private(publisher_documents(list(rows), request.build_absolute_uri("/"))[0])

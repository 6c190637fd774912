from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from registry.actions.catalogs import WantedCatalog, analyse_catalog, create_catalog, delete_catalog, update_catalog
from registry.models import Catalog
from registry.models.open_catalog.catalog import ROOT
from registry.open_catalog import validation
from registry.open_catalog.answers import nothing, private, public
from registry.open_catalog.bodies import object_of
from registry.open_catalog.changes import changed
from registry.open_catalog.paging import flag, page
from registry.open_catalog.representations.others import catalog_document, catalog_documents
from registry.open_catalog.resource import Resource, uuid_of
from registry.open_catalog.views.software import fit_analysis, timed
from registry.permissions import may_write_root_catalogue


class CatalogList(Resource):
    noun = "Catalog"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        rows = Catalog.objects.all()
        if not flag(request.GET, "all"):
            rows = rows.filter(active=True)
        return public(request, page(rows, request.GET, catalog_documents))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        self.need(may_write_root_catalogue(self.actor))
        document = object_of(request)
        validation.catalog(document)
        return private(catalog_document(create_catalog(wanted=wanted_of(document), by=self.actor)))


class OneCatalog(Resource):
    noun = "Catalog"

    def get(self, request: HttpRequest, id: str) -> HttpResponseBase:
        return public(request, catalog_document(row_of(id)))

    def patch(self, request: HttpRequest, id: str) -> HttpResponseBase:
        catalog = row_of(id, change=True)
        self.need(may_write_root_catalogue(self.actor))
        after = changed(request, catalog_document(catalog), validation.CATALOG)
        validation.catalog(after)
        if catalog.is_root and after.get("alternativeId") != ROOT:
            validation.refuse([validation.Wrong("alternativeId", "immutable", after.get("alternativeId") or "")])
        return private(catalog_document(update_catalog(catalog=catalog, wanted=wanted_of(after), by=self.actor)))

    def delete(self, request: HttpRequest, id: str) -> HttpResponseBase:
        catalog = row_of(id, change=True)
        self.need(may_write_root_catalogue(self.actor))
        delete_catalog(catalog=catalog, by=self.actor)
        return nothing()


class CatalogAnalysis(Resource):
    noun = "Catalog analysis"

    def get(self, request: HttpRequest, id: str) -> HttpResponseBase:
        return public(request, row_of(id).analysis)

    def patch(self, request: HttpRequest, id: str) -> HttpResponseBase:
        catalog = row_of(id, change=True)
        self.need(may_write_root_catalogue(self.actor))
        document = object_of(request)
        validation.analysis(document)
        analysis = timed(catalog.analysis, document)
        fit_analysis({"analysis": analysis})
        analyse_catalog(catalog=catalog, analysis=analysis, by=self.actor)
        return private(analysis)


def row_of(id: str, *, change: bool = False) -> Catalog:
    """The catalogue itself. The root has a row only where somebody made one."""
    uuid = uuid_of(id)
    rows = Catalog.objects.select_for_update() if change else Catalog.objects.all()
    found = rows.filter(uuid=uuid).first() if uuid else None
    found = found or (None if "\x00" in id else rows.filter(alternative_id=id).first())
    if found is None:
        raise Http404("Catalog was not found")
    return found


def wanted_of(document: Mapping[str, Any]) -> WantedCatalog:
    return WantedCatalog(
        name=document["name"],
        alternative_id=document.get("alternativeId") or None,
        active=document.get("active") is not False,
        publishers_namespace=document.get("publishersNamespace") or "",
        scopes=document.get("scopes") or [],
        sources=[
            {key: source[key] for key in validation.SOURCE if source.get(key) is not None}
            for source in document.get("sources") or []
        ],
    )

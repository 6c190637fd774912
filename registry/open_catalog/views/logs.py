from django.http import HttpRequest, HttpResponseBase

from registry.actions.components import current_stewards
from registry.actions.logs import write_log
from registry.models import Log, Scope
from registry.open_catalog import validation
from registry.open_catalog.answers import nothing, private, public
from registry.open_catalog.bodies import object_of
from registry.open_catalog.paging import page
from registry.open_catalog.representations.others import log_document, log_documents
from registry.open_catalog.resource import Resource, catalog_of
from registry.open_catalog.views.software import component_of, publishers_of
from registry.permissions import may_add_software, may_write_component, may_write_somewhere

ROWS = Log.objects.listed().select_related("component", "catalog")


def message_of(request: HttpRequest) -> str:
    document = object_of(request)
    validation.log(document)
    return document["message"]


class LogList(Resource):
    noun = "Log"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        rows = ROWS.all()
        if sought := request.GET.get("search", "").replace("\x00", ""):
            rows = rows.filter(message__icontains=sought)
        return public(request, page(rows, request.GET, log_documents, newest_first=True))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        self.need(may_write_somewhere(self.actor, Scope.CATALOGUE_WRITE))
        return private(log_document(write_log(message=message_of(request), by=self.actor)))


class SoftwareLogs(Resource):
    noun = "Log"

    def get(self, request: HttpRequest, id: str) -> HttpResponseBase:
        rows = ROWS.filter(component=component_of(id))
        return public(request, page(rows, request.GET, log_documents, newest_first=True))

    def post(self, request: HttpRequest, id: str) -> HttpResponseBase:
        component = component_of(id)
        self.need(may_write_component(self.actor, current_stewards(component)))
        write_log(message=message_of(request), component=component, by=self.actor)
        return nothing()


class CatalogLogs(Resource):
    noun = "Log"

    def post(self, request: HttpRequest, id: str) -> HttpResponseBase:
        catalog = catalog_of(id)
        self.need(may_add_software(self.actor, publishers_of(catalog)))
        return private(log_document(write_log(message=message_of(request), catalog=catalog, by=self.actor)))

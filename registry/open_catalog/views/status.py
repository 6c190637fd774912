from django.http import HttpRequest, HttpResponseBase

from registry.open_catalog.answers import nothing
from registry.open_catalog.resource import Resource


class Status(Resource):
    noun = "Status"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """That it answers. Whether all parts work is at /health/ready."""
        return nothing()

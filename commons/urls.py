from django.contrib import admin
from django.urls import include, path

from commons import pages
from commons.api import pages as api_pages
from commons.api import schema, well_known
from registry.signing_in.views import operators, sign_in

api = [
    path("schema", schema.schema, name="schema"),
    path("schema.json", schema.schema, {"suffix": "json"}),
    path("schema.yaml", schema.schema, {"suffix": "yaml"}),
    path("docs", schema.reference, name="reference"),
]

urlpatterns = [
    path("health/", include("commons.health")),
    path("admin/login/", operators.sign_in),  # before the admin's own, whose name leads here
    path("admin/logout/", sign_in.sign_out),
    path("admin/", admin.site.urls),
    path("", include("registry.signing_in.urls")),
    path("", include("catalogue.urls")),
    path("", include("registry.urls")),
    path("", include("public_value.urls")),
    path("", include("registry.api.pages")),
    path("api/v1/", include("catalogue.api.urls")),
    path("api/v1/", include("registry.api.urls")),
    path("api/v1/", include("public_value.api.urls")),
    path("api/v1/", include((api, "api"))),
    path("v1/", include("registry.open_catalog.urls")),
    path(well_known.ADDRESS.removeprefix("/"), well_known.api_catalog, name="api_catalog"),
    path("api/", api_pages.guide, name="api_guide"),
    path("api/problems/<slug:code>/", api_pages.problem, name="api_problem"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
]

handler400 = "commons.errors.bad_request"
handler403 = "commons.errors.forbidden"
handler404 = "commons.errors.not_found"
handler500 = "commons.errors.server_error"

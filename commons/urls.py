from django.contrib import admin
from django.urls import include, path

from commons import pages

urlpatterns = [
    path("health/", include("commons.health")),
    path("admin/", admin.site.urls),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
]

handler400 = "commons.errors.bad_request"
handler403 = "commons.errors.forbidden"
handler404 = "commons.errors.not_found"
handler500 = "commons.errors.server_error"

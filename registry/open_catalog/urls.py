from django.urls import path, re_path

from registry.open_catalog.resource import Missing
from registry.open_catalog.views import catalogs, description, logs, publishers, software, status, webhooks

app_name = "open_catalog"
urlpatterns = [
    path("openapi.yaml", description.openapi, name="openapi"),
    path("status", status.Status.as_view(), name="status"),
    path("software", software.SoftwareList.as_view(), name="software"),
    path("software/webhooks", webhooks.SoftwareWebhooks.as_view(), name="software_webhooks"),
    path("software/<str:id>", software.OneSoftware.as_view(), name="one_software"),
    path("software/<str:id>/analysis", software.Analysis.as_view(), name="analysis"),
    path("software/<str:id>/logs", logs.SoftwareLogs.as_view(), name="software_logs"),
    path("software/<str:id>/webhooks", webhooks.SoftwareWebhooks.as_view(), name="one_software_webhooks"),
    path("logs", logs.LogList.as_view(), name="logs"),
    path("catalogs", catalogs.CatalogList.as_view(), name="catalogs"),
    path("catalogs/<str:id>", catalogs.OneCatalog.as_view(), name="catalog"),
    path("catalogs/<str:id>/analysis", catalogs.CatalogAnalysis.as_view(), name="catalog_analysis"),
    path("catalogs/<str:id>/publishers", publishers.PublisherList.as_view(), name="catalog_publishers"),
    path(
        "catalogs/<str:catalog_id>/publishers/<str:id>",
        publishers.OnePublisher.as_view(http_method_names=["patch", "options"]),
        name="catalog_publisher",
    ),
    path("catalogs/<str:id>/software", software.SoftwareList.as_view(), name="catalog_software"),
    path(
        "catalogs/<str:catalog_id>/software/<str:id>",
        software.OneSoftware.as_view(http_method_names=["patch", "options"]),
        name="catalog_one_software",
    ),
    path("catalogs/<str:id>/logs", logs.CatalogLogs.as_view(), name="catalog_logs"),
    path("publishers", publishers.PublisherList.as_view(), name="publishers"),
    path("publishers/webhooks", webhooks.PublisherWebhooks.as_view(), name="publishers_webhooks"),
    path("publishers/<str:id>", publishers.OnePublisher.as_view(), name="publisher"),
    path("publishers/<str:id>/webhooks", webhooks.PublisherWebhooks.as_view(), name="publisher_webhooks"),
    path("webhooks/<str:id>", webhooks.OneWebhook.as_view(), name="webhook"),
    re_path(r"^.*$", Missing.as_view(), name="missing"),
]

from django.urls import path

from commons.api.urls import published
from registry.api import sources, views

app_name = "registry_api"
urlpatterns = [
    *published("organisations", "Organisations", views.Organisations),
    path("organisations/<path:key>", views.OneOrganisation.as_view(), name="organisation"),
    *published("declarations", "Declarations", views.Declarations),
    path("declarations/<int:key>", views.OneDeclaration.as_view(), name="declaration"),
    *published("sources", "Sources", sources.Sources),
    path("sources/<int:key>", sources.OneSource.as_view(), name="source"),
    *published("spend", "Published payments", views.Spend),
]

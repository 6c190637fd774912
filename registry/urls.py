from django.urls import path

from commons.formats import files
from registry import views
from registry.listings import SourceListing
from registry.listings.pages import BodiesByName

app_name = "registry"
urlpatterns = [
    path("organisations/", views.organisation_list, name="organisation_list"),
    *files("organisations", BodiesByName),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("organisations/<slug:slug>/statements/", views.statements, name="statements"),
    path("organisations/<slug:slug>/spending/", views.spending, name="spending"),
    path("reports/adoption/", views.adoption, name="adoption"),
    path("sources/", views.source_list, name="source_list"),
    *files("sources", SourceListing),
    path("sources/<int:pk>/", views.source, name="source"),
    path("sources/<int:pk>/log/", views.source_log, name="source_log"),
    path("differences/<int:pk>/", views.difference, name="difference"),
    path("jobs/<int:pk>/", views.job, name="job"),
]

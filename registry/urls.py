from django.urls import path

from commons.formats import files
from registry import views
from registry.listings.pages import BodiesByName

app_name = "registry"
urlpatterns = [
    path("organisations/", views.organisation_list, name="organisation_list"),
    *files("organisations", BodiesByName),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("organisations/<slug:slug>/statements/", views.statements, name="statements"),
    path("organisations/<slug:slug>/spending/", views.spending, name="spending"),
    path("reports/adoption/", views.adoption, name="adoption"),
    path("jobs/<int:pk>/", views.job, name="job"),
]

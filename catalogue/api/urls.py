from django.urls import path

from catalogue.api import scorecard, similar, views
from catalogue.blueprints import api as blueprints
from commons.api.urls import published

app_name = "catalogue_api"
urlpatterns = [
    *published("components", "Components", views.Components),
    path("components/<str:key>/scorecard", scorecard.OneScorecard.as_view(), name="scorecard"),
    path("components/<str:key>", views.OneComponent.as_view(), name="component"),
    *published("functions", "Functions", views.Functions),
    path("functions/<str:key>", views.OneFunction.as_view(), name="function"),
    path("similar", similar.Similar.as_view(), name="similar"),
    *published("peer-groups", "Peer groups", views.PeerGroups),
    *published("blueprints", "Blueprints", blueprints.Blueprints),
    path("blueprints/<str:key>", blueprints.OneBlueprint.as_view(), name="blueprint"),
    path("blueprints/<str:key>/assemble", blueprints.Assemble.as_view(), name="assemble"),
]

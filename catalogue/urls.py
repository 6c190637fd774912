from django.urls import path

from catalogue import feeds, judging, tools, views
from catalogue.blueprints import views as blueprints
from catalogue.blueprints.listing import BlueprintListing
from catalogue.linked_data import views as linked_data
from catalogue.listings import FunctionListing
from catalogue.search import ComponentListing
from commons.formats import files

app_name = "catalogue"
urlpatterns = [
    path("", views.home, name="home"),
    path("components/", views.component_list, name="component_list"),
    *files("components", ComponentListing),
    path("components.atom", feeds.components, name="component_feed"),
    path("catalog.ttl", linked_data.catalog, {"media_type": linked_data.TURTLE}, name="catalog_ttl"),
    path("catalog.jsonld", linked_data.catalog, {"media_type": linked_data.JSON_LD}, name="catalog_jsonld"),
    path("components/<slug:slug>/", views.component, name="component"),
    path("components/<slug:slug>.jsonld", linked_data.component, name="component_jsonld"),
    path("components/<slug:slug>/publiccode.yml", views.component_publiccode, name="component_publiccode"),
    path("components/<slug:slug>/adopters/", views.adopters, name="adopters"),
    path("components/<slug:slug>/scorecard.json", judging.scorecard, name="scorecard"),
    path("scorecards/", judging.scorecards, name="scorecards"),
    path("scorecards/rules.json", judging.scorecard_rules, name="scorecard_rules"),
    path("components/<slug:slug>/reviews/", judging.reviews, name="reviews"),
    path("components/<slug:slug>/reviews/write/", judging.write, name="write_review"),
    path("functions/", views.function_list, name="function_list"),
    *files("functions", FunctionListing),
    path("functions/<slug:slug>/", views.function, name="function"),
    path("already/", tools.already, name="already"),
    path("blueprints/", blueprints.blueprint_list, name="blueprint_list"),
    *files("blueprints", BlueprintListing),
    path("blueprints/<slug:slug>/", blueprints.blueprint, name="blueprint"),
    path("blueprints/<slug:slug>/assemble/", blueprints.assemble, name="assemble"),
    path("blueprints/<slug:slug>/assemble.json", blueprints.assemble_json, name="assemble_json"),
    path("blueprints/<slug:slug>/assemble.odt", blueprints.assemble_odt, name="assemble_odt"),
    path("blueprints/<slug:slug>/assemble.cdx.json", blueprints.assemble_bill, name="assemble_bill"),
    path("tools/validate", tools.validate, name="validate"),
    path("tools/validate/", tools.validate),
]

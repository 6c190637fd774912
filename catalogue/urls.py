from django.urls import URLPattern, path

from catalogue import comparing, deprecating, feeds, judging, tools, views
from catalogue.blueprints import views as blueprints
from catalogue.blueprints.listing import BlueprintListing
from catalogue.dependencies import views as dependencies
from catalogue.linked_data import views as linked_data
from catalogue.linked_data.catalog import CatalogPage
from catalogue.linked_data.pages import HarvestPage
from catalogue.linked_data.services import ServicePage
from catalogue.listings import FunctionListing
from catalogue.models.component import COMPARISON
from catalogue.search import ComponentListing
from commons.formats import files
from commons.formats.books import WRITERS


def harvested(name: str, kind: type[HarvestPage]) -> list[URLPattern]:
    """The addresses of a collection that other catalogues harvest, page by page."""
    forms = {"ttl": linked_data.TURTLE, "jsonld": linked_data.JSON_LD}
    return [
        path(f"{name}.{form}", linked_data.harvest, {"media_type": media_type, "kind": kind}, name=f"{name}_{form}")
        for form, media_type in forms.items()
    ]


app_name = "catalogue"
DEPENDENCIES = "components/<slug:slug>/dependencies"
urlpatterns = [
    path("", views.home, name="home"),
    path("components/", views.component_list, name="component_list"),
    *files("components", ComponentListing),
    path("components.atom", feeds.components, name="component_feed"),
    *harvested("catalog", CatalogPage),
    *harvested("services", ServicePage),
    path(f"components/{COMPARISON}/", comparing.compare, name="compare"),
    path("components/<slug:slug>/", views.component, name="component"),
    path("components/<slug:slug>.jsonld", linked_data.component, name="component_jsonld"),
    path("components/<slug:slug>/publiccode.yml", views.component_publiccode, name="component_publiccode"),
    path("components/<slug:slug>/adopters/", views.adopters, name="adopters"),
    path("components/<slug:slug>/scorecard.json", judging.scorecard, name="scorecard"),
    path("scorecards/", judging.scorecards, name="scorecards"),
    path("scorecards/rules.json", judging.scorecard_rules, name="scorecard_rules"),
    path("components/<slug:slug>/deprecate/", deprecating.deprecate, name="deprecate"),
    path("components/<slug:slug>/reinstate/", deprecating.reinstate, name="reinstate"),
    path("components/<slug:slug>/reviews/", judging.reviews, name="reviews"),
    path("components/<slug:slug>/reviews/write/", judging.write, name="write_review"),
    path("components/<slug:slug>/dependencies/", dependencies.dependencies, name="dependencies"),
    path("components/<slug:slug>/dependencies.svg", dependencies.dependencies_svg, name="dependencies_svg"),
    *(
        path(f"{DEPENDENCIES}.{form}", dependencies.dependencies_file, {"form": form}, name=f"dependencies_{form}")
        for form in ("csv", *WRITERS)
    ),
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

from django.urls import include, path

from commons.formats import files
from registry import views
from registry.listings import ChallengeListing, ReorganisationListing, SourceListing
from registry.listings.pages import BodiesByName
from registry.listings.wanted import WantedListing
from registry.views import alerts, areas, assemblies, challenges, feedback, history, pairs, reorganisations
from registry.views.wanted import wanted
from registry.workspace import joining
from registry.workspace.urls import urlpatterns as workspace

app_name = "registry"
urlpatterns = [
    path("alerts/new/", alerts.new_alert, name="new_alert"),
    path("alerts/<uuid:pk>/", alerts.alert, name="alert"),
    path("alerts/<uuid:pk>/confirm/", alerts.confirm, name="confirm_alert"),
    path("alerts/<uuid:pk>/stop/", alerts.stop, name="stop_alert"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    *files("organisations", BodiesByName),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("organisations/<slug:slug>/statements/", views.statements, name="statements"),
    path("organisations/<slug:slug>/history/", history.organisation_history, name="organisation_history"),
    path("organisations/<slug:slug>/statements/<slug:function>/", history.cell_history, name="cell_history"),
    path("components/<slug:slug>/history/", history.component_history, name="component_history"),
    path("organisations/<slug:slug>/spending/", views.spending, name="spending"),
    path("organisations/<slug:slug>/join/", joining.join, name="ask_for_role"),
    path("organisations/<slug:slug>/join/asked/", joining.joined, name="role_asked"),
    path("reorganisations/", reorganisations.reorganisation_list, name="reorganisation_list"),
    *files("reorganisations", ReorganisationListing),
    path("reorganisations/new/", reorganisations.new, name="reorganisation_new"),
    path("reorganisations/<int:pk>/", reorganisations.reorganisation, name="reorganisation"),
    path("reorganisations/<int:pk>/change/", reorganisations.change, name="reorganisation_change"),
    path("reorganisations/<int:pk>/second/", reorganisations.second, name="reorganisation_second"),
    path("reorganisations/<int:pk>/cancel/", reorganisations.cancel, name="reorganisation_cancel"),
    path("areas/", areas.area_list, name="area_list"),
    path("organisations/<slug:slug>/area/", areas.area_of, name="area_of"),
    path("areas/<slug:slug>/transition/", areas.transition, name="transition"),
    path("reports/adoption/", views.adoption, name="adoption"),
    path("sources/", views.source_list, name="source_list"),
    *files("sources", SourceListing),
    path("sources/<int:pk>/", views.source, name="source"),
    path("sources/<int:pk>/log/", views.source_log, name="source_log"),
    path("differences/<int:pk>/", views.difference, name="difference"),
    path("blueprints/<slug:slug>/save/", assemblies.save, name="assembly_save"),
    path("assemblies/<uuid:uuid>/", assemblies.assembly, name="assembly"),
    path("assemblies/<uuid:uuid>/history/", assemblies.history, name="assembly_history"),
    path("assemblies/<uuid:uuid>/fork/", assemblies.fork, name="assembly_fork"),
    path("assemblies/<uuid:uuid>/plan/", assemblies.plan, name="assembly_plan"),
    path("assemblies/<uuid:uuid>/undo/", assemblies.undo, name="assembly_undo"),
    path("assemblies/<uuid:uuid>/withdraw/", assemblies.withdraw, name="assembly_withdraw"),
    path("wanted/", wanted, name="wanted"),
    *files("wanted", WantedListing),
    path("pairs/", pairs.pair_list, name="pair_list"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pk>/merge/<slug:keep>/", pairs.merge, name="pair_merge"),
    path("challenges/", challenges.challenge_list, name="challenge_list"),
    *files("challenges", ChallengeListing),
    path("challenges/<str:reference>/", challenges.challenge, name="challenge"),
    path("challenges/<str:reference>/answer/", challenges.answer, name="answer_challenge"),
    path("challenges/<str:reference>/mine/<str:secret>/", challenges.own_challenge, name="own_challenge"),
    path("feedback/declarations/<int:key>/", feedback.on_declaration, name="feedback_declaration"),
    path("feedback/components/<slug:slug>/", feedback.on_component, name="feedback_component"),
    path("feedback/organisations/<slug:slug>/", feedback.on_organisation, name="feedback_organisation"),
    path(
        "feedback/organisations/<slug:organisation>/functions/<slug:function>/",
        feedback.on_missing,
        name="feedback_missing",
    ),
    path("feedback/payments/<int:key>/", feedback.on_payment, name="feedback_payment"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("workspace/", include(workspace)),
]

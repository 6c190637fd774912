from django.urls import path

from commons.api.urls import published
from registry.api import (
    assemblies,
    challenges,
    declaring,
    reorganisations,
    reviews,
    sources,
    suggestions,
    telling,
    views,
)

app_name = "registry_api"
urlpatterns = [
    *published("organisations", "Organisations", views.Organisations),
    path("organisations/<path:key>/declarations/<str:function>", declaring.Cell.as_view(), name="cell"),
    path("organisations/<path:key>/confirmations", declaring.Confirmations.as_view(), name="confirmations"),
    path("organisations/<path:key>", views.OneOrganisation.as_view(), name="organisation"),
    path("suggestions", suggestions.Suggestions.as_view(), name="suggestions"),
    *published("declarations", "Declarations", declaring.Declarations),
    path("declarations/<int:key>", views.OneDeclaration.as_view(), name="declaration"),
    *published("sources", "Sources", sources.Sources),
    path("sources/<int:key>", sources.OneSource.as_view(), name="source"),
    *published("reorganisations", "Reorganisations", reorganisations.Reorganisations),
    path("reorganisations/<int:key>", reorganisations.OneReorganisation.as_view(), name="reorganisation"),
    *published("reviews", "Reviews", reviews.Reviews),
    path("components/<slug:component>/reviews/<slug:organisation>", reviews.OneReview.as_view(), name="review"),
    *published("attestations", "Attestations", telling.Attestations),
    path("components/<slug:slug>/usage", telling.UsageCounts.as_view(), name="usage"),
    path("components/<slug:slug>/claims", telling.Claims.as_view(), name="claims"),
    path("assemblies", assemblies.Assemblies.as_view(), name="assemblies"),
    path("assemblies/<uuid:uuid>", assemblies.OneAssembly.as_view(), name="assembly"),
    path("assemblies/<uuid:uuid>/forks", assemblies.Forks.as_view(), name="assembly_forks"),
    path("assemblies/<uuid:uuid>/plan", assemblies.Plan.as_view(), name="assembly_plan"),
    *published("challenges", "Challenges", challenges.Challenges),
    path("challenges/<str:key>", challenges.OneChallenge.as_view(), name="challenge"),
    *published("wanted", "Wanted components", views.Wanted),
    *published("spend", "Published payments", views.Spend),
]

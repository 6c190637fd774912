from django.urls import path

from public_value import views

app_name = "public_value"
urlpatterns = [
    path("public-value/", views.index, name="index"),
    path("public-value/method/", views.method, name="method"),
    path("public-value/editions/", views.edition_list, name="edition_list"),
    path("public-value/editions/<str:label>/history/", views.edition_history, name="edition_history"),
    path("public-value/preview/", views.preview, name="preview"),
    path("public-value/preview/<slug:organisation>/", views.preview_score, name="preview_score"),
    # Before the editions: from the catalogue to the latest of them.
    path("public-value/components/<slug:slug>/", views.of_latest, {"name": "component"}, name="latest_component"),
    path("public-value/functions/<slug:slug>/", views.of_latest, {"name": "function"}, name="latest_function"),
    path("public-value/<str:label>/", views.edition, name="edition"),
    path("public-value/<str:label>/parameters.json", views.parameters, name="parameters"),
    path("public-value/<str:label>/bundle.zip", views.bundle, name="bundle"),
    path("public-value/<str:label>/revisions/<int:revision>/", views.edition, name="revision"),
    path(
        "public-value/<str:label>/revisions/<int:revision>/bundle.zip",
        views.bundle_of_revision,
        name="bundle_of_revision",
    ),
    path(
        "public-value/<str:label>/revisions/<int:revision>/<slug:organisation>/",
        views.score,
        name="score_of_revision",
    ),
    path("public-value/<str:label>/weights/", views.weights, name="weights"),
    path("public-value/<str:label>/components/<slug:slug>/", views.component, name="component"),
    path("public-value/<str:label>/functions/<slug:slug>/", views.function, name="function"),
    path("public-value/<str:label>/<slug:organisation>/", views.score, name="score"),
    path("public-value/<str:label>/<slug:organisation>/what-if/", views.what_if, name="what_if"),
]

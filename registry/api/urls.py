from django.urls import path

from commons.api.urls import published
from registry.api import reviews, suggestions, views

app_name = "registry_api"
urlpatterns = [
    *published("organisations", "Organisations", views.Organisations),
    path("organisations/<path:key>", views.OneOrganisation.as_view(), name="organisation"),
    path("suggestions", suggestions.Suggestions.as_view(), name="suggestions"),
    *published("declarations", "Declarations", views.Declarations),
    path("declarations/<int:key>", views.OneDeclaration.as_view(), name="declaration"),
    *published("reviews", "Reviews", reviews.Reviews),
    path("components/<slug:component>/reviews/<slug:organisation>", reviews.OneReview.as_view(), name="review"),
    *published("spend", "Published payments", views.Spend),
]

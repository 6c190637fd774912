from django.urls import path

from commons.api.urls import published
from public_value.api import views
from public_value.api.what_if import WhatIf

app_name = "public_value_api"
urlpatterns = [
    *published("editions", "Editions of the public value index", views.Editions),
    path("editions/<str:key>", views.OneEdition.as_view(), name="edition"),
    path("editions/<str:label>/scores", views.Scores.as_view(), name="scores"),
    *(
        path(f"editions/<str:label>/scores.{form}", views.Scores.as_view(schema=None), {"suffix": form})
        for form in views.Scores.offered
    ),
    path("editions/<str:label>/realised", views.Realised.as_view(), name="realised"),
    *(
        path(
            f"editions/<str:label>/realised.{form}",
            views.Realised.as_view(schema=None),
            {"suffix": form},
            name=f"realised.{form}",
        )
        for form in views.Realised.offered
    ),
    path("editions/<str:label>/scores/<str:key>", views.OneScore.as_view(), name="score"),
    path("editions/<str:label>/scores/<str:key>/what-if", WhatIf.as_view(), name="what_if"),
]

from django.urls import path

from registry.workspace import doors

urlpatterns = [
    path("", doors.workspaces, name="workspace"),
]

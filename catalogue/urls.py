from django.urls import path

from catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.home, name="home"),
    path("components/", views.component_list, name="component_list"),
    path("components/<slug:slug>/", views.component, name="component"),
    path("components/<slug:slug>/adopters/", views.adopters, name="adopters"),
    path("functions/", views.function_list, name="function_list"),
    path("functions/<slug:slug>/", views.function, name="function"),
]

from django.urls import path

from registry.workspace import answering, doors, pages

urlpatterns = [
    path("", doors.workspaces, name="workspace"),
    path("<slug:slug>/", pages.workspace, name="workspace_of"),
    path("<slug:slug>/portfolio.csv", pages.portfolio_file, name="portfolio_file"),
    path("<slug:slug>/confirm/", pages.confirm, name="confirm"),
    path("<slug:slug>/acts/<int:pk>/undo/", pages.undo, name="undo_declarations"),
    path("<slug:slug>/functions/<slug:function>/", answering.cell, name="cell"),
    path("<slug:slug>/functions/<slug:function>/publish/", answering.publish, name="publish_cell"),
    path("<slug:slug>/functions/<slug:function>/replace/", answering.replace, name="replace_draft"),
    path("<slug:slug>/functions/<slug:function>/drop/", answering.drop, name="drop_draft"),
    path("<slug:slug>/functions/<slug:function>/<int:place>/remove/", answering.remove, name="remove_statement"),
    path("<slug:slug>/functions/<slug:function>/<int:place>/<slug:step>/", answering.question, name="question"),
]

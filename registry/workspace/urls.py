from django.urls import path

from registry.workspace import answering, attesting, doors, hinting, members, pages, tokens

urlpatterns = [
    path("", doors.workspaces, name="workspace"),
    path("<slug:slug>/", pages.workspace, name="workspace_of"),
    path("<slug:slug>/portfolio.csv", pages.portfolio_file, name="portfolio_file"),
    path("<slug:slug>/hints/", hinting.hints_page, name="hints"),
    path("<slug:slug>/attestations/", attesting.attestations, name="attestations"),
    path("<slug:slug>/attestations/answer/", attesting.answer, name="answer_attestations"),
    path("<slug:slug>/attestations/ask/", attesting.ask, name="ask_for_attestation"),
    path("<slug:slug>/attestations/costs/", attesting.cost, name="attest_costs"),
    path("<slug:slug>/attestations/<int:pk>/withdraw/", attesting.withdraw, name="withdraw_attestation"),
    path("<slug:slug>/confirm/", pages.confirm, name="confirm"),
    path("<slug:slug>/declarations/<int:pk>/edit/", pages.edit, name="edit_statement"),
    path("<slug:slug>/acts/<int:pk>/undo/", pages.undo, name="undo_declarations"),
    path("<slug:slug>/functions/<slug:function>/", answering.cell, name="cell"),
    path("<slug:slug>/functions/<slug:function>/publish/", answering.publish, name="publish_cell"),
    path("<slug:slug>/functions/<slug:function>/replace/", answering.replace, name="replace_draft"),
    path("<slug:slug>/functions/<slug:function>/drop/", answering.drop, name="drop_draft"),
    path("<slug:slug>/functions/<slug:function>/<int:place>/remove/", answering.remove, name="remove_statement"),
    path("<slug:slug>/functions/<slug:function>/<int:place>/<slug:step>/", answering.question, name="question"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/invite/", members.invitation, name="invite"),
    path("<slug:slug>/members/<int:pk>/approve/", members.approve, name="approve_role"),
    path("<slug:slug>/members/<int:pk>/refuse/", members.refuse, name="refuse_role"),
    path("<slug:slug>/members/<int:pk>/end/", members.end, name="end_role"),
    path("<slug:slug>/tokens/", tokens.tokens, name="tokens"),
    path("<slug:slug>/tokens/issue/", tokens.issue, name="issue_token"),
    path("<slug:slug>/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
]

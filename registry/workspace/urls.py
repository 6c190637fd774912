from django.urls import path

from registry.moderation import exemptions
from registry.views import acts
from registry.workspace import (
    answering,
    attesting,
    cell,
    claiming,
    counting,
    doors,
    drafting,
    files,
    hinting,
    members,
    pages,
    tokens,
)
from registry.workspace.importing import pages as importing

urlpatterns = [
    path("", doors.workspaces, name="workspace"),
    path("<slug:slug>/", pages.workspace, name="workspace_of"),
    *(
        path(f"<slug:slug>/portfolio.{form}", files.portfolio_file, {"form": form}, name=f"portfolio_{form}")
        for form in files.FORMS
    ),
    path("<slug:slug>/hints/", hinting.hints_page, name="hints"),
    path("<slug:slug>/attestations/", attesting.attestations, name="attestations"),
    path("<slug:slug>/attestations/answer/", attesting.answer, name="answer_attestations"),
    path("<slug:slug>/attestations/ask/", attesting.ask, name="ask_for_attestation"),
    path("<slug:slug>/attestations/costs/", attesting.cost, name="attest_costs"),
    path("<slug:slug>/attestations/<int:pk>/withdraw/", attesting.withdraw, name="withdraw_attestation"),
    path("<slug:slug>/claims/", claiming.claims, name="claims"),
    path("<slug:slug>/claims/new/", claiming.new, name="new_claims"),
    path("<slug:slug>/claims/<int:pk>/withdraw/", claiming.withdraw, name="withdraw_claim"),
    path("<slug:slug>/usage/", counting.usage, name="usage"),
    path("<slug:slug>/confirm/", pages.confirm, name="confirm"),
    path("<slug:slug>/declarations/<int:pk>/edit/", pages.edit, name="edit_statement"),
    path("<slug:slug>/declarations/<int:pk>/exemption/", exemptions.ask, name="ask_for_exemption"),
    path("<slug:slug>/acts/<int:pk>/undo/", pages.undo, name="undo_declarations"),
    path("<slug:slug>/functions/<slug:function>/", cell.cell, name="cell"),
    path("<slug:slug>/functions/<slug:function>/publish/", cell.publish, name="publish_cell"),
    path("<slug:slug>/functions/<slug:function>/replace/", drafting.replace, name="replace_draft"),
    path("<slug:slug>/functions/<slug:function>/drop/", cell.drop, name="drop_draft"),
    path("<slug:slug>/functions/<slug:function>/<int:place>/remove/", answering.remove, name="remove_statement"),
    path("<slug:slug>/functions/<slug:function>/<int:place>/<slug:step>/", answering.question, name="question"),
    path("<slug:slug>/import/", importing.upload, name="import"),
    path("<slug:slug>/import/template.<slug:form>", importing.template, name="import_template"),
    path("<slug:slug>/import/<int:pk>/columns/", importing.columns, name="import_columns"),
    path("<slug:slug>/import/<int:pk>/apply/", importing.apply, name="apply_import"),
    path("<slug:slug>/import/<int:pk>/drop/", importing.drop, name="drop_import"),
    path("<slug:slug>/import/<int:pk>/to-mend.<slug:form>", importing.mending, name="import_to_mend"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/invite/", members.invitation, name="invite"),
    path("<slug:slug>/members/<int:pk>/approve/", members.approve, name="approve_role"),
    path("<slug:slug>/members/<int:pk>/refuse/", members.refuse, name="refuse_role"),
    path("<slug:slug>/members/<int:pk>/end/", members.end, name="end_role"),
    path("<slug:slug>/tokens/", tokens.tokens, name="tokens"),
    path("<slug:slug>/tokens/issue/", tokens.issue, name="issue_token"),
    path("<slug:slug>/tokens/<int:pk>/history/", acts.of_token, name="token_history"),
    path("<slug:slug>/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
]

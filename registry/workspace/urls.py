from django.urls import path

from registry.workspace import doors, members, tokens

urlpatterns = [
    path("", doors.workspaces, name="workspace"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/invite/", members.invitation, name="invite"),
    path("<slug:slug>/members/<int:pk>/approve/", members.approve, name="approve_role"),
    path("<slug:slug>/members/<int:pk>/refuse/", members.refuse, name="refuse_role"),
    path("<slug:slug>/members/<int:pk>/end/", members.end, name="end_role"),
    path("<slug:slug>/tokens/", tokens.tokens, name="tokens"),
    path("<slug:slug>/tokens/issue/", tokens.issue, name="issue_token"),
    path("<slug:slug>/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
]

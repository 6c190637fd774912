"""A body's team and its tokens, as its own people see them. Names are shown inside alone."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commons.formatting import number
from registry import domains
from registry.actions.members import acting_owners, is_last_owner
from registry.actions.tokens import WARNED_BEFORE
from registry.models import Act, Event, Membership, Organisation, Role, Scope, Token
from registry.models.membership import OF_A_BODY
from registry.models.token import FOR_TOKENS
from registry.permissions import (
    STRONG,
    Actor,
    may_end_role,
    may_grant_role,
    may_issue_token,
    may_moderate,
    may_revoke_token,
    may_see_workspace,
)
from registry.signing_in.factors import with_factor

HISTORY_SHOWN = 40


def members(body: Organisation, by: Actor) -> dict[str, Any]:
    team = list(of_team(body))
    owned = any(is_owner(one) for one in team)
    standing = [one for one in team if one.granted_in_id and not one.ended_in_id]
    protected = with_factor([one.person for one in standing])
    return {
        "body": body,
        "members": [member(one, by, protected) for one in standing],
        "asked": [asked(one, by, owned) for one in team if not one.granted_in_id and not one.ended_in_id],
        "history": history(team),
        "owned": owned,
        "may_invite": bool(grantable(body, by, owned)),
        "may_see_tokens": may_see_workspace(by, body),
        "breadcrumbs": crumbs(body, by, {"text": _("Team")}),
    }


def of_team(body: Organisation) -> QuerySet[Membership]:
    """All that ever were, or asked to be: the team's history is in them and their events."""
    events = [f"{name}__{who}" for name in ("asked_in", "granted_in", "ended_in") for who in ("by", "token")]
    return Membership.objects.filter(organisation=body).select_related("person", "organisation", *events)


def is_owner(membership: Membership) -> bool:
    """Who can still act as one."""
    standing = membership.granted_in_id and not membership.ended_in_id
    return bool(standing and membership.role == Role.OWNER and membership.person.is_active)


def member(membership: Membership, by: Actor, protected: Collection[int]) -> dict[str, Any]:
    return {
        "pk": membership.pk,
        "person": membership.person,
        "gone": not membership.person.is_active,
        "second_factor": membership.person_id in protected,
        "needs_one": Role(membership.role) in STRONG,
        "role": membership.get_role_display(),
        "since": membership.granted_in.at,
        "granted_by": who(membership.granted_in),
        "may_end": may_end_role(by, membership),
    }


def asked(membership: Membership, by: Actor, owned: bool) -> dict[str, Any]:
    own = by.person is not None and by.person.pk == membership.person_id
    may = may_grant_role(by, membership.organisation, Role(membership.role), owned=owned)
    return {
        "pk": membership.pk,
        "person": membership.person,
        "role": membership.get_role_display(),
        "since": membership.asked_in.at,
        "reason": membership.reason,
        "own": own,
        "may_answer": may and not own,
        "of_its_domain": domains.is_of_body(membership.person.email, membership.organisation),
    }


def grantable(body: Organisation, by: Actor, owned: bool) -> list[Role]:
    return [role for role in OF_A_BODY if may_grant_role(by, body, role, owned=owned)]


def who(event: Event) -> str:
    """Who acted, for the team's own eyes."""
    return str(event.by or event.token or _("an operator of the registry"))


DONE = {
    Act.ASK_FOR_ROLE: gettext_lazy("%(person)s asked to be %(role)s"),
    Act.GRANT_ROLE: gettext_lazy("%(by)s made %(person)s %(role)s"),
    Act.REFUSE_ROLE: gettext_lazy("%(by)s refused %(person)s the role of %(role)s"),
    Act.END_ROLE: gettext_lazy("%(by)s ended the role of %(person)s as %(role)s"),
}
OWN_END = gettext_lazy("%(person)s gave up being %(role)s, or to ask for it")


def history(team: list[Membership]) -> list[dict[str, Any]]:
    """What was done to the team, the newest first: {at, said, reason}."""
    acts = [
        {"at": event.at, "pk": event.pk, "said": done(event, one), "reason": reason(event, one)}
        for one in team
        for event in (one.asked_in, one.granted_in, one.ended_in)
        if event is not None
    ]
    return sorted(acts, key=lambda act: (act["at"], act["pk"]), reverse=True)[:HISTORY_SHOWN]


def done(event: Event, membership: Membership) -> str:
    own = event.act == Act.END_ROLE and event.by_id == membership.person_id
    sentence = OWN_END if own else DONE[Act(event.act)]
    said = {"person": membership.person, "role": membership.get_role_display().lower(), "by": who(event)}
    return capfirst(sentence % said)


def reason(event: Event, membership: Membership) -> str:
    return membership.reason if event.act == Act.REFUSE_ROLE else ""


def ending(membership: Membership, by: Actor) -> dict[str, Any]:
    """What ending a role comes to, before it is done."""
    body = membership.organisation
    own = by.person is not None and by.person.pk == membership.person_id
    return {
        "membership": membership,
        "body": body,
        "own": own,
        "asked": not membership.granted_in_id,
        "last_owner": is_last_owner(membership),
        "may_all_the_same": may_moderate(by),
        "breadcrumbs": crumbs(body, by, {"text": _("Team"), "href": members_address(body)}, {"text": _("End a role")}),
    }


def joining(body: Organisation, by: Actor) -> dict[str, Any]:
    """What somebody must know who asks for a role."""
    mine = Membership.objects.filter(person=by.person, organisation=body, ended_in=None)
    return {
        "body": body,
        "answered_by": answered_by(body),
        "owned": acting_owners(body).exists(),
        "domains": domains.of_body(body),
        "of_its_domain": by.person is not None and domains.is_of_body(by.person.email, body),
        "mine": list(mine.select_related("asked_in", "granted_in").order_by("pk")),
        "breadcrumbs": [
            {"text": _("Organisations"), "href": reverse("registry:organisation_list")},
            {"text": body.name, "href": reverse("registry:organisation", args=[body.slug])},
            {"text": _("Ask to be in its team")},
        ],
    }


def answered_by(body: Organisation) -> str:
    """Owners by their number: who they are is for the team alone."""
    owners = acting_owners(body).count()
    if not owners:
        return _(
            "It has no owner here yet. A moderator of the registry approves the first one, who answers the others."
        )
    return ngettext("Its owner answers.", "One of its %(count)s owners answers.", owners) % {"count": number(owners)}


def first_owner(asked: Membership) -> dict[str, Any]:
    """What a moderator has to see of who asks to be a body's first owner."""
    body = asked.organisation
    return {
        "body": body,
        "person": asked.person,
        "since": asked.asked_in.at,
        "reason": asked.reason,
        "domains": domains.of_body(body),
        "of_its_domain": domains.is_of_body(asked.person.email, body),
        "others": Membership.objects.asked().owners().filter(organisation=body).exclude(pk=asked.pk).count(),
    }


def tokens(body: Organisation, by: Actor, on: date) -> dict[str, Any]:
    known = Token.objects.filter(organisation=body).select_related("issued_by", "organisation")
    rows = [token(one, by, on) for one in known]
    return {
        "body": body,
        "working": [row for row in rows if row["works"]],
        "past": [row for row in rows if not row["works"]],
        "may_issue": bool(issuable(body, by)),
        "breadcrumbs": crumbs(body, by, {"text": _("Tokens")}),
    }


def issuable(body: Organisation, by: Actor) -> list[Scope]:
    return [scope for scope in FOR_TOKENS if scope != Scope.OPERATE and may_issue_token(by, body, [scope])]


def token(one: Token, by: Actor, on: date) -> dict[str, Any]:
    works = one.revoked_at is None and one.expires_on > on
    return {
        "pk": one.pk,
        "prefix": one.prefix,
        "name": one.name,
        "scopes": [Scope(scope).label for scope in one.scopes],
        "issued_by": one.issued_by or _("an operator of the registry"),
        "issued_on": one.issued_on,
        "expires_on": one.expires_on,
        "ends_soon": works and one.expires_on <= on + WARNED_BEFORE,
        "last_used_on": one.last_used_on,
        "revoked_at": one.revoked_at,
        "works": works,
        "may_revoke": works and may_revoke_token(by, one),
    }


def crumbs(body: Organisation, by: Actor, *more: dict[str, str]) -> list[dict[str, str]]:
    """From one's workspaces; into that of the body for those who see it."""
    own = {"text": _("%(name)s: workspace") % {"name": body.name}}
    if may_see_workspace(by, body):
        own["href"] = reverse("registry:workspace_of", args=[body.slug])
    return [{"text": _("Workspaces"), "href": reverse("registry:workspace")}, own, *more]


def token_crumbs(body: Organisation, by: Actor, here: str) -> list[dict[str, str]]:
    address = reverse("registry:tokens", args=[body.slug])
    return crumbs(body, by, {"text": _("Tokens"), "href": address}, {"text": here})


def members_address(body: Organisation) -> str:
    return reverse("registry:members", args=[body.slug])

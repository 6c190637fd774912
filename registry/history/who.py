"""Who acted: in public a role and a body, never a name; the name for those who may see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from registry.models import Act, Event, Membership, Organisation, StepKind

BY_ITSELF = {Act.CHECK_EVIDENCE, Act.DISCLOSE, Act.CARRY_OUT_REORGANISATION, Act.ESCALATE_CHALLENGE, Act.HARVEST}
"""Acts that the registry does without being asked."""
CHALLENGING = {StepKind.RAISED, StepKind.REPLIED, StepKind.WITHDRAWN, StepKind.ESCALATED}
"""Steps of whoever challenges. They are told to nobody, neither by name nor by role: it may be somebody of the body."""


@dataclass(frozen=True)
class Who:
    """`roles`: what each person was, for whom, from which event to which."""

    roles: dict[int, list[Membership]]

    def public(self, event: Event, body: Organisation | None) -> str:
        if is_of_challenger(event):
            return _("Somebody who was signed in") if event.by else _("Somebody without an account")
        if event.token is not None:
            owner = event.token.organisation
            return _("A program of %(body)s") % {"body": owner} if owner else _("A program of the registry")
        if event.by is None:
            return nobody(event)
        if role := self.role(event, body):
            whose = role.organisation or _("the registry")
            return _("%(role)s of %(body)s") % {"role": role.get_role_display(), "body": whose}
        return _("Operator of the registry") if event.by.is_superuser else _("Somebody who was signed in")

    def inside(self, event: Event, body: Organisation | None) -> str:
        if event.by is None or is_of_challenger(event):
            return self.public(event, body)
        return _("%(name)s, %(role)s") % {"name": event.by, "role": self.public(event, body)}

    def role(self, event: Event, body: Organisation | None) -> Membership | None:
        """What they were at the time: for the body before the registry."""
        held = [one for one in self.roles.get(event.by_id or 0, ()) if stood(one, event)]
        of_it = [one for one in held if body is not None and one.organisation_id == body.pk]
        return next(iter([*of_it, *(one for one in held if one.organisation_id is None)]), None)


def is_of_challenger(event: Event) -> bool:
    return event.act == Act.RAISE_CHALLENGE or event.detail.get("step") in CHALLENGING


def stood(role: Membership, event: Event) -> bool:
    begun = role.granted_in_id is not None and role.granted_in_id <= event.pk
    return begun and (role.ended_in_id is None or role.ended_in_id > event.pk)


def knowing(events: Iterable[Event], bodies: Collection[Organisation]) -> Who:
    """One query; none where nobody acted in person."""
    people = {event.by_id for event in events if event.by_id}
    if not people:
        return Who({})
    of_these = Q(organisation__in=[body.pk for body in bodies]) | Q(organisation=None)
    roles: dict[int, list[Membership]] = {}
    for one in Membership.objects.filter(of_these, person__in=people).select_related("organisation").order_by("pk"):
        roles.setdefault(one.person_id, []).append(one)
    return Who(roles)


def nobody(event: Event) -> str:
    if event.act == Act.LOAD_PACK:
        return _("A pack")
    if event.act in BY_ITSELF:
        return _("The registry itself")
    return _("Operator of the registry")

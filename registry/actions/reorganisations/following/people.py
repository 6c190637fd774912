"""Who acts for bodies: their teams, and their programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from registry.actions.reorganisations.following.heirs import Heirs, ending
from registry.models import Event, Membership, Organisation, Role, Token, Webhook

if TYPE_CHECKING:
    from registry.actions.reorganisations.vesting import Done


def members(rows: list[Heirs], event: Event, done: "Done") -> int:
    """Who was in the team of a body that ends is in those of its successors, with the same roles; a steward's officer
    in that of the heir, who looks after the components.

    Where several bodies come together nobody's owners rule over the others: they are editors, and ownership is asked
    for, to be granted by the successor's owner or, where it has none yet, by a moderator.
    """
    before = Membership.objects.filter(ended_in=None, organisation__in=[row.leaving.pk for row in ending(rows)])
    standing: dict[int, list[Membership]] = {}
    for one in before.standing().order_by("pk"):
        standing.setdefault(one.organisation_id or 0, []).append(one)
    from_several = {body.pk for row in rows for body in row.to if sum(body in other.to for other in rows) > 1}
    made = [
        membership
        for row in ending(rows)
        for body in row.to
        for one in standing.get(row.leaving.pk, ())
        if one.role != Role.STEWARDS_OFFICER or body == row.heir
        for membership in passed(one, body, event, leads=body.pk not in from_several)
    ]
    before.update(ended_in=event)
    Membership.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def passed(one: Membership, body: Organisation, event: Event, *, leads: bool) -> Iterator[Membership]:
    said = {"person_id": one.person_id, "organisation": body, "reason": one.reason}
    if one.role != Role.OWNER or leads:
        yield Membership(**said, role=one.role, granted_in=event)
        return
    yield Membership(**said, role=Role.EDITOR, granted_in=event)
    yield Membership(**said, role=Role.OWNER, asked_in=event)


def tokens(rows: list[Heirs], event: Event, done: "Done") -> int:
    """They work no longer in any case; revoked, they stay dead also if the day of the end is ever corrected."""
    bodies = [row.leaving.pk for row in ending(rows)]
    return Token.objects.filter(organisation__in=bodies, revoked_at=None).update(revoked_at=timezone.now())


def webhooks(rows: list[Heirs], event: Event, done: "Done") -> int:
    bodies = [row.leaving.pk for row in ending(rows)]
    return Webhook.objects.filter(organisation__in=bodies, disabled_at=None).update(disabled_at=timezone.now())

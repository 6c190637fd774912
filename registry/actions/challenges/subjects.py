"""What a challenge is about, and who answers for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from catalogue.models import Component, Function
from registry.actions.components import current_stewards
from registry.models import About, Challenge, Declaration, Membership, Organisation, Payment, Role


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One thing that can be challenged, with `said`: what the record says of it now, in words."""

    about: About
    organisation: Organisation | None = None
    function: Function | None = None
    component: Component | None = None
    system: str = ""
    declaration: Declaration | None = None
    payment: Payment | None = None
    said: str = ""

    @property
    def thing(self) -> str:
        """The hash of what it is about: the same also where a statement was said anew."""
        rows = (self.organisation, self.function, self.component, self.payment)
        named = [str(row.pk) if row else "" for row in rows]
        return sha256("\n".join([self.about, *named, self.system]).encode()).hexdigest()

    @property
    def fields(self) -> dict[str, Any]:
        """As the challenge keeps it."""
        named = ("about", "organisation", "function", "component", "system", "declaration", "payment", "said", "thing")
        return {name: getattr(self, name) for name in named}


def answerers(challenge: Challenge, on: date) -> list[Organisation]:
    """The bodies that a challenge is put to: of a component those that look after it, else the body that it is about;
    in place of one that has ended, its successors. None: moderators answer."""
    if challenge.component is not None and challenge.organisation is None:
        return heirs(current_stewards(challenge.component), on)
    return heirs([challenge.organisation] if challenge.organisation else [], on)


def heirs(bodies: Iterable[Organisation], on: date) -> list[Organisation]:
    """The bodies themselves, or those that their work went on in. From A to Z."""
    found: dict[int, Organisation] = {}
    waiting, seen = list(bodies), set()
    while waiting:
        ended = [body for body in waiting if body.end and body.end <= on and body.pk not in seen]
        found |= {body.pk: body for body in waiting if not (body.end and body.end <= on)}
        seen |= {body.pk for body in ended}
        waiting = list(Organisation.objects.filter(predecessors__in=ended).distinct()) if ended else []
    return sorted(found.values(), key=lambda body: (body.name, body.slug))


def people_to_write_to(body: Organisation) -> list[str]:
    """The addresses that are told when something of this body is challenged: its own, and of those who may answer."""
    owners = Membership.objects.standing().filter(organisation=body, role=Role.OWNER, person__is_active=True)
    found = [body.contact_email, *owners.order_by("pk").values_list("person__email", flat=True)]
    return [email for email in found if email]

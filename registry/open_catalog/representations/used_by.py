"""Who uses a component: our extension of the contract (docs/open-catalog.md), where publiccode.yml had `usedBy`."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from catalogue.models import Component
from registry.models import STAGES_IN_USE, Declaration
from registry.open_catalog.representations.parts import uri_of

MOST = 500
"""Bodies named for one component. `usedByTotal` says how many there are."""


def used_by(components: Sequence[Component], root: str) -> dict[int, dict[str, Any]]:
    """By component: bodies whose current declaration says that they use it, confirmed in the last three years.

    One that uses it for several functions is named once, at the farthest stage and with the best evidence.
    """
    bodies: dict[int, dict[int, dict[str, Any]]] = {component.pk: {} for component in components}
    for said in declarations(components):
        users = bodies[said.component_id]
        known = users.get(said.organisation_id)
        if known is None:
            users[said.organisation_id] = user(said, root)
        else:
            join(known, said)
    return {pk: shown(list(users.values())) for pk, users in bodies.items()}


def declarations(components: Sequence[Component]):
    """The components are listed ones, so that nothing about a draft is here."""
    said = Declaration.objects.current().in_use().counting(timezone.localdate())
    of_these = said.filter(component__in=[component.pk for component in components])
    read = of_these.select_related("organisation").prefetch_related("organisation__identifiers")
    return read.order_by("organisation__name", "organisation__slug", "id")


def user(said: Declaration, root: str) -> dict[str, Any]:
    body = said.organisation
    return {
        "name": body.name,
        "uri": uri_of(body, root),
        "identifiers": [str(identifier) for identifier in body.identifiers.all()],
        "stage": said.stage,
        "since": said.since,
        "confirmed": said.confirmed,
        "evidence": said.evidence or None,
    }


def join(known: dict[str, Any], said: Declaration) -> None:
    known["stage"] = max(known["stage"], said.stage, key=STAGES_IN_USE.index)
    known["since"] = min(filter(None, [known["since"], said.since]), default=None)
    known["confirmed"] = max(filter(None, [known["confirmed"], said.confirmed]), default=None)
    known["evidence"] = max(known["evidence"] or "", said.evidence) or None


def shown(users: list[dict[str, Any]]) -> dict[str, Any]:
    return {"usedBy": users[:MOST], "usedByTotal": len(users)}

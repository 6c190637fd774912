from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from catalogue.models import Component, Lifecycle
from registry.models import Organisation, Publisher, Stewardship
from registry.models.open_catalog.publisher import listed_publishers
from registry.open_catalog.paging import moment
from registry.open_catalog.representations.parts import page_of_body, stated
from registry.open_catalog.validation import is_address

NOTHING_SAID = Publisher(updated_at=None)
MOST_HOSTING = 255


def publisher_rows() -> QuerySet[Organisation]:
    return listed_publishers().select_related("publisher__catalog").prefetch_related("code_hosting")


def publisher_presenter(root: str) -> Callable[[list[Organisation]], list[dict[str, Any]]]:
    return lambda bodies: publisher_documents(bodies, root)


def publisher_documents(bodies: Sequence[Organisation], root: str) -> list[dict[str, Any]]:
    repositories = repositories_of([body for body in bodies if not body.code_hosting.all()])
    return [document(body, root, repositories[body.pk]) for body in bodies]


def document(body: Organisation, root: str, repositories: list[Component]) -> dict[str, Any]:
    kept = said_of(body)
    hosting = hosting_of(body, repositories)
    publishes = kept.active and bool(hosting) and body.exists_on(timezone.localdate())
    return stated(
        {
            "id": str(body.uuid),
            "alternativeId": kept.alternative_id or body.slug,
            "description": (kept.description or body.name)[:255],
            "email": kept.email,
            "codeHosting": hosting or [stand_in(body, root)],
            "active": publishes,
            "catalogId": str(kept.catalog.uuid) if kept.catalog else "",
            "createdAt": moment(body.created_at),
            "updatedAt": moment(max(body.updated_at, kept.updated_at or body.updated_at)),
        }
    )


def said_of(body: Organisation) -> Publisher:
    return getattr(body, "publisher", NOTHING_SAID)


def hosting_of(body: Organisation, repositories: list[Component]) -> list[dict[str, Any]]:
    """What was said of it; where nothing was, the repositories of the components that it looks after."""
    said = [
        {"url": one.url, "group": one.group, "createdAt": moment(one.created_at), "updatedAt": moment(one.updated_at)}
        for one in body.code_hosting.all()
    ]
    return said or [
        {
            "url": component.repository,
            "group": False,
            "createdAt": moment(component.created_at),
            "updatedAt": moment(component.updated_at),
        }
        for component in repositories[:MOST_HOSTING]
    ]


def stand_in(body: Organisation, root: str) -> dict[str, Any]:
    """The contract demands an address of each publisher: of one that publishes nothing, and is not active, its page."""
    return {
        "url": page_of_body(body, root),
        "group": False,
        "createdAt": moment(body.created_at),
        "updatedAt": moment(body.updated_at),
    }


def repositories_of(bodies: Sequence[Organisation]) -> dict[int, list[Component]]:
    current = Stewardship.objects.current().filter(organisation__in=[body.pk for body in bodies])
    with_code = current.exclude(component__repository="").exclude(component__lifecycle=Lifecycle.DRAFT)
    found: dict[int, list[Component]] = defaultdict(list)
    for one in with_code.select_related("component").order_by("component__created_at", "component__uuid"):
        if is_address(one.component.repository):
            found[one.organisation_id].append(one.component)
    return found

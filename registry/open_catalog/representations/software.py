from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet

from catalogue.descriptions import NOBODY, Owner, publiccode_text
from catalogue.models import Component
from catalogue.similar.registering import already_recorded
from registry.models import Commons, Software, Stewardship
from registry.models.open_catalog.software import listed_software
from registry.open_catalog.paging import moment
from registry.open_catalog.representations.parts import stated, uri_of
from registry.open_catalog.representations.used_by import used_by
from registry.open_catalog.validation import is_address

MOST_RELATED = 3
NOTHING_SAID = Software(updated_at=None)


def software_rows() -> QuerySet[Component]:
    """Software, with all that is shown of it read in a fixed number of questions."""
    return listed_software().for_description().select_related("software__catalog").prefetch_related("aliases")


def software_presenter(root: str, *, with_users: bool = False) -> Callable[[list[Component]], list[dict[str, Any]]]:
    return lambda components: software_documents(components, root, with_users=with_users)


def software_documents(components: Sequence[Component], root: str, *, with_users: bool = False) -> list[dict[str, Any]]:
    owners, users = owners_of(components, root), used_by(components, root) if with_users else {}
    registry = Commons.objects.first()
    made_by = registry.title if registry else ""
    return [
        document(component, root, owners.get(component.pk, NOBODY), made_by) | users.get(component.pk, {})
        for component in components
    ]


def document(component: Component, root: str, owner: Owner, made_by: str) -> dict[str, Any]:
    kept = said_of(component)
    aliases = [one.address for one in component.aliases.all() if is_address(one.address)]
    return stated(
        {
            "id": str(component.uuid),
            "url": address_of(component, root),
            "aliases": aliases,
            "publiccodeYml": text_of(component, root, owner, made_by),
            "active": kept.active,
            "vitality": kept.vitality,
            "catalogId": str(kept.catalog.uuid) if kept.catalog else "",
            "createdAt": moment(component.created_at),
            "updatedAt": moment(max(component.updated_at, kept.updated_at or component.updated_at)),
        }
    )


def said_of(component: Component) -> Software:
    return getattr(component, "software", NOTHING_SAID)


def address_of(component: Component, root: str) -> str:
    """Its repository; where it has none, where it is on the web; else its page here."""
    for address in (component.repository, component.url):
        if is_address(address):
            return address
    return page_of(component, root)


def page_of(component: Component, root: str) -> str:
    return f"{root}components/{component.slug}/"


def text_of(component: Component, root: str, owner: Owner, made_by: str) -> str:
    """What was handed in last, to the letter; else its own file, or one that is made of what is recorded."""
    newest = next(iter(component.publiccode_files), None)
    if newest is not None and not newest.address:
        return newest.text
    return publiccode_text(component, address=page_of(component, root), owner=owner, made_by=made_by)


def related_links(component: Component, root: str) -> str:
    """Software that may already do what this one does, as a Link header has it (RFC 8288); blank where none does."""
    likest = [one.card["slug"] for one in already_recorded(component)]
    there = {one.slug: one for one in listed_software().filter(slug__in=likest)}
    return ", ".join([link(there[slug], root) for slug in likest if slug in there][:MOST_RELATED])


def link(component: Component, root: str) -> str:
    return f"<{root}v1/software/{component.uuid}>; rel=\"related\"; title*=UTF-8''{quote(component.name, safe='')}"


def owners_of(components: Sequence[Component], root: str) -> dict[int, Owner]:
    """Of each component the body with the largest share of it."""
    current = Stewardship.objects.current().filter(component__in=[component.pk for component in components])
    read = current.select_related("organisation").prefetch_related("organisation__identifiers")
    found: dict[int, Owner] = defaultdict(lambda: NOBODY)
    for one in read.order_by("share", "-organisation__slug"):
        found[one.component_id] = Owner(one.organisation.name, uri_of(one.organisation, root))
    return found

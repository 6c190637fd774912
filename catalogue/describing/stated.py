"""What a description states, as the catalogue would record it."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from catalogue.describing.cleaning import line, prose, web_address
from catalogue.describing.fields import Values
from catalogue.models import ComponentKind, Lifecycle, Standard
from catalogue.models.interface import METHODS
from catalogue.readers import Column, ComponentDescription, Contact, Operation

MOST_WORDS, MOST_OPERATIONS, MOST_COLUMNS = 100, 2_000, 2_000


def stated(description: ComponentDescription) -> Values:
    """Every field of `FIELDS`; blank where the description does not state it."""
    contact = next(iter(description.contacts), Contact())
    return {
        "name": line(description.name, 300),
        "kind": description.kind if description.kind in ComponentKind else "",
        "summary": prose(description.summary),
        "description": prose(description.description),
        "url": web_address(description.url),
        "repository": web_address(description.repository),
        "documentation": web_address(description.documentation),
        "licence": line(description.licence, 300),
        "lifecycle": description.lifecycle if description.lifecycle in Lifecycle else "",
        "contact_name": line(contact.name or contact.affiliation, 300),
        "contact_email": mail_address(contact.email),
        "contact_url": web_address(contact.url),
        "api_description_url": web_address(description.api_description),
        "version": line(description.version, 120),
        "released_on": description.released_on.isoformat() if description.released_on else None,
        "languages": words(description.languages, 35),
        "keywords": words(description.keywords, 120),
        "standards": standards(description.standards),
        "operations": operations(description.operations),
        "columns": columns(description.columns),
    }


def mail_address(text: str) -> str:
    text = line(text).removeprefix("mailto:")
    return text if "@" in text and " " not in text and len(text) <= 254 else ""


def words(texts: Iterable[str], longest: int) -> list[str]:
    cleaned = (line(text, longest) for text in texts)
    return list(dict.fromkeys(word for word in cleaned if word))[:MOST_WORDS]


def standards(named: Sequence[str]) -> list[str]:
    """Those that the catalogue knows, by their address, slug or name. A file makes no new ones: they belong to all."""
    said = words(named, 300)
    if not said:
        return []
    folded = [text.lower() for text in said]
    known = Standard.objects.filter(Q(address__in=said) | Q(slug__in=folded) | Q(name__in=said))
    return sorted(known.values_list("slug", flat=True))


def operations(described: Sequence[Operation]) -> list[list[str]]:
    """[method, path, summary] of each, in order; a path that is longer than any is left out."""
    found = {
        (one.method, path): line(one.summary, 500)
        for one in described
        if one.method in METHODS and 0 < len(path := line(one.path, 1_001)) <= 1_000
    }
    return [[method, path, found[method, path]] for method, path in sorted(found)][:MOST_OPERATIONS]


def columns(described: Sequence[Column]) -> list[list[str]]:
    """[name, type, description] of each, left to right."""
    found: dict[str, list[str]] = {}
    for one in described:
        if name := line(one.name, 300):
            found.setdefault(name, [name, line(one.type, 120), prose(one.description, 2_000)])
    return list(found.values())[:MOST_COLUMNS]

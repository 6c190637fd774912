"""A portal of data that runs CKAN: its packages are datasets."""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from catalogue.readers import ComponentDescription, Contact
from registry.importers.found import Ask, Found, Text, Unreadable, text_of
from registry.importers.json_pages import MOST_PAGES, document, members, section, words
from registry.models import Source

FORMAT = "ckan"
ROWS = 100


def fetch(source: Source, ask: Ask) -> Iterator[Text]:
    root = source.address.split("?")[0].rstrip("/")
    for page in range(MOST_PAGES):
        query = urlencode({"rows": ROWS, "start": page * ROWS, "sort": "id asc"})
        address = f"{root}/api/3/action/package_search?{query}"
        text = text_of(ask(address, accept="application/json"), address, root)
        yield text
        result = section(document(text), "result")
        total = result.get("count")
        if not members(result, "results") or not isinstance(total, int) or (page + 1) * ROWS >= total:
            return
    raise Unreadable(f"{root} has more than {MOST_PAGES * ROWS:,} packages.")


def read(text: Text) -> Sequence[Found]:
    found = document(text)
    if found.get("success") is not True or not isinstance(section(found, "result").get("results"), list):
        raise Unreadable(f"{text.address} does not answer as CKAN does.")
    return [package(one, text.name) for one in members(section(found, "result"), "results")]


def package(one: dict[str, Any], root: str) -> Found:
    description = described(one, root)
    return Found(
        identifier=description.identifier,
        address=description.url,
        format=FORMAT,
        text=json.dumps(one, ensure_ascii=False),
        description=description,
        refusal="" if description.identifier else "The package has neither an id nor a name.",
    )


def described(one: dict[str, Any], root: str) -> ComponentDescription:
    organisation = section(one, "organization")
    mail = words(one.get("maintainer_email")) or words(one.get("author_email"))
    contact = Contact(name=words(one.get("maintainer")) or words(one.get("author")), email=mail)
    return ComponentDescription(
        format=FORMAT,
        kind="dataset",
        identifier=words(one.get("id")) or words(one.get("name")),
        name=words(one.get("title")) or words(one.get("name")),
        description=words(one.get("notes")),
        url=f"{root}/dataset/{words(one.get('name'))}" if words(one.get("name")) else words(one.get("url")),
        documentation=words(one.get("url")),
        licence=words(one.get("license_title")) or words(one.get("license_id")),
        version=words(one.get("version")),
        owner=words(organisation.get("title")) or words(organisation.get("name")),
        contacts=[contact] if contact.name or contact.email else [],
        keywords=[words(tag.get("display_name")) or words(tag.get("name")) for tag in members(one, "tags")],
        document=one,
    )

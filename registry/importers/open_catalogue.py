"""Another catalogue that speaks the Open Catalog API, such as Italy's: each software of it, to the last cursor."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from catalogue.readers import publiccode
from registry.importers.found import Ask, Found, Text, Unreadable, refusal, text_of
from registry.importers.json_pages import MOST_PAGES, document, members, section, words
from registry.models import Source

SIZE = 50
NO_TEXT = "The catalogue has no publiccode.yml of it."


def fetch(source: Source, ask: Ask) -> Iterator[Text]:
    """Page after page. Raises Unreadable where the pages lead in a circle, or never end."""
    start = first_page(source.address)
    address, been = start, set[str]()
    while address:
        if address in been or len(been) >= MOST_PAGES:
            raise Unreadable(f"The pages of {start} lead in a circle, or are more than {MOST_PAGES:,}.")
        been.add(address)
        text = text_of(ask(address, accept="application/json"), address)
        yield text
        address = next_page(start, section(document(text), "links").get("next"))


def first_page(address: str) -> str:
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    path = path if path.endswith("/software") else f"{path}/software"
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode({"page[size]": SIZE}), ""))


def next_page(start: str, said: Any) -> str:
    """The address of the next page: `said` is a cursor, or a query that has one. It never leads to another host."""
    said = words(said)
    if not said:
        return ""
    query = urlsplit(said).query if "?" in said else urlencode({"page[after]": said})
    if "page[size]" not in query and "page%5Bsize%5D" not in query:
        query += f"&{urlencode({'page[size]': SIZE})}"
    return urlunsplit((*urlsplit(start)[:3], query, ""))


def read(text: Text) -> Sequence[Found]:
    found = document(text)
    if not isinstance(found.get("data"), list):
        raise Unreadable(f"{text.address} does not answer as an Open Catalog API does: it has no data.")
    return [software(one, text.address) for one in members(found, "data")]


def software(one: dict[str, Any], address: str) -> Found:
    text, url = one.get("publiccodeYml"), words(one.get("url"))
    own = text if isinstance(text, str) else ""
    identifier = words(one.get("id")) or url or words(own[:200])
    found = Found(identifier=identifier, address=address, format=publiccode.FORMAT, text=own, refusal=NO_TEXT)
    if not own.strip():
        return found
    reading = publiccode.read(own)
    description = next(iter(reading.descriptions), None)
    if description is not None and not description.repository:
        description = replace(description, repository=url)
    users = [*(description.used_by if description else ()), *stated_users(one.get("usedBy"))]
    refused, used_by = refusal(reading.problems), list(dict.fromkeys(users))
    return replace(found, description=description, refusal=refused, used_by=used_by)


def stated_users(said: Any) -> list[str]:
    """The catalogue's own `usedBy`: names, or objects that have a name, an address or codes."""
    many = said if isinstance(said, list) else []
    return [user for one in many if (user := words(one) or (named(one) if isinstance(one, dict) else ""))]


def named(user: dict[str, Any]) -> str:
    codes = user.get("identifiers")
    first = next((words(code) for code in codes if words(code)), "") if isinstance(codes, list) else ""
    body = section(user, "organisation")
    return first or words(user.get("uri")) or words(user.get("name")) or words(body.get("name"))

"""One file at an address, in any format that is read here."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from registry.importers.found import Ask, Found, Text, text_of
from registry.importers.parts import parts
from registry.models import Source


def fetch(source: Source, ask: Ask) -> Iterator[Text]:
    """Only where it has changed since it was read the last time."""
    found = ask(source.address, etag=source.etag, last_modified=source.last_modified)
    yield text_of(found, source.address, urlsplit(source.address).path)


def read(text: Text) -> Sequence[Found]:
    return parts(text)

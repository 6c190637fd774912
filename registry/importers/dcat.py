"""A catalogue in DCAT, as Turtle or JSON-LD, page after page where it says which comes next (Hydra)."""

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from rdflib import Graph, Namespace

from catalogue.readers import dcat
from catalogue.readers.dcat.parsing import BASE, graph_of
from catalogue.readers.formats import FORMATS
from catalogue.readers.structured import Unreadable as NotRead
from catalogue.readers.structured import decoded
from registry.importers.found import Ask, Found, Text, Unreadable, text_of
from registry.importers.parts import parts
from registry.models import Source

FORMAT = next(known for known in FORMATS if known.name == dcat.FORMAT)
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
ACCEPTED = "text/turtle, application/ld+json;q=0.9"
MOST_PAGES = 500


def fetch(source: Source, ask: Ask) -> Iterator[Text]:
    """The first page only where it has changed, if it is the only one: further pages change without it."""
    known = {"etag": source.etag, "last_modified": source.last_modified}
    address, been = source.address, set[str]()
    while address:
        if address in been or len(been) >= MOST_PAGES:
            raise Unreadable(f"The pages of {source.address} lead in a circle, or are more than {MOST_PAGES}.")
        been.add(address)
        text = text_of(ask(address, accept=ACCEPTED, **({} if len(been) > 1 else known)), address)
        yield text
        address = "" if text.is_unchanged else next_page(text)


def next_page(text: Text) -> str:
    """On the same host; blank where this page is the last."""
    try:
        graph = graph_of(decoded(text.content))
    except NotRead:
        return ""
    said = next((str(node) for name in ("next", "nextPage") for node in objects(graph, name)), "")
    onward = urljoin(text.address, said.removeprefix(BASE)) if said else ""
    return onward if urlsplit(onward)[:2] == urlsplit(text.address)[:2] else ""


def objects(graph: Graph, name: str):
    return graph.objects(None, HYDRA[name])


def read(text: Text) -> Sequence[Found]:
    return parts(text, otherwise=FORMAT)

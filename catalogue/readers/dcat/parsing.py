"""Text to graph. The libraries go on the word of the text, so its size is judged first."""

import logging
import re
from typing import Any

import rdflib
from rdflib import Graph
from rdflib.namespace import RDF, XSD
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import bind

from catalogue.readers.structured import MAX_DEPTH, Document, Unreadable, json_document
from catalogue.readers.structured.bounds import TOO_DEEP
from catalogue.readers.structured.document import Path, at
from catalogue.readers.structured.parsing import checked
from catalogue.readers.structured.places import Places

BASE = "https://relative.invalid/"  # what relative addresses are relative to: never where this program runs
MAX_BYTES = 1_000_000
MAX_PARTS = 10_000  # statements, or values of JSON
MAX_WORDS = 3 * MAX_PARTS  # of Turtle: a statement has no more than three
MAX_PREFIXES = 500  # the library compares each with each
MAX_TERMS = 1_000  # of a context
TOO_LARGE = f"The text is larger than {MAX_BYTES // 1_000_000} MB: send a page of the catalogue at a time."
TOO_MANY = f"The text says more than {MAX_PARTS:,} things: send a page of the catalogue at a time."
REMOTE = "A context at another address is not fetched: write it into the text, or send Turtle."
INNER = "A context stands inside the text or another context: only one at its top is read."
TOO_MANY_TERMS = f"The context has more than {MAX_TERMS:,} terms: leave those that are used."
TOO_MANY_PREFIXES = f"The text has more than {MAX_PREFIXES} prefixes: leave those that are used."
NOT_TURTLE = "The text is not Turtle from here on: look at prefixes, quotation marks, and the points after statements."
UNFINISHED = "The text ends in the middle of a statement: write the rest of it, and the point after it."
NOT_RDF = "The text is JSON, and says nothing that JSON-LD understands."
# Outside of texts, addresses and comments: what opens, closes, or goes on.
SKIPPED = r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?|<[^<>"{}|^`\\\s]*+>?'
SKIPPED += r"|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'?"
MARKS = re.compile(
    rf"(?:#[^\n]*+\s*+)++|(?P<text>{SKIPPED})|(?P<open>[\[(])|(?P<close>[\])])|(?P<on>[,;.{{}}!]|(?<!\^)\^(?!\^))"
    r"|(?P<prefix>@?prefix\b)|(?P<word>[^\s\[\](),;.{}!^\"'<#]+)",
    re.DOTALL | re.IGNORECASE,
)


class Words(str):
    """A text that the library must not look into."""

    __slots__ = ()


# A decimal of "1e999999" would be written out, a million digits for each.
rdflib.NORMALIZE_LITERALS = False
# It says of every value that is not of its datatype, with the value.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)
# The first two are parsed for nothing, HTML in seconds; of the third a warning is kept for each odd value, for ever.
for datatype in (RDF.HTML, RDF.XMLLiteral, XSD.boolean):
    bind(datatype, Words, constructor=Words, datatype_specific=True)


def graph_of(text: str) -> Graph:
    text = checked(text)
    if len(text.encode()) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    return of_json(json_document(text)) if text.lstrip()[:1] in ("{", "[") else of_turtle(text)


def of_turtle(text: str) -> Graph:
    measure(text)
    graph = Graph()
    try:
        graph.parse(data=text, format="turtle", publicID=BASE)
    except BadSyntax as error:
        raise Unreadable(NOT_TURTLE, (error.lines + 1, 1)) from error
    except IndexError as error:
        raise Unreadable(UNFINISHED, Places(text).of(max(len(text.rstrip()) - 1, 0))) from error
    except Exception as error:  # the library stumbles over hostile texts in many ways, and says none of them
        raise Unreadable(NOT_TURTLE) from error
    return graph


def measure(text: str) -> None:
    """In a list in brackets every word is a part: nothing stands between them."""
    opened, parts, words, prefixes = "", 0, 0, 0
    for found in MARKS.finditer(text):
        mark = found.lastgroup
        if mark is None:
            continue  # a comment
        if mark == "open":
            opened += found[0]
        elif mark == "close":
            opened = opened[:-1]
        parts += mark in ("open", "on") or opened[-1:] == "("
        words += mark in ("text", "word")
        prefixes += mark == "prefix"
        if len(opened) > MAX_DEPTH or parts > MAX_PARTS or words > MAX_WORDS or prefixes > MAX_PREFIXES:
            wrong = TOO_DEEP if len(opened) > MAX_DEPTH else TOO_MANY_PREFIXES if prefixes > MAX_PREFIXES else TOO_MANY
            raise Unreadable(wrong, Places(text).of(found.start()))


def of_json(document: Document) -> Graph:
    if document.size > MAX_PARTS:
        raise Unreadable(TOO_MANY)
    check_contexts(document)
    graph = Graph()
    try:
        to_rdf(document.value, graph, base=BASE)
    except Exception as error:  # as above
        raise Unreadable(NOT_RDF) from error
    return graph


def check_contexts(document: Document) -> None:
    """One context at the top, written out. Any other could be a bomb, or make the library ask the network."""
    for path in named(document.value, "@import"):
        raise Unreadable(REMOTE, document.place(path))
    for path in named(document.value, "@context"):
        if len(path) > 1:
            raise Unreadable(INNER, document.place(path))
        written = at(document.value, path)
        for one in written if isinstance(written, list) else [written]:
            if not isinstance(one, dict):
                raise Unreadable(REMOTE, document.place(path))
            if len(one) > MAX_TERMS:
                raise Unreadable(TOO_MANY_TERMS, document.place(path))


def named(value: Any, key: str, path: Path = ()) -> list[Path]:
    """Where the key stands. No deeper than a document can be."""
    found: list[Path] = []
    if isinstance(value, dict):
        for name, inner in value.items():
            found += [(*path, name)] if name == key else []
            found += named(inner, key, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            found += named(inner, key, (*path, place))
    return found

"""A description as publiccode.yml: what was read comes back whole, everything else as far as the format has a place."""

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from catalogue.readers.description import ComponentDescription, Contact, Problem
from catalogue.readers.publiccode import languages
from catalogue.readers.publiccode.addresses import is_url
from catalogue.readers.publiccode.reading import read
from catalogue.readers.publiccode.rules import wrong_support
from catalogue.readers.publiccode.understanding import FORMAT
from catalogue.readers.publiccode.vocabularies import CATEGORIES, NEWEST
from catalogue.readers.structured.node import Kind, kind_of_plain

STATUSES = {
    "draft": "concept", "alpha": "development", "beta": "beta", "live": "stable", "deprecated": "obsolete",
    "retired": "obsolete",
}  # fmt: skip
UNDETERMINED = "und"  # the tag of BCP 47 for a text in a language that nobody has named
OLD_NUMBERS = re.compile(r"[-+.]?[0-9][0-9_:.,a-fox+-]*", re.IGNORECASE)  # dates, times and octals among them
OLD_WORDS = {"yes", "no", "on", "off", "y", "n", "="}  # YAML 1.1 reads them as something else than texts
WIDE = 1_000_000  # no line is broken: what stands in one line stays there


def write(description: ComponentDescription) -> str:
    """`lacking` says what the format demands beyond it. Nothing is invented."""
    kept = description.format == FORMAT and description.document
    return as_yaml(description.document if kept else document_of(description))


def lacking(description: ComponentDescription) -> list[Problem]:
    """What keeps the file that `write` makes from being valid."""
    return read(write(description)).errors


def document_of(description: ComponentDescription) -> dict[str, Any]:
    document = {
        "publiccodeYmlVersion": NEWEST,
        "name": description.name,
        "url": description.repository,
        "landingURL": description.url,
        "isBasedOn": [address for address in description.based_on if is_url(address)],
        "softwareVersion": description.version,
        "releaseDate": description.released_on.isoformat() if description.released_on else "",
        "categories": [word for word in description.keywords if word in CATEGORIES],
        "usedBy": list(description.used_by),
        "developmentStatus": STATUSES.get(description.lifecycle, ""),
        "supports": [{"id": name} for name in description.standards if not wrong_support(name)],
        "organisation": owner_of(description),
        "intendedAudience": filled({"countries": list(description.countries)}),
        "description": told(description),
        "legal": filled({"license": description.licence}),
        "maintenance": filled({"contacts": [contact(one) for one in description.contacts]}),
        "localisation": filled({"availableLanguages": list(description.languages)}),
    }
    return filled(document)


def owner_of(description: ComponentDescription) -> dict[str, Any]:
    """The section cannot be without the address, so a name alone stays out."""
    if not description.owner_identifier:
        return {}
    return filled({"uri": description.owner_identifier, "name": description.owner})


def told(description: ComponentDescription) -> dict[str, Any]:
    tags = [tag for tag in description.languages if not languages.mistake(tag)]
    texts = {
        "shortDescription": description.summary,
        "longDescription": description.description,
        "documentation": description.documentation,
        "apiDocumentation": description.api_description,
    }
    return filled({(tags or [UNDETERMINED])[0]: filled(texts)})


def contact(one: Contact) -> dict[str, Any]:
    return filled({"name": one.name, "email": one.email, "phone": one.phone, "affiliation": one.affiliation})


def filled(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value}


def as_yaml(document: Mapping[str, Any]) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.allow_unicode = True
    yaml.width = WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda _: True
    written = io.StringIO()
    yaml.dump(shaped(document), written)
    return written.getvalue()


def shaped(value: Any) -> Any:
    """The value with its texts in the style in which every reader, also an older one, reads them as texts."""
    if isinstance(value, Mapping):
        return {shaped(key): shaped(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [shaped(item) for item in value]
    return styled(value) if isinstance(value, str) else value


def styled(text: str) -> Any:
    if is_paragraphs(text):
        return LiteralScalarString(text)
    plain = text.isprintable() and kind_of_plain(text) == Kind.TEXT and not OLD_NUMBERS.fullmatch(text)
    return text if plain and text.lower() not in OLD_WORDS else DoubleQuotedScalarString(text)


def is_paragraphs(text: str) -> bool:
    """Lines that can stand one below the other just as they are."""
    lines = text.split("\n")
    return len(lines) > 1 and all(line.isprintable() and line == line.strip() for line in lines) and bool(lines[0])

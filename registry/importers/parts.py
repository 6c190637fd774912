"""A text of several descriptions, taken apart: so that each is judged, kept and compared by itself."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from catalogue.readers import ComponentDescription, Reading, api_catalogue, dcat
from catalogue.readers.formats import FORMATS, Format, recognised
from catalogue.readers.structured import Unreadable as NotRead
from catalogue.readers.structured import decoded
from registry.importers.found import Found, Text, Unreadable, refusal

READERS: dict[str, Callable[[str], Reading]] = {known.name: known.read for known in FORMATS}
READERS[api_catalogue.MEMBER_FORMAT] = api_catalogue.read
NOT_RECOGNISED = "{} is in no format that is read here: publiccode.yml, OpenAPI, DCAT and others."
NOTHING = "{} describes nothing: {}"


def parts(text: Text, otherwise: Format | None = None) -> list[Found]:
    """Everything that a text describes. Raises Unreadable where it cannot be read at all."""
    try:
        content = decoded(text.content)
    except NotRead as error:
        raise Unreadable(f"{text.address} cannot be read: {error}") from error
    known = recognised(content, text.name) or otherwise
    if known is None:
        raise Unreadable(NOT_RECOGNISED.format(text.address))
    table = is_table(known, content)
    return told_apart(rows(content, text.address) if table else [*described(known, content, text.address)])


def is_table(known: Format, content: str) -> bool:
    return known.name == api_catalogue.FORMAT and content.lstrip("\ufeff \n\r\t")[:1] not in ("{", "[")


def rows(content: str, address: str) -> list[Found]:
    """The API catalogue's table, each row a table of its own. What is wrong with all of it is wrong with the source."""
    lines = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
    try:
        header, *others = [cells for cells in lines if any(cells)][: api_catalogue.MAX_ROWS + 1]
    except (csv.Error, ValueError) as error:
        raise Unreadable(f"{address} is no table that can be read.") from error
    missing = [column for column in api_catalogue.NEEDED if column not in map(str.strip, header)]
    if missing:
        raise Unreadable(f"{address} has no column {' and no column '.join(missing)}: it is no catalogue of APIs.")
    return [row(as_table(header, cells), address) for cells in others]


def row(table: str, address: str) -> Found:
    reading = api_catalogue.read(table)
    description = next(iter(reading.descriptions), None)
    identifier = description.identifier or description.name if description else ""
    return Found(
        identifier=identifier or table.partition("\n")[2].strip(),
        address=address,
        format=api_catalogue.FORMAT,
        text=table,
        description=description,
        refusal=refusal(reading.problems),
    )


def as_table(*lines: Sequence[str]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(lines)
    return made.getvalue()


def described(known: Format, content: str, address: str) -> Iterator[Found]:
    reading = known.read(content)
    if not reading.descriptions and reading.errors:
        raise Unreadable(NOTHING.format(address, refusal(reading.problems)))
    if len(reading.descriptions) == 1:
        yield of(reading.descriptions[0], content, address, refusal(reading.problems))
        return
    for description in reading.descriptions:
        own = json.dumps(description.document, ensure_ascii=False, default=str)
        yield of(description, own, address, own_refusal(description, own))


def own_refusal(description: ComponentDescription, own: str) -> str:
    """What is wrong with this one, by reading it alone. A graph is not taken apart: what could be read of it is."""
    if description.format == dcat.FORMAT or description.format not in READERS:
        return ""
    return refusal(READERS[description.format](own).problems)


def of(description: ComponentDescription, text: str, address: str, refused: str = "") -> Found:
    identifier = description.identifier or description.repository or description.url or description.name
    return Found(
        identifier=identifier,
        address=address,
        format=description.format,
        text=text,
        description=description,
        refusal=refused,
        used_by=description.used_by,
    )


def told_apart(found: Sequence[Found]) -> list[Found]:
    """Several interfaces may have one address: those are told apart by name, and what is there twice comes once."""
    often = Counter(one.identifier for one in found)
    named = [
        replace(one, identifier=f"{one.identifier} {one.name}") if often[one.identifier] > 1 else one for one in found
    ]
    return list({one.identifier: one for one in reversed(named) if one.identifier.strip()}.values())[::-1]

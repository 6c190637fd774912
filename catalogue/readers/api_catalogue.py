"""The API catalogue of the United Kingdom's government: its table (CSV) and its members' answers (v1alpha, JSON)."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date

from catalogue.readers.description import ComponentDescription, Contact, Problem, Reading, Severity
from catalogue.readers.structured import Looking, Path, Unreadable, json_document
from catalogue.readers.structured.looking import note, unreadable
from catalogue.readers.structured.parsing import checked
from catalogue.readers.structured.showing import quoted, shown

FORMAT, MEMBER_FORMAT, MEMBER_VERSION = "uk-api-catalogue", "uk-api-catalogue-member", "api.gov.uk/v1alpha"
COLUMNS = (
    *("dateAdded", "dateUpdated", "url", "name", "description", "documentation", "license", "maintainer"),
    *("areaServed", "startDate", "endDate", "provider"),
)
NEEDED = ("url", "name")
DATES = ("dateAdded", "dateUpdated", "startDate", "endDate")
MAX_ROWS, MAX_COLUMNS = 20_000, 100
Row = Mapping[str, str]
Names = Mapping[str, Row]


def read(text: str, organisations: str = "") -> Reading:
    """`organisations`: the table of providers that belongs to it (id, name, alternateName, url), for their names."""
    try:
        text = checked(text)
    except Unreadable as error:
        return unreadable(error)
    if text.lstrip()[:1] in ("{", "["):
        return read_member(text)
    problems: list[Problem] = []
    names = {row["id"]: row for _, row in rows(organisations, problems) if row.get("id")} if organisations else {}
    found = [described(row, line, names, problems) for line, row in table(text, problems)]
    return Reading(descriptions=found, problems=problems)


def table(text: str, problems: list[Problem]) -> Iterator[tuple[int, Row]]:
    """(line, row) of the catalogue; nothing where a column that each row needs is missing."""
    for place, (line, row) in enumerate(rows(text, problems)):
        missing = [column for column in NEEDED if column not in row]
        if place == 0 and missing:
            words = f"The table has no column {' and no column '.join(missing)}: it is not the catalogue's."
            problems.append(Problem(severity=Severity.ERROR, key=missing[0], message=words))
        if place == 0:
            problems.extend(strange(column) for column in row if column not in COLUMNS)
        if missing:
            return
        yield line, row


def rows(text: str, problems: list[Problem]) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header: list[str] = []
    before = 0
    try:
        for place, cells in enumerate(reader):
            line, before = before + 1, reader.line_num
            if not header:
                header = [cell.strip() for cell in cells]
                if len(header) > MAX_COLUMNS:
                    words = f"The table has more than {MAX_COLUMNS} columns: it is not the catalogue's."
                    problems.append(wrong("", words, line))
                    return
            elif place > MAX_ROWS:
                problems.append(wrong("", f"The table has more than {MAX_ROWS:,} rows: send fewer at once.", line))
                return
            elif any(cells):
                if len(cells) != len(header):
                    words = f"The row has {len(cells)} cells and the header {len(header)}: look for commas and quotes."
                    note(problems, wrong("", words, line))
                yield line, dict(zip(header, [*cells, *[""] * len(header)], strict=False))
    except csv.Error:
        problems.append(wrong("", "The table cannot be read from here on: a cell is far too long.", before + 1))


def wrong(key: str, message: str, line: int) -> Problem:
    return Problem(severity=Severity.ERROR, key=key, message=message, line=line)


def strange(column: str) -> Problem:
    message = f"The column {quoted(column)} is not the catalogue's: it is kept, and says nothing."
    return Problem(severity=Severity.WARNING, key=shown((column,)), message=message)


def described(row: Row, line: int, names: Names, problems: list[Problem]) -> ComponentDescription:
    said = {column: row.get(column, "").strip() for column in COLUMNS}
    for key, message in checks(said):
        note(problems, wrong(key, message, line))
    if not said["url"]:
        words = "The interface has no address here, so that nobody can find it: add it."
        note(problems, Problem(severity=Severity.WARNING, key="url", message=words, line=line))
    provider = names.get(said["provider"], {})
    return ComponentDescription(
        format=FORMAT,
        kind="service",
        identifier=said["url"],
        name=said["name"],
        description=unfolded(said["description"]),
        url=said["url"],
        documentation=said["documentation"],
        licence=said["license"],
        released_on=day(said["startDate"]),
        owner=provider.get("name", "").strip() or said["provider"],
        owner_identifier=provider.get("url", "").strip(),
        contacts=contact(said["maintainer"]),
        document=dict(row),
    )


def checks(said: Row) -> Iterator[tuple[str, str]]:
    if not said["name"]:
        yield "name", "This is missing: the catalogue needs it."
    for column in ("url", "documentation"):
        if said[column] and not said[column].lower().startswith(("http://", "https://")):
            yield column, f"{quoted(said[column])} is no web address: it must begin with https://."
    for column in DATES:
        if said[column] and day(said[column]) is None:
            yield column, f"{quoted(said[column])} is no date: write it as 2026-03-31."


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def unfolded(text: str) -> str:
    """The catalogue writes line ends as a backslash and an n."""
    return text.replace("\\n", "\n").strip()


def contact(text: str) -> list[Contact]:
    if not text:
        return []
    is_address = "@" in text and " " not in text
    return [Contact(email=text.removeprefix("mailto:")) if is_address else Contact(name=text)]


def read_member(text: str) -> Reading:
    """One item, a list of them, or `{"apis": [item, …]}`."""
    try:
        document = json_document(text)
    except Unreadable as error:
        return unreadable(error)
    looking = Looking(document)
    looking.mistakes()
    path: Path = () if isinstance(document.value, list) else ("apis",)
    listed = isinstance(looking.get(*path), list)
    found = [member(one) for one in (looking.members(*path) if listed else [looking])]
    return Reading(descriptions=[one for one in found if one], problems=looking.problems)


def member(looking: Looking) -> ComponentDescription | None:
    version = looking.text("api-version") if looking.is_mapping() else ""
    if version != MEMBER_VERSION:
        looking.error(("api-version",), f"An item must say that its api-version is {MEMBER_VERSION}.")
        return None
    for key in ("name", "description", "url"):
        looking.required("data", key)
    return ComponentDescription(
        format=MEMBER_FORMAT,
        format_version=version,
        kind="service",
        identifier=looking.text("data", "url"),
        name=looking.text("data", "name"),
        description=looking.text("data", "description"),
        url=looking.address("data", "url"),
        documentation=looking.address("data", "documentation-url"),
        owner=looking.text("data", "organisation"),
        contacts=contact(looking.text("data", "contact")),
        document=looking.get(),
    )

"""Every format that is read here, how a file of it is recognised, and its reader. A further one is added to FORMATS."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from catalogue.readers import api_catalogue, backstage, codejson, dcat, openapi, publiccode, uk_metadata
from catalogue.readers.description import Problem, Reading, Severity
from catalogue.readers.structured import Unreadable, decoded


@dataclass(frozen=True, kw_only=True)
class Format:
    """`is_named` looks at a file's name, `is_like` at its text; the name decides before the text."""

    name: str
    is_named: Callable[[str], bool]
    is_like: Callable[[str], bool]
    read: Callable[[str], Reading]


def known(name: str, read: Callable[[str], Reading], *, named: str, like: str) -> Format:
    """A format whose files have names and texts like these patterns. A text is searched line by line, and no pattern
    reaches over a line's end: it would be searched again from every line."""
    name_is, text_has = re.compile(named, re.IGNORECASE), re.compile(like, re.MULTILINE)
    return Format(
        name=name,
        is_named=lambda file: bool(name_is.fullmatch(file)),
        is_like=lambda text: bool(text_has.search(text)),
        read=read,
    )


# The first that fits counts: a description of one format may hold one of another inside.
FORMATS: Sequence[Format] = (
    known(
        publiccode.FORMAT,
        publiccode.read,
        named=r"(.*[._-])?publiccode(\..*)?\.ya?ml",
        like=r"^\ufeff?[ \t{]*[\"']?publiccodeYmlVersion[\"']?[ \t]*:",
    ),
    known(
        backstage.FORMAT,
        backstage.read,
        named=r"(.*[._-])?catalog-info\.ya?ml",
        like=r"^\ufeff?[\"']?apiVersion[\"']?\s*:\s*[\"']?backstage\.io/",
    ),
    known(
        uk_metadata.FORMAT,
        uk_metadata.read,
        named=r"(.*[._-])?uk-metadata\.(ya?ml|json)",
        like=r"^[ \t{\-]*[\"']?(securityClassification|serviceStatus|updateFrequency|contactName)[\"']?[ \t]*:"
        r"|^[ \t{\-]*[\"']?type[\"']?[ \t]*:[ \t]*[\"']?dcat:[A-Z]",
    ),
    known(
        codejson.FORMAT,
        codejson.read,
        named=r"code\.json",
        like=r"\"(reuseFrequency|laborHours|measurementType)\"\s*:",
    ),
    known(
        api_catalogue.FORMAT,
        api_catalogue.read,
        named=r"(.*[._-])?(apic|api-catalogue)\.(csv|json)",
        like=r"\A\ufeff?dateAdded,|\"api-version\"\s*:\s*\"api\.gov\.uk/",
    ),
    known(
        openapi.FORMAT,
        openapi.read,
        named=r"(.*[._-])?(openapi|swagger)(\..*)?\.(ya?ml|json)",
        like=r"^\ufeff?([ \t{]*\"(openapi|swagger)\"|openapi|swagger)[ \t]*:"
        r"|\"(openapi|swagger)\"[ \t]*:[ \t]*\"[23]\.",
    ),
    known(
        dcat.FORMAT,
        dcat.read,
        named=r".*\.(ttl|jsonld)",
        like=r"http://www\.w3\.org/ns/dcat#",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Report:
    """`format` is blank where none was recognised, or the bytes are no text."""

    format: str
    reading: Reading

    @property
    def is_unknown(self) -> bool:
        return not self.format and [problem.message for problem in self.reading.problems] == [not_recognised()]


def recognised(text: str, name: str = "") -> Format | None:
    base = PurePath(name).name
    by_name = next((one for one in FORMATS if one.is_named(base)), None)
    return by_name or next((one for one in FORMATS if one.is_like(text)), None)


def read_text(text: str, name: str = "", *, as_format: str = "") -> Report:
    """`name` is the file's; `as_format` is the name of a format, for a text that is to be read as that."""
    found = named(as_format) if as_format else recognised(text, name)
    return Report(format=found.name, reading=found.read(text)) if found else refused(not_recognised())


def read_bytes(content: bytes, name: str = "", *, as_format: str = "") -> Report:
    try:
        return read_text(decoded(content), name, as_format=as_format)
    except Unreadable as unreadable:
        return refused(str(unreadable), *unreadable.place)


def named(name: str) -> Format:
    """Raises KeyError where there is none."""
    return {one.name: one for one in FORMATS}[name]


def not_recognised() -> str:
    known = ", ".join(one.name for one in FORMATS)
    return (
        f"The format is not one that is read here ({known}): name the file so, begin it with the format’s version, or "
        "say which format it is."
    )


def refused(message: str, line: int = 1, column: int = 1) -> Report:
    problem = Problem(severity=Severity.ERROR, key="", message=message, line=line, column=column)
    return Report(format="", reading=Reading(problems=[problem]))

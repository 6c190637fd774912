"""Reports on files, as people, programs and GitHub's annotations take them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from catalogue.readers import Problem, Reading
from catalogue.readers.formats import read_bytes
from catalogue.readers.structured import MAX_BYTES
from catalogue.readers.structured.showing import visible
from commons.fetching import Unfetchable, fetch

UNREADABLE = {
    FileNotFoundError: "there is no such file",
    IsADirectoryError: "this is a folder: name the files in it",
    PermissionError: "you may not read this file",
}


@dataclass
class FileReport:
    """`refusal` says why the file itself could not be read; then its reading found nothing."""

    file: str
    format: str = ""
    reading: Reading = field(default_factory=Reading)
    refusal: str = ""


def report_on(file: str, as_format: str = "") -> FileReport:
    """`file` is a path or a public web address; `as_format` the format that it is read as, else it is recognised."""
    try:
        content, name = fetched(file) if "://" in file else (opened(file), file)
    except Unfetchable as error:
        return FileReport(file, refusal=str(error))
    except (OSError, ValueError) as error:
        return FileReport(file, refusal=UNREADABLE.get(type(error), "the file cannot be read"))
    report = read_bytes(content, name, as_format=as_format)
    return FileReport(file, report.format, report.reading)


def opened(file: str) -> bytes:
    with Path(file).open("rb") as found:
        return found.read(MAX_BYTES + 1)


def fetched(address: str) -> tuple[bytes, str]:
    """What is there, and under which name."""
    found = fetch(address)
    return found.content, urlsplit(found.url).path


def exit_code(reports: Sequence[FileReport]) -> int:
    """2 where a file cannot be read, 1 where one has errors, else 0."""
    if any(report.refusal for report in reports):
        return 2
    return 1 if any(report.reading.errors for report in reports) else 0


def as_text(reports: Sequence[FileReport]) -> str:
    lines = []
    for report in reports:
        if report.refusal:
            lines.append(f"{report.file}: error: {report.refusal}")
        lines += [f"{report.file}:{one.line}:{one.column}: {spoken(one)}" for one in report.reading.problems]
    # A file's name and keys are others' words: they may not move the cursor of whoever reads.
    return "\n".join(visible(line) for line in [*lines, total(reports)])


def spoken(problem: Problem) -> str:
    return ": ".join(part for part in (problem.severity.value, problem.key, problem.message) if part)


def total(reports: Sequence[FileReport]) -> str:
    errors = sum(len(report.reading.errors) for report in reports)
    warnings = sum(len(report.reading.warnings) for report in reports)
    return f"{counted(len(reports), 'file')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}."


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_json(reports: Sequence[FileReport]) -> str:
    return json.dumps([document(report) for report in reports], indent=1)


def document(report: FileReport) -> dict[str, Any]:
    return {
        "file": report.file,
        "format": report.format or None,
        "valid": not report.refusal and not report.reading.errors,
        "errors": [{"key": "", "line": None, "column": None, "message": report.refusal}]
        if report.refusal
        else listed(report.reading.errors),
        "warnings": listed(report.reading.warnings),
    }


def listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {"key": problem.key, "line": problem.line, "column": problem.column, "message": problem.message}
        for problem in problems
    ]


def as_github(reports: Sequence[FileReport]) -> str:
    """Workflow commands: GitHub shows each at its line of the pull request."""
    lines = []
    for report in reports:
        if report.refusal:
            lines.append(annotation("error", report.refusal, file=report.file))
        lines += [
            annotation(
                problem.severity.value,
                f"{problem.key}: {problem.message}" if problem.key else problem.message,
                file=report.file,
                line=problem.line,
                col=problem.column,
            )
            for problem in report.reading.problems
        ]
    return "\n".join(lines)


def annotation(kind: str, message: str, **properties: str | int) -> str:
    said = ",".join(f"{name}={escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::{kind} {said}::{escaped(message)}"


def escaped(text: str, special: str = "") -> str:
    """As the runner turns it back. What would end the line or the property is written in hexadecimal."""
    for letter in "%\r\n" + special:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text


FORMATS = {"text": as_text, "json": as_json, "github": as_github}

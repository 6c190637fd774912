"""A text, and what publiccode.yml says of it: a description, and every problem at once."""

from catalogue.readers.description import Problem, Reading, Severity
from catalogue.readers.publiccode.keys import FILE
from catalogue.readers.publiccode.notes import MOST, Enough, Notes
from catalogue.readers.publiccode.rules import NUMBERS
from catalogue.readers.publiccode.understanding import understood
from catalogue.readers.yaml import Kind, Node, Unreadable, parse

EMPTY = "The file is empty: begin with publiccodeYmlVersion, name and url."
NO_KEYS = "The file is no YAML mapping: begin with keys such as publiccodeYmlVersion: and name:."

TOO_MUCH = f"More than {MOST:,} problems: mend those that are listed, then check again."


def read(text: str) -> Reading:
    """Never raises: what cannot be read is a problem too."""
    try:
        tree = parse(text)
    except Unreadable as unreadable:
        return Reading(problems=[problem(unreadable)])
    problems = [problem(mistake) for mistake in tree.mistakes]
    if tree.root is None or tree.root.kind == Kind.NOTHING:
        return Reading(problems=[*problems, problem(Unreadable(EMPTY))])
    if tree.root.kind != Kind.MAPPING:
        return Reading(problems=[*problems, problem(Unreadable(NO_KEYS, tree.root.line, tree.root.column))])
    notes = Notes(version=version_of(tree.root), problems=problems)
    try:
        FILE(tree.root, "", notes)
    except Enough:
        notes.problems.append(problem(Unreadable(TOO_MUCH)))
    in_order = sorted(notes.problems, key=lambda found: (found.line, found.column))
    return Reading(descriptions=[understood(tree.root.plain())], problems=in_order)


def problem(mistake: Unreadable) -> Problem:
    return Problem(
        severity=Severity.ERROR, key=mistake.key, message=str(mistake), line=mistake.line, column=mistake.column
    )


def version_of(root: Node) -> tuple[int, ...]:
    said = root.get("publiccodeYmlVersion")
    if said is None or not said.is_scalar or not NUMBERS.fullmatch(said.text):
        return ()
    return tuple(int(number) for number in said.text.split("."))

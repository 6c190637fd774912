"""A text, and what publiccode.yml says of it: a description, and every problem at once."""

from catalogue.readers.description import Reading
from catalogue.readers.publiccode.keys import FILE
from catalogue.readers.publiccode.notes import Enough, Notes
from catalogue.readers.publiccode.rules import NUMBERS
from catalogue.readers.publiccode.understanding import understood
from catalogue.readers.structured import MAX_PROBLEMS, Kind, Node, Unreadable, yaml_document
from catalogue.readers.structured.bounds import MORE_PROBLEMS
from catalogue.readers.structured.looking import problem_of

EMPTY = "The file is empty: begin with publiccodeYmlVersion, name and url."
NO_KEYS = "The file is no YAML mapping: begin with keys such as publiccodeYmlVersion: and name:."


def read(text: str) -> Reading:
    """Never raises: what cannot be read is a problem too."""
    try:
        document = yaml_document(text)
    except Unreadable as unreadable:
        return Reading(problems=[problem_of(unreadable)])
    problems, root = [problem_of(mistake) for mistake in document.mistakes][:MAX_PROBLEMS], document.root
    if root is None or root.kind == Kind.NOTHING:
        return Reading(problems=[*problems, problem_of(Unreadable(EMPTY))])
    if root.kind != Kind.MAPPING:
        return Reading(problems=[*problems, problem_of(Unreadable(NO_KEYS, (root.line, root.column)))])
    notes = Notes(version=version_of(root), problems=problems)
    try:
        FILE(root, "", notes)
    except Enough:
        notes.problems.append(problem_of(Unreadable(MORE_PROBLEMS)))
    in_order = sorted(notes.problems, key=lambda found: (found.line, found.column))
    return Reading(descriptions=[understood(document.value)], problems=in_order)


def version_of(root: Node) -> tuple[int, ...]:
    said = root.get("publiccodeYmlVersion")
    if said is None or not said.is_scalar or not NUMBERS.fullmatch(said.text):
        return ()
    return tuple(int(number) for number in said.text.split("."))

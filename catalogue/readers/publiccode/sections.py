"""A section: which keys it has, which of them must be there, and which are on their way out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalogue.readers.publiccode.notes import Notes
from catalogue.readers.publiccode.rules import NAMES, Rule
from catalogue.readers.structured import Kind, Node, below, quoted

Together = Callable[[Node, str, Notes], None]  # what holds between the values of one section


@dataclass(frozen=True)
class Key:
    """deprecated  what to do instead; since: the version that brought the key."""

    rule: Rule
    mandatory: bool = False
    deprecated: str = ""
    since: tuple[int, ...] = ()


def section(keys: Mapping[str, Key], *, together: Together | None = None) -> Rule:
    def check(node: Node, key: str, notes: Notes) -> None:
        if node.kind != Kind.MAPPING:
            notes.error(node, key, f"This is {NAMES[node.kind]}: write a section, its keys indented below it.")
            return
        for name, entry in node.entries.items():
            where = below(key, name)
            if name not in keys:
                notes.warn(entry.key, where, unknown(name, keys, notes))
            else:
                value(keys[name], entry.key, entry.value, where, notes)
        for name, known in keys.items():
            if known.mandatory and name not in node.entries:
                notes.error(node, below(key, name), f"The key {name} is missing: add it.")
        if together:
            together(node, key, notes)

    return check


def value(known: Key, key: Node, node: Node, where: str, notes: Notes) -> None:
    if known.deprecated:
        notes.warn(key, where, f"This key is deprecated: {known.deprecated}.")
    if (0,) < notes.version[:2] < known.since:
        came = ".".join(str(number) for number in known.since)
        notes.warn(key, where, f"This key came with version {came}: raise publiccodeYmlVersion.")
    if not is_blank(node):
        known.rule(node, where, notes)
    elif known.mandatory:
        notes.error(node, where, "This has no value: write one.")
    else:
        notes.warn(node, where, "This has no value: write one, or take the key out.")


def is_blank(node: Node) -> bool:
    return node.kind == Kind.NOTHING or (node.kind == Kind.TEXT and not node.text.strip())


def unknown(name: str, keys: Mapping[str, Key], notes: Notes) -> str:
    if name == "<<":
        return "YAML 1.2 has no merge key <<: write the keys themselves."
    small = {known.lower(): known for known in keys}
    near = small.get(name.lower()) or notes.nearest(name, keys, 0.6)
    advice = f"did you mean {near}?" if near else "take it out, or look where it belongs."
    return f"The standard has no key {quoted(name)} here: {advice}"

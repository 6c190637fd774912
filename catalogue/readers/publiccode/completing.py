"""A valid publiccode.yml of any component. What the standard demands and nobody stated is filled with the value that
claims least, and the file's first lines name each such key."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from catalogue.readers.description import ComponentDescription, Contact
from catalogue.readers.publiccode import addresses, languages, licences
from catalogue.readers.publiccode.rules import CLUSTER, length
from catalogue.readers.publiccode.writing import UNDETERMINED, as_yaml, contact, document_of, filled
from catalogue.readers.structured import quoted

NOT_STATED = "not stated"
MOST = 1_000  # items of a list
SHORT, LEAST_LONG, MOST_LONG = 150, 150, 10_000  # characters as readers see them
CODE_POINTS = 40_000  # of a text that is looked at: accents without end are one character
SPDX = re.compile(r"https?://spdx\.org/licenses/([\w.+-]+?)(\.html|\.json)?", re.ASCII)
NO_WORD_FOR = ("dataset", "process")
ORDER = (
    "publiccodeYmlVersion", "name", "url", "landingURL", "isBasedOn", "softwareVersion", "releaseDate", "platforms",
    "categories", "usedBy", "developmentStatus", "softwareType", "supports", "organisation", "description", "legal",
    "maintenance", "localisation",
)  # fmt: skip


@dataclass
class Filling:
    """A document in the making, and for each key that was filled what is to be said of it."""

    document: dict[str, Any]
    notes: dict[str, str] = field(default_factory=dict)

    def fill(self, key: str, value: Any, note: str = f"{NOT_STATED}.") -> None:
        """Put the value where nothing stands. `key` is a path of names joined by stops."""
        *way, last = key.split(".")
        section = self.document
        for name in way:
            section = section.setdefault(name, {})
        if not section.get(last):
            section[last], self.notes[key] = value, note


def write_complete(
    description: ComponentDescription, *, address: str, features: Sequence[str] = (), made_by: str = ""
) -> str:
    """A file that is valid whatever the description lacks.

    address   the page about the component, on the web: it stands in for a repository that nobody knows
    features  what it does for those who use it, where that is known
    made_by   the name of the catalogue that writes the file
    """
    said = sound(description)
    filling = Filling(document_of(said))
    fill_identity(filling, said, address)
    filling.document["description"] = told(filling, said, address, listed(features))
    fill_licence(filling, said.licence)
    fill_maintenance(filling, said)
    fill_localisation(filling, said)
    if (users := len(listed(description.used_by, most=None))) > MOST:
        filling.notes["usedBy"] = f"the first {MOST:,} of {users:,}."
    in_order = {key: filling.document[key] for key in ORDER if key in filling.document}
    return heading(filling.notes, made_by) + as_yaml(in_order)


def heading(notes: Mapping[str, str], made_by: str) -> str:
    maker = quoted(made_by) if made_by.strip() else "a catalogue"
    lines = [f"Made by {maker} from what it holds of this component."]
    if notes:
        lines.append(
            "The standard demands more than anybody stated. What stands at these keys claims as little as it can:"
        )
        lines += [f"  {key}: {note}" for key, note in notes.items()]
    return "".join(f"# {line}\n" for line in lines)


def sound(said: ComponentDescription) -> ComponentDescription:
    """What the standard allows of it."""
    return replace(
        said,
        name=said.name.strip() or said.identifier.strip() or NOT_STATED,
        url=kept(said.url, is_web),
        repository=kept(said.repository, addresses.is_url),
        documentation=kept(said.documentation, is_web),
        api_description=kept(said.api_description, is_web),
        licence=said.licence.strip(),
        version=said.version.strip(),
        owner=said.owner.strip(),
        owner_identifier=kept(said.owner_identifier, addresses.is_uri),
        contacts=[one for each in said.contacts if (one := sound_contact(each)).name or one.email][:MOST],
        languages=[tag for tag in listed(said.languages) if not languages.mistake(tag)],
        countries=[],
        keywords=listed(said.keywords),
        standards=listed(said.standards),
        based_on=listed(said.based_on),
        used_by=listed(said.used_by),
    )


def sound_contact(one: Contact) -> Contact:
    return Contact(
        name=one.name.strip(),
        email=kept(one.email, addresses.is_email),
        phone=one.phone.strip(),
        affiliation=one.affiliation.strip(),
    )


def kept(text: str, is_right: Callable[[str], bool]) -> str:
    return text.strip() if is_right(text.strip()) else ""


def is_web(text: str) -> bool:
    return addresses.is_url(text, web=True)


def listed(texts: Iterable[str], *, most: int | None = MOST) -> list[str]:
    """Each that says something once, in their order."""
    return list(dict.fromkeys(said for text in texts if (said := text.strip())))[:most]


def fill_identity(filling: Filling, said: ComponentDescription, address: str) -> None:
    filling.fill("url", address, "no repository is known; this is the page about the component.")
    filling.fill("platforms", [NOT_STATED])
    filling.fill("developmentStatus", "concept")
    known = f"the standard has no value for a {said.kind}." if said.kind in NO_WORD_FOR else f"{NOT_STATED}."
    filling.fill("softwareType", "standalone/other", known)


def told(filling: Filling, said: ComponentDescription, address: str, features: Sequence[str]) -> dict[str, Any]:
    """The texts. Which language they are in is only known where the component has no more than one."""
    tag = said.languages[0] if len(said.languages) == 1 else UNDETERMINED
    summary, description = said.summary.strip(), said.description.strip()
    short = " ".join((summary or description or said.name)[:CODE_POINTS].split())
    if not summary:
        filling.notes[f"description.{tag}.shortDescription"] = f"{NOT_STATED}."
    long = description or summary
    if length(long[:CODE_POINTS]) < LEAST_LONG:
        long = f"{long}\n\n{no_more(address)}".strip()
        filling.notes[f"description.{tag}.longDescription"] = "nobody stated as much as the standard asks for."
    if not features:
        filling.notes[f"description.{tag}.features"] = f"{NOT_STATED}."
    texts = {
        "shortDescription": cut(short, SHORT),
        "longDescription": cut(long, MOST_LONG),
        "documentation": said.documentation,
        "apiDocumentation": said.api_description,
        "features": list(features) or [NOT_STATED],
    }
    return {tag: filled(texts)}


def no_more(address: str) -> str:
    return (
        "The catalogue that made this file holds no longer description. What it knows of the component, such as who "
        f"looks after it, who uses it and what it needs, is at {address}"
    )


def cut(text: str, most: int) -> str:
    seen = CLUSTER.findall(text[:CODE_POINTS])
    whole = len(seen) <= most and len(text) <= CODE_POINTS
    return text if whole else "".join(seen[: most - 1]) + "…"


def fill_licence(filling: Filling, licence: str) -> None:
    """Words that are no SPDX expression get an id of their own, as SPDX has it for licences that it does not list."""
    of_list = SPDX.fullmatch(licence)
    expression = of_list[1] if of_list else licence
    legal = filling.document.setdefault("legal", {})
    if expression and not licences.mistake(expression):
        legal["license"] = expression
        return
    code = re.sub(r"[^A-Za-z0-9.]+", "-", licence)[:60].strip("-")
    legal["license"] = f"LicenseRef-{code or 'not-stated'}"
    filling.notes["legal.license"] = f"in words only: {quoted(licence)}." if licence else f"{NOT_STATED}."


def fill_localisation(filling: Filling, said: ComponentDescription) -> None:
    """What there is in two languages is ready for more; of anything else nobody said so."""
    filling.fill("localisation.availableLanguages", [UNDETERMINED])
    several = len(said.languages) > 1
    filling.document["localisation"]["localisationReady"] = several
    if not several:
        filling.notes["localisation.localisationReady"] = f"{NOT_STATED}."


def fill_maintenance(filling: Filling, said: ComponentDescription) -> None:
    """A body that looks after it maintains it; where none is known, nobody is said to."""
    maintenance: dict[str, Any] = {"type": "none"}
    people = list(said.contacts)
    if said.owner or said.owner_identifier:
        maintenance["type"] = "internal"
        people = people or [Contact()]
    else:
        filling.notes["maintenance.type"] = f"{NOT_STATED}."
    if not all(one.name for one in people):
        filling.notes["maintenance.contacts"] = "no person is named; where one is asked for, the body stands."
    named = [replace(one, name=one.name or said.owner or said.owner_identifier or NOT_STATED) for one in people]
    filling.document["maintenance"] = maintenance | filled({"contacts": [contact(one) for one in named]})

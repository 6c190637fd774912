"""Every key of publiccode.yml 0.7.0 and its rule."""

from catalogue.readers.publiccode import rules
from catalogue.readers.publiccode.notes import Notes
from catalogue.readers.publiccode.rules import NAMES, Rule, list_of, one_of, one_or_list_of
from catalogue.readers.publiccode.sections import Key, is_blank, section
from catalogue.readers.publiccode.vocabularies import (
    CATEGORIES,
    DEVELOPMENT_STATUSES,
    MAINTENANCE_TYPES,
    SCOPES,
    SOFTWARE_TYPES,
)
from catalogue.readers.structured import Kind, Node, below

DROP = "take it out"
ONCE_IN_A_LANGUAGE = ("longDescription", "features")


def descriptions(node: Node, key: str, notes: Notes) -> None:
    """A section a language; some texts are needed in one of them only."""
    if node.kind != Kind.MAPPING or not node.entries:
        notes.error(node, key, "Write a section for each language here, such as en, with the texts indented below it.")
        return
    for tag, entry in node.entries.items():
        where = below(key, tag)
        if wrong := rules.wrong_language(tag):
            notes.error(entry.key, where, wrong)
        DESCRIPTION(entry.value, where, notes)
    told = [entry.value for entry in node.entries.values() if entry.value.kind == Kind.MAPPING]
    for name in ONCE_IN_A_LANGUAGE:
        if told and not any(is_given(one, name) for one in told):
            where = below(below(key, next(iter(node.entries))), name)
            notes.error(told[0], where, f"The key {name} is missing: add it in one language.")


def is_given(node: Node, key: str) -> bool:
    value = node.get(key)
    return value is not None and not is_blank(value)


def maintained(node: Node, key: str, notes: Notes) -> None:
    """Contractors are there if, and only if, there is a contract; contacts where nobody else can be asked."""
    kind = node.get("type")
    said = kind.text if kind else ""
    contractors = node.get("contractors")
    if said == "contract" and not is_filled(contractors):
        notes.error(contractors or node, below(key, "contractors"), "The type is contract: name the contractors.")
    if said in MAINTENANCE_TYPES and said != "contract" and contractors is not None and is_filled(contractors):
        message = f"The type is {said}: take the contractors out, or write contract."
        notes.error(contractors, below(key, "contractors"), message)
    contacts = node.get("contacts")
    if said in ("internal", "community") and not is_filled(contacts):
        notes.error(contacts or node, below(key, "contacts"), f"The type is {said}: name a person to contact.")


def is_filled(node: Node | None) -> bool:
    """A list with something in it, or something of the wrong kind, which another rule speaks of."""
    return node is not None and node.kind != Kind.NOTHING and not (node.kind == Kind.SEQUENCE and not node.items)


def funded(node: Node, key: str, notes: Notes) -> None:
    if "uri" not in node.entries:
        notes.warn(node, below(key, "uri"), "The reference validator refuses a funder without uri: add it.")


def italian(node: Node, key: str, notes: Notes) -> None:
    """The section leaves with 1.0: it is kept, and not looked into further than its one key that has moved."""
    if node.kind != Kind.MAPPING:
        notes.error(node, key, f"This is {NAMES[node.kind]}: write a section, or take the key out.")
        return
    reuse = node.get("riuso")
    code = reuse.get("codiceIPA") if reuse and reuse.kind == Kind.MAPPING else None
    if code and code.is_scalar and code.text.isalnum() and len(code.text) < 20:
        message = f"This key is deprecated: write urn:x-italian-pa:{code.text} as organisation.uri."
        notes.warn(code, f"{key}.riuso.codiceIPA", message)


def before_categories_were_optional(node: Node, key: str, notes: Notes) -> None:
    if (0,) < notes.version < (0, 5) and node.get("categories") is None:
        notes.warn(node, "categories", "Before version 0.5.0 this key was mandatory: add it, or raise the version.")


def needed(rule: Rule) -> Key:
    return Key(rule, mandatory=True)


def leaving(rule: Rule, instead: str = DROP) -> Key:
    return Key(rule, deprecated=instead)


DESCRIPTION = section(
    {
        "localisedName": Key(rules.text),
        "genericName": leaving(rules.characters(most=35)),
        "shortDescription": needed(rules.characters(most=150)),
        "longDescription": Key(rules.characters(least=150, most=10_000)),
        "documentation": Key(rules.web_url),
        "apiDocumentation": Key(rules.web_url),
        "features": Key(list_of(rules.text, filled=True)),
        "screenshots": Key(list_of(rules.screenshot)),
        "videos": Key(list_of(rules.web_url)),
        "awards": Key(list_of(rules.text)),
    }
)
FUNDER = section({"name": needed(rules.text), "uri": Key(rules.uri)}, together=funded)
CONTRACTOR = section(
    {
        "name": needed(rules.text),
        "until": needed(rules.day),
        "email": Key(rules.email),
        "website": Key(rules.web_url),
    }
)
CONTACT = section(
    {
        "name": needed(rules.text),
        "email": Key(rules.email),
        "phone": Key(rules.text),
        "affiliation": Key(rules.text),
    }
)
DEPENDENCY = section(
    {
        "name": needed(rules.text),
        "versionMin": Key(rules.text),
        "versionMax": Key(rules.text),
        "version": Key(rules.text),
        "optional": Key(rules.boolean),
    }
)
FILE = section(
    {
        "publiccodeYmlVersion": needed(rules.version),
        "name": needed(rules.text),
        "applicationSuite": Key(rules.text),
        "url": needed(rules.url),
        "landingURL": Key(rules.web_url),
        "isBasedOn": Key(one_or_list_of(rules.url)),
        "softwareVersion": Key(rules.text),
        "releaseDate": Key(rules.day),
        "logo": Key(rules.logo),
        "monochromeLogo": leaving(rules.logo, "use logo"),
        "inputTypes": leaving(list_of(rules.media_type)),
        "outputTypes": leaving(list_of(rules.media_type)),
        "platforms": needed(list_of(rules.text, filled=True)),
        "categories": Key(list_of(one_of(CATEGORIES))),
        "usedBy": Key(list_of(rules.text)),
        "fundedBy": Key(list_of(FUNDER), since=(0, 5)),
        "roadmap": Key(rules.web_url),
        "developmentStatus": needed(one_of(DEVELOPMENT_STATUSES)),
        "softwareType": needed(one_of(SOFTWARE_TYPES)),
        "supports": Key(list_of(section({"id": needed(rules.support)})), since=(0, 7)),
        "organisation": Key(section({"uri": needed(rules.uri), "name": Key(rules.text)}), since=(0, 5)),
        "intendedAudience": Key(
            section(
                {
                    "countries": Key(list_of(rules.country)),
                    "unsupportedCountries": Key(list_of(rules.country)),
                    "scope": Key(list_of(one_of(SCOPES))),
                }
            )
        ),
        "description": needed(descriptions),
        "legal": needed(
            section(
                {
                    "license": needed(rules.licence),
                    "mainCopyrightOwner": Key(rules.text),
                    "repoOwner": leaving(rules.text, "use organisation.name"),
                    "authorsFile": leaving(rules.path),
                }
            )
        ),
        "maintenance": needed(
            section(
                {
                    "type": needed(one_of(MAINTENANCE_TYPES)),
                    "contractors": Key(list_of(CONTRACTOR)),
                    "contacts": Key(list_of(CONTACT)),
                },
                together=maintained,
            )
        ),
        "localisation": needed(
            section(
                {
                    "localisationReady": needed(rules.boolean),
                    "availableLanguages": needed(list_of(rules.language, filled=True)),
                }
            )
        ),
        "dependsOn": Key(
            section(
                {
                    "open": Key(list_of(DEPENDENCY)),
                    "proprietary": Key(list_of(DEPENDENCY)),
                    "hardware": Key(list_of(DEPENDENCY)),
                }
            )
        ),
        "IT": leaving(italian, "the section leaves the standard with version 1.0"),
        "it": leaving(italian, "write IT, or take it out, as the section leaves the standard with version 1.0"),
    },
    together=before_categories_were_optional,
)

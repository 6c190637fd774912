"""What a document in publiccode.yml says, in the words that all formats share. Takes whatever is there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from catalogue.readers.description import ComponentDescription, Contact
from catalogue.readers.publiccode.rules import wrong_date

FORMAT = "publiccode.yml"
LIFECYCLES = {"concept": "draft", "development": "alpha", "beta": "beta", "stable": "live", "obsolete": "retired"}
OUR_LANGUAGE = "en"


def understood(document: Mapping[str, Any]) -> ComponentDescription:
    told = in_one_language(section(document, "description"))
    legal, owner = section(document, "legal"), section(document, "organisation")
    languages = section(document, "localisation").get("availableLanguages")
    return ComponentDescription(
        format=FORMAT,
        format_version=text(document, "publiccodeYmlVersion"),
        identifier=text(document, "url"),
        name=text(document, "name"),
        summary=text(told, "shortDescription"),
        description=text(told, "longDescription"),
        url=text(document, "landingURL"),
        repository=text(document, "url"),
        documentation=text(told, "documentation"),
        api_description=text(told, "apiDocumentation"),
        licence=text(legal, "license"),
        lifecycle=LIFECYCLES.get(text(document, "developmentStatus"), ""),
        version=text(document, "softwareVersion"),
        released_on=day(text(document, "releaseDate")),
        owner=text(owner, "name") or text(legal, "repoOwner") or text(legal, "mainCopyrightOwner"),
        owner_identifier=text(owner, "uri"),
        contacts=contacts(section(document, "maintenance")),
        languages=texts(languages),
        countries=[code.upper() for code in texts(section(document, "intendedAudience").get("countries"))],
        keywords=texts(document.get("categories")),
        standards=[text(one, "id") for one in sections(document.get("supports")) if text(one, "id")],
        based_on=texts(document.get("isBasedOn")),
        depends_on=dependencies(section(document, "dependsOn")),
        used_by=texts(document.get("usedBy")),
        document=document,
    )


def in_one_language(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """English where there is some, else the first language; what it leaves out comes from the others."""
    tags = sorted(told, key=lambda tag: tag.split("-")[0].lower() != OUR_LANGUAGE)
    merged: dict[str, Any] = {}
    for tag in tags:
        merged = {**section(told, tag), **{key: value for key, value in merged.items() if value}}
    return merged


def contacts(maintenance: Mapping[str, Any]) -> list[Contact]:
    people = [
        Contact(
            name=text(one, "name"),
            email=text(one, "email"),
            phone=text(one, "phone"),
            affiliation=text(one, "affiliation"),
        )
        for one in sections(maintenance.get("contacts"))
    ]
    firms = [
        Contact(name=text(one, "name"), email=text(one, "email"), url=text(one, "website"))
        for one in sections(maintenance.get("contractors"))
    ]
    return people + firms


def dependencies(depends_on: Mapping[str, Any]) -> list[str]:
    named = (text(one, "name") for kind in depends_on.values() for one in sections(kind))
    return [name for name in named if name]


def section(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = document.get(key)
    return found if isinstance(found, Mapping) else {}


def sections(found: Any) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def text(document: Mapping[str, Any], key: str) -> str:
    return words(document.get(key))


def texts(found: Any) -> Sequence[str]:
    """A list of texts, or one text instead of it."""
    many = found if isinstance(found, list) else [found]
    return [said for one in many if (said := words(one))]


def words(found: Any) -> str:
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return str(found).strip()


def day(said: str) -> date | None:
    return None if not said or wrong_date(said) else date.fromisoformat(said)

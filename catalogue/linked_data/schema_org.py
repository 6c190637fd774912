"""One component in the words of schema.org, which search engines read."""

from typing import Any

from catalogue.linked_data.addresses import web_uri
from catalogue.linked_data.licences import licence_uri
from catalogue.linked_data.resources import Document, Names

TYPES = {"service": "SoftwareApplication", "dataset": "Dataset", "process": "HowTo"}


def described(names: Names, document: Document) -> dict[str, Any]:
    """`document` as the search keeps it. What is blank is left out."""
    slug = document["slug"]
    said = {
        "@context": "https://schema.org",
        "@type": TYPES[document["kind"]],
        "@id": names.component(slug),
        "identifier": slug,
        "name": document["name"],
        "description": document["description"] or document["summary"],
        "url": names.page(slug),
        "sameAs": web_uri(document["url"] or ""),
        "license": licence(document["licence"] or ""),
        "creativeWorkStatus": document["lifecycle_label"],
        "keywords": [function["name"] for function in document["functions"]],
        "maintainer": [organisation(names, steward) for steward in document["stewards"]],
        "isBasedOn": [names.component(slug) for slug in based_on(document)],
        "hasPart": typed("SoftwareSourceCode", codeRepository=web_uri(document["repository"] or "")),
        "subjectOf": typed("CreativeWork", url=web_uri(document["documentation"] or "")),
        "isPartOf": typed("DataCatalog", url=names.root),
    }
    return {name: value for name, value in said.items() if value}


def licence(text: str) -> str | dict[str, str]:
    return licence_uri(text) or typed("CreativeWork", name=text)


def organisation(names: Names, steward: Document) -> dict[str, str]:
    return {"@id": names.organisation(steward["slug"])} | typed("Organization", name=steward["name"])


def based_on(document: Document) -> list[str]:
    return [one["component"]["slug"] for one in document["relations"] if one["relation"] == "based_on"]


def typed(kind: str, **only: str) -> dict[str, str]:
    """A thing of this type with its one property; empty where that is blank."""
    return {"@type": kind, **only} if all(only.values()) else {}

"""One component in the words of schema.org, which search engines read."""

from typing import Any

from catalogue.linked_data.addresses import mail_uri, web_uri
from catalogue.linked_data.licences import licence_uri
from catalogue.linked_data.resources import Document, Names

CONFORMS_TO = "http://purl.org/dc/terms/conformsTo"  # schema.org has no word for it
TYPES = {"service": "SoftwareApplication", "dataset": "Dataset", "process": "HowTo"}


def described(names: Names, document: Document) -> dict[str, Any]:
    """`document` as `with_offers` gives it. What is blank is left out."""
    slug, profile = document["slug"], document["profile"]
    version = "softwareVersion" if document["kind"] == "service" else "version"
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
        "keywords": [*(function["name"] for function in document["functions"]), *profile.keywords],
        "inLanguage": list(profile.languages),
        version: profile.version,
        CONFORMS_TO: [{"@id": names.standard(one), "name": one.name} for one in document["standards"]],
        "maintainer": maintainers(names, document),
        "isBasedOn": [names.component(slug) for slug in based_on(document)],
        "hasPart": typed("SoftwareSourceCode", codeRepository=web_uri(document["repository"] or "")),
        "subjectOf": texts_about(document),
        "isPartOf": typed("DataCatalog", url=names.root),
    }
    return {name: value for name, value in said.items() if value}


def licence(text: str) -> str | dict[str, str]:
    return licence_uri(text) or typed("CreativeWork", name=text)


def organisation(names: Names, steward: Document) -> dict[str, str]:
    return {"@id": names.organisation(steward["slug"])} | typed("Organization", name=steward["name"])


def maintainers(names: Names, document: Document) -> list[dict[str, Any]]:
    """The bodies that look after it; who answers there answers for the first of them."""
    bodies: list[dict[str, Any]] = [organisation(names, steward) for steward in document["stewards"]]
    profile = document["profile"]
    told = {
        "name": profile.contact_name,
        "email": mail_uri(profile.contact_email).removeprefix("mailto:"),
        "url": web_uri(profile.contact_url),
    }
    if bodies and any(told.values()):
        bodies[0]["contactPoint"] = typed("ContactPoint", **{name: value for name, value in told.items() if value})
    return bodies


def texts_about(document: Document) -> dict[str, str] | list[dict[str, str]]:
    """Its documentation, and the description of its interface."""
    addresses = (web_uri(document["documentation"] or ""), web_uri(document["profile"].api_description_url))
    texts = [typed("CreativeWork", url=address) for address in dict.fromkeys(addresses) if address]
    return texts[0] if len(texts) == 1 else texts


def based_on(document: Document) -> list[str]:
    return [one["component"]["slug"] for one in document["relations"] if one["relation"] == "based_on"]


def typed(kind: str, **only: str) -> dict[str, str]:
    """A thing of this type with its one property; empty where that is blank."""
    return {"@type": kind, **only} if all(only.values()) else {}

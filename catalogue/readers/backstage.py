"""Backstage's catalog-info.yaml: what suppliers and departments keep about their software, one entity a document."""

import re
from collections.abc import Iterator
from dataclasses import replace

from catalogue.readers import openapi
from catalogue.readers.description import ComponentDescription, Problem, Reading
from catalogue.readers.structured import Document, Looking, Unreadable, yaml_documents
from catalogue.readers.structured.looking import problem_of
from catalogue.readers.structured.showing import quoted

FORMAT = "backstage"
NEEDED = {
    "Component": ("type", "lifecycle", "owner"),
    "API": ("type", "lifecycle", "owner", "definition"),
    "Resource": ("type", "owner"),
    "System": ("owner",),
}
OTHERS = ("Domain", "Group", "User", "Location", "Template")  # people and places: no components
VERSION = re.compile(r"backstage\.io/(v1\w*)")
NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?")
LONGEST_NAME = 63
LIFECYCLES = {"experimental": "alpha", "production": "live", "deprecated": "deprecated"}  # any other word is allowed
DATASETS = ("database", "dataset", "data", "s3-bucket")
DEPENDING = ("dependsOn", "consumesApis")


def read(text: str) -> Reading:
    problems: list[Problem] = []
    found: list[ComponentDescription] = []
    try:
        for document in yaml_documents(text):
            if document.value is None:
                continue
            looking = Looking(document, problems=problems)
            looking.mistakes()
            found.extend(entity(document, looking))
    except Unreadable as error:
        problems.append(problem_of(error))
    return Reading(descriptions=found, problems=problems)


def entity(document: Document, looking: Looking) -> Iterator[ComponentDescription]:
    version = VERSION.fullmatch(looking.text("apiVersion")) if looking.is_mapping() else None
    if version is None:
        looking.error(
            ("apiVersion",), "This is no entity of Backstage: its apiVersion must begin with backstage.io/v1."
        )
        return
    kind = looking.text("kind")
    if kind in OTHERS:
        return
    if kind not in NEEDED:
        looking.error(("kind",), f"{quoted(kind)} is not one of {', '.join((*NEEDED, *OTHERS))}.")
        return
    check(looking, kind)
    made = described(document, looking, kind, version[1])
    yield with_definition(looking, made) if kind == "API" else made


def check(looking: Looking, kind: str) -> None:
    if looking.required("metadata", "name"):
        name = looking.text("metadata", "name")
        if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            words = f"A name has letters, digits, and - _ . between them, at most {LONGEST_NAME}."
            looking.error(("metadata", "name"), words)
    for key in NEEDED[kind]:
        looking.required("spec", key)


def described(document: Document, looking: Looking, kind: str, version: str) -> ComponentDescription:
    name, space = looking.text("metadata", "name"), looking.text("metadata", "namespace") or "default"
    dataset = kind == "Resource" and looking.text("spec", "type").lower() in DATASETS
    return ComponentDescription(
        format=FORMAT,
        format_version=version,
        kind="dataset" if dataset else "service",
        identifier=f"{kind.lower()}:{space}/{name}" if name else "",
        name=looking.text("metadata", "title") or name,
        description=looking.text("metadata", "description"),
        url=next((link for place, _ in looking.items("metadata", "links") if (link := link_at(looking, place))), ""),
        repository=repository(looking),
        lifecycle=LIFECYCLES.get(looking.text("spec", "lifecycle"), ""),
        owner=looking.text("spec", "owner"),
        keywords=looking.texts("metadata", "tags"),
        depends_on=[name for key in DEPENDING for name in looking.texts("spec", key)],
        document=document.value,
    )


def link_at(looking: Looking, place: int) -> str:
    return looking.address("metadata", "links", place, "url")


def repository(looking: Looking) -> str:
    """From the annotations that say where the source is."""
    location = looking.text("metadata", "annotations", "backstage.io/source-location").removeprefix("url:")
    if location.startswith(("http://", "https://")):
        return location
    slug = looking.text("metadata", "annotations", "github.com/project-slug")
    return f"https://github.com/{slug}" if slug else ""


def with_definition(looking: Looking, made: ComponentDescription) -> ComponentDescription:
    """An API's own description is in the entity, or at an address ($text), which is not fetched."""
    if looking.is_mapping("spec", "definition"):
        places = (looking.get("spec", "definition", key) for key in ("$text", "$openapi"))
        return replace(made, api_description=next((place for place in places if isinstance(place, str)), ""))
    if looking.text("spec", "type") != "openapi":
        return made
    inner = openapi.read(looking.text("spec", "definition"))
    if inner.errors:
        first = inner.errors[0]
        words = f"The definition has mistakes; the first is in its line {first.line}: {first.message}"
        looking.error(("spec", "definition"), words)
    for one in inner.descriptions:
        made = replace(made, version=one.version, licence=one.licence, url=made.url or one.url)
        return replace(made, operations=one.operations, authentication=one.authentication)
    return made

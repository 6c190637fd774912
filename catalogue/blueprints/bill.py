"""The bill of materials of an assembly: CycloneDX 1.6 (ECMA-424). Written here; tests hold it against the schema."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from catalogue.blueprints.gathering import Assembled
from catalogue.models import Component, ComponentKind
from catalogue.readers.publiccode.licences import mistake

SPECIFICATION = "1.6"
MEDIA_TYPE = "application/vnd.cyclonedx+json; version=1.6"
TYPES = {ComponentKind.SERVICE: "application", ComponentKind.DATASET: "data", ComponentKind.PROCESS: "data"}
ADDRESSES = (("url", "website"), ("repository", "vcs"), ("documentation", "documentation"))


def bill_of_materials(found: Assembled, address: str, at: datetime) -> dict[str, Any]:
    """`address` is where the assembly is found: it names the bill, so that the same choice is the same bill."""
    taken = [found.components[slug] for slug in found.assembly.taken]
    subject = f"blueprint:{found.pattern.blueprint.slug}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, address)}",
        "version": 1,
        "metadata": {
            "timestamp": at.isoformat(timespec="seconds"),
            "component": {
                "type": "application",
                "bom-ref": subject,
                "name": found.pattern.blueprint.name,
                "externalReferences": [{"type": "website", "url": address}],
            },
        },
        "components": [component(one) for one in taken],
        "dependencies": list(dependencies(found, subject, taken)),
    }


def component(one: Component) -> dict[str, Any]:
    profile = getattr(one, "profile", None)
    found = {
        "type": TYPES[one.kind],
        "bom-ref": one.slug,
        "name": one.name,
        "version": profile.version if profile else "",
        "description": one.summary,
        "licenses": licences(one.licence),
        "externalReferences": [
            {"type": kind, "url": getattr(one, field)} for field, kind in ADDRESSES if getattr(one, field)
        ],
        "properties": properties(one),
    }
    return {name: value for name, value in found.items() if value}


def licences(licence: str) -> list[dict[str, Any]]:
    if not licence:
        return []
    return [{"license": {"name": licence}}] if mistake(licence) else [{"expression": licence}]


def properties(one: Component) -> list[dict[str, str]]:
    said = {"kind": one.kind, "lifecycle": one.lifecycle}
    return [{"name": f"commons:{name}", "value": value} for name, value in said.items() if value]


def dependencies(found: Assembled, subject: str, taken: list[Component]) -> Iterable[dict[str, Any]]:
    """The whole of its parts, and each part of those that it requires, as far as they are in the assembly."""
    yield {"ref": subject, "dependsOn": [one.slug for one in taken]}
    needs: dict[str, list[str]] = {}
    for one, other, _ in found.assembly.among("requires"):
        needs.setdefault(one.slug, []).append(other.slug)
    for one in taken:
        yield {"ref": one.slug, **({"dependsOn": needs[one.slug]} if one.slug in needs else {})}

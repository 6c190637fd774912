"""What of a component a description can state."""

from collections.abc import Mapping
from typing import Any

Values = dict[str, Any]

OF_COMPONENT: Mapping[str, str] = {
    "name": "Name",
    "kind": "Kind",
    "summary": "Summary",
    "description": "Description",
    "url": "Homepage",
    "repository": "Source code",
    "documentation": "Documentation",
    "licence": "Licence",
    "lifecycle": "Stage of life",
}
OF_PROFILE: Mapping[str, str] = {
    "contact_name": "Contact",
    "contact_email": "Contact’s e-mail address",
    "contact_url": "Contact’s page",
    "api_description_url": "Description of the interface",
    "version": "Version",
    "released_on": "Day of the version",
    "languages": "Languages",
    "keywords": "Keywords",
}
LISTS: Mapping[str, str] = {
    "standards": "Standards",
    "operations": "Operations of the interface",
    "columns": "Columns of the data",
}
FIELDS: Mapping[str, str] = {**OF_COMPONENT, **OF_PROFILE, **LISTS}
NEVER_BLANK = ("name", "kind")


def is_blank(value: Any) -> bool:
    return value in ("", None, [])

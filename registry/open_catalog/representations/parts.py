from collections.abc import Mapping
from typing import Any

from registry.models import Organisation

GSS = "http://statistics.data.gov.uk/id/statistical-geography/"
WEB = ("https://", "http://", "urn:")


def stated(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", [])}


def uri_of(organisation: Organisation, root: str) -> str:
    """What names a body on the web: a code that is a URI, the one that its GSS code stands for, or its page here.

    Its identifiers must have been read (`prefetch_related`).
    """
    codes = list(organisation.identifiers.all())
    for identifier in codes:
        if identifier.code.startswith(WEB):
            return identifier.code
    for identifier in codes:
        if identifier.scheme == "gss":
            return GSS + identifier.code
    return page_of_body(organisation, root)


def page_of_body(organisation: Organisation, root: str) -> str:
    return f"{root}organisations/{organisation.slug}/"

"""Licences by address: SPDX has one for each that it knows."""

from catalogue.linked_data.addresses import web_uri
from catalogue.readers.publiccode.licences import listed

SPDX = "https://spdx.org/licenses/"


def licence_uri(text: str) -> str:
    """The address of a licence; blank for words, and for an expression that names more than one."""
    licences, *_ = listed()
    key = licences.get(text.strip().lower())
    return SPDX + key if key else web_uri(text)

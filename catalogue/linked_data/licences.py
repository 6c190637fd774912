"""Licences by address: SPDX has one for each that it knows."""

from functools import cache

from license_expression import get_spdx_licensing

from catalogue.linked_data.addresses import web_uri

SPDX = "https://spdx.org/licenses/"
OWN = "licenseref-"  # words of somebody's own, which SPDX has no page for


@cache
def known() -> dict[str, str]:
    """Keys as SPDX writes them, by their small letters."""
    symbols = get_spdx_licensing().known_symbols.values()
    return {
        symbol.key.lower(): symbol.key
        for symbol in symbols
        if not symbol.is_exception and not symbol.key.lower().startswith(OWN)
    }


def licence_uri(text: str) -> str:
    """The address of a licence; blank for words, and for an expression that names more than one."""
    key = known().get(text.strip().lower())
    return SPDX + key if key else web_uri(text)

"""Languages by address: the authority list of the European Union, by ISO 639's codes of three letters."""

from functools import cache

from catalogue.readers.publiccode.codes import SHORTER

AUTHORITY = "http://publications.europa.eu/resource/authority/language/"
# Codes by English names, of languages that also have one by their own: the list has the latter.
BY_ENGLISH_NAME = {
    "alb", "arm", "baq", "bur", "chi", "cze", "dut", "fre", "geo", "ger", "gre", "ice", "mac", "mao", "may", "per",
    "rum", "slo", "tib", "wel",
}  # fmt: skip


@cache
def longer() -> dict[str, str]:
    return {short: long for long, short in SHORTER.items() if long not in BY_ENGLISH_NAME}


def language_uri(tag: str) -> str:
    """Of a BCP 47 tag; blank where the list is not known to have its language."""
    code = longer().get(tag.split("-")[0].lower(), "")
    return AUTHORITY + code.upper() if code else ""

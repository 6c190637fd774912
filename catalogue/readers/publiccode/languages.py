"""BCP 47: is this a tag of a language?"""

import re

from catalogue.readers.publiccode.codes import COUNTRIES, LANGUAGES, OTHER_REGIONS, SHORTER, words

LONGEST = 60
TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(-(?P<script>[a-z]{4}))?"
    r"(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(-[0-9a-wyz](-[a-z0-9]{2,8})+)*)"
    r"(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
PRIVATE = re.compile(r"x(-[a-z0-9]{1,8})+", re.IGNORECASE | re.ASCII)
# Registered whole before the rules were made.
OLD = frozenset(
    words("""
    art-lojban cel-gaulish en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo
    i-pwn i-tao i-tay i-tsu no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de zh-guoyu zh-hakka zh-min zh-min-nan
    zh-xiang
    """)
)
PRIVATE_REGION = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ|[0-9]{3}")


def mistake(tag: str) -> str:
    """What is wrong with the tag, as a clause that ends a sentence; blank where it is right."""
    if "_" in tag:
        return f"tags have hyphens: write {tag.replace('_', '-')}" if len(tag) <= LONGEST else "tags have hyphens"
    if tag.lower() in OLD or PRIVATE.fullmatch(tag):
        return ""
    parts = TAG.fullmatch(tag) if len(tag) <= LONGEST else None
    if parts is None:
        return "write one such as en, it or de-CH"
    return wrong_language(parts["language"].lower()) or wrong_region((parts["region"] or "").upper())


def wrong_language(language: str) -> str:
    """Codes of three letters are taken as they are: there are eight thousand, and new ones every year."""
    base = language.split("-")[0]
    if base in SHORTER:
        return f"a language with a code of two letters is written with it: {SHORTER[base]}"
    if len(base) > 3 or (len(base) == 2 and base not in LANGUAGES):
        return "ISO 639 has no such language: write one such as en, it or de-CH"
    return ""


def wrong_region(region: str) -> str:
    if not region or region in COUNTRIES or region in OTHER_REGIONS or PRIVATE_REGION.fullmatch(region):
        return ""
    return "the country is GB: write en-GB" if region == "UK" else "ISO 3166-1 has no such country"

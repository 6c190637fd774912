"""Rules for one value: each takes the value, its path and the notes in which it says what is wrong."""

import re
from collections.abc import Callable, Sequence
from datetime import date

import regex

from catalogue.readers.publiccode import addresses, languages, licences
from catalogue.readers.publiccode.codes import COUNTRIES
from catalogue.readers.publiccode.notes import Notes
from catalogue.readers.publiccode.vocabularies import ALIASES, NEWEST, VERSIONS
from catalogue.readers.structured import Kind, Node, quoted

Rule = Callable[[Node, str, Notes], None]
NAMES = {
    Kind.MAPPING: "a section",
    Kind.SEQUENCE: "a list",
    Kind.TEXT: "a text",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "true or false",
    Kind.NOTHING: "nothing",
}
OLD_BOOLEANS = {"yes", "no", "on", "off", "y", "n"}
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MEDIA_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]{0,126}/[A-Za-z0-9][\w!#$&^.+-]{0,126}", re.ASCII)
NUMBERS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,2}", re.ASCII)
IMAGES, PICTURES = (".svg", ".svgz", ".png"), (".png", ".jpg", ".jpeg")
SHORT_LIST = 9
# One character as readers see it. At a flag \X looks back over all flags before it, so they are taken by themselves.
CLUSTER = regex.compile(r"\p{RI}{2}[\p{GCB=EX}\p{GCB=ZWJ}\p{GCB=SM}]*|\X")
Check = Callable[[str], str]  # a text, and what is wrong with it as a sentence; blank where nothing is


def length(text: str) -> int:
    """Characters as readers count them: grapheme clusters."""
    return sum(1 for _ in CLUSTER.finditer(text))


def said(node: Node, key: str, notes: Notes) -> bool:
    """Is this a text that says something? Numbers count, with a warning, as YAML may read them otherwise."""
    if not node.is_scalar or node.kind == Kind.NOTHING:
        notes.error(node, key, f"This is {NAMES[node.kind]}: write a text.")
        return False
    if not node.text.strip():
        notes.error(node, key, "This is empty: write a text.")
        return False
    if node.kind != Kind.TEXT:
        notes.warn(node, key, f"YAML reads this as {NAMES[node.kind]}: put quotation marks round it.")
    return True


def text(node: Node, key: str, notes: Notes) -> None:
    said(node, key, notes)


def that(check: Check) -> Rule:
    """A text that has nothing wrong for `check`."""

    def rule(node: Node, key: str, notes: Notes) -> None:
        if said(node, key, notes) and (wrong := check(node.text)):
            notes.error(node, key, wrong)

    return rule


def characters(*, least: int = 0, most: int) -> Rule:
    def check(words: str) -> str:
        number = length(words)
        if number > most:
            return f"This has {number:,} characters; at most {most:,} are allowed: shorten it."
        return f"This has {number:,} characters; at least {least:,} are needed: say more." if number < least else ""

    return that(check)


def one_of(values: Sequence[str]) -> Rule:
    """A short list is shown whole; of a long one, the value that was most likely meant."""

    def rule(node: Node, key: str, notes: Notes) -> None:
        if not said(node, key, notes) or node.text in values:
            return
        advice = "the standard has a list of them."
        if len(values) <= SHORT_LIST:
            advice = f"write one of {', '.join(values)}."
        elif near := notes.nearest(node.text[:100].lower(), values, 0.8):
            advice = f"did you mean {near}?"
        notes.error(node, key, f"{quoted(node.text)} is not one of the values: {advice}")

    return rule


def wrong_url(value: str) -> str:
    if addresses.is_url(value):
        return ""
    if value != value.strip():
        return "The URL begins or ends with a space: take it out."
    if addresses.is_copied_from_git(value):
        return "This is an address only git knows: write it as a URL, such as https://example.org/body/name.git."
    return f"{quoted(value)} is no URL: write one such as https://example.org/body/name.git."


def wrong_web_url(value: str) -> str:
    if addresses.is_url(value, web=True):
        return ""
    return f"{quoted(value)} is no address of the web: write one that begins with http:// or https://."


def wrong_uri(value: str) -> str:
    return "" if addresses.is_uri(value) else f"{quoted(value)} is no URI: write an address or a URN (urn:…:…)."


def wrong_support(value: str) -> str:
    if not value.lower().startswith("alias:"):
        return wrong_uri(value)
    if value.removeprefix("alias:") in ALIASES:
        return ""
    return f"{quoted(value)} is no known alias: write alias: and one of {', '.join(ALIASES)}, or a URI."


def wrong_date(value: str) -> str:
    try:
        if DATE.fullmatch(value):
            date.fromisoformat(value)
            return ""
    except ValueError:
        return f"{quoted(value)} is no day of the calendar: write it as 2026-03-31."
    return f"{quoted(value)} is no date of the form year-month-day: write it as 2026-03-31."


def wrong_email(value: str) -> str:
    return "" if addresses.is_email(value) else f"{quoted(value)} is no e-mail address: write name@example.org."


def wrong_language(tag: str) -> str:
    wrong = languages.mistake(tag)
    return f"{quoted(tag)} is no BCP 47 language tag: {wrong}." if wrong else ""


def wrong_media_type(value: str) -> str:
    return "" if MEDIA_TYPE.fullmatch(value) else f"{quoted(value)} is no media type: write one such as text/plain."


url = that(wrong_url)
web_url = that(wrong_web_url)
uri = that(wrong_uri)
support = that(wrong_support)
day = that(wrong_date)
email = that(wrong_email)
language = that(wrong_language)
media_type = that(wrong_media_type)
logo = that(lambda path: addresses.wrong_path(path, IMAGES))
screenshot = that(lambda path: addresses.wrong_path(path, PICTURES))
path = that(lambda path: addresses.wrong_path(path, ()))


def version(node: Node, key: str, notes: Notes) -> None:
    """A number with quotation marks round it or not: everybody's YAML reads 0.4 as it is written here."""
    if not node.is_scalar or not NUMBERS.fullmatch(node.text):
        notes.error(node, key, f"{quoted(node.text)} is no version: write “{NEWEST}”.")
    elif node.text not in VERSIONS:
        notes.warn(node, key, f"Version {node.text} is not known here; the rules of {NEWEST} were applied.")


def boolean(node: Node, key: str, notes: Notes) -> None:
    if node.kind == Kind.BOOLEAN:
        return
    if node.text.lower() in OLD_BOOLEANS:
        notes.error(node, key, f"{quoted(node.text)} is a text in YAML 1.2: write true or false.")
    elif node.text.lower() in ("true", "false"):
        notes.error(node, key, "This is a text: take the quotation marks away.")
    else:
        notes.error(node, key, f"This is {NAMES[node.kind]}: write true or false.")


def country(node: Node, key: str, notes: Notes) -> None:
    if not said(node, key, notes):
        return
    code = node.text
    if code in COUNTRIES:
        return
    if code == code.lower() and code.upper() in COUNTRIES:
        notes.warn(node, key, f"Country codes in small letters are deprecated: write {code.upper()}.")
        return
    advice = "the United Kingdom is GB" if code.upper() == "UK" else "write one such as IT or GB"
    notes.error(node, key, f"{quoted(code)} is no country code of ISO 3166-1 (two capital letters): {advice}.")


def licence(node: Node, key: str, notes: Notes) -> None:
    if not said(node, key, notes):
        return
    if wrong := licences.mistake(node.text):
        notes.error(node, key, wrong)
    elif (today := licences.renewed(node.text)) != node.text:
        notes.warn(node, key, f"SPDX has replaced this id: write {today}.")


def list_of(rule: Rule, *, filled: bool = False) -> Rule:
    """`filled`: with one item or more."""

    def check(node: Node, key: str, notes: Notes) -> None:
        if node.kind != Kind.SEQUENCE:
            notes.error(node, key, f"This is {NAMES[node.kind]}: write a list, each item on a line after a hyphen.")
            return
        if filled and not node.items:
            notes.error(node, key, "The list is empty: add an item.")
        for number, item in enumerate(node.items):
            rule(item, f"{key}[{number}]", notes)

    return check


def one_or_list_of(rule: Rule) -> Rule:
    many = list_of(rule, filled=True)

    def check(node: Node, key: str, notes: Notes) -> None:
        (many if node.kind == Kind.SEQUENCE else rule)(node, key, notes)

    return check

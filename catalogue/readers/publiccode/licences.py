"""SPDX licence expressions: which ids there are, and whether an expression is put together rightly."""

import re
from functools import cache

from license_expression import get_license_index

LONGEST = 500
TOKEN = re.compile(r"\s*(?:(?P<bracket>[()])|(?P<word>[^\s()]+))")
OWN = re.compile(r"(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
JOINS = {"AND", "OR"}
HOW = "Write ids of the SPDX licence list, joined by AND, OR and WITH: MIT, or EUPL-1.2 OR GPL-3.0-or-later."


@cache
def listed() -> tuple[dict[str, str], dict[str, str], set[str]]:
    """By the id in small letters: the licences of the SPDX list; old ids and what stands for them now; exceptions."""
    licences: dict[str, str] = {}
    old: dict[str, str] = {}
    exceptions: set[str] = set()
    for entry in get_license_index():
        key = entry.get("spdx_license_key") or ""
        if not key or key.startswith("LicenseRef-"):
            continue
        others = [other for other in entry.get("other_spdx_license_keys") or [] if not OWN.fullmatch(other)]
        if entry.get("is_exception"):
            exceptions |= {name.lower() for name in (key, *others)}
        else:
            licences[key.lower()] = key
            old |= {other.lower(): key for other in others}
    return licences, old, exceptions


def mistake(expression: str) -> str:
    """What is wrong with the expression, as a sentence; blank where it is right."""
    if len(expression) > LONGEST:
        return f"The expression is longer than {LONGEST} characters. {HOW}"
    depth, wanted = 0, "licence"
    for bracket, word in TOKEN.findall(expression.strip()):
        if bracket == "(" and wanted == "licence":
            depth += 1
        elif bracket == ")" and wanted != "licence" and wanted != "exception" and depth:
            depth -= 1
            wanted = "join"
        elif bracket:
            return f"The brackets do not fit. {HOW}"
        else:
            wanted, said = after(word, wanted)
            if said:
                return said
    if depth or wanted in ("licence", "exception"):
        return f"The expression is not complete. {HOW}"
    return ""


def after(word: str, wanted: str) -> tuple[str, str]:
    """What may come after the word, and what is wrong with it here."""
    if wanted == "licence":
        return ("join or with", "") if is_licence(word) else ("", unknown(word))
    if wanted == "exception":
        known = word.lower() in listed()[2]
        return ("join", "") if known else ("", f"“{word[:60]}” is no exception of the SPDX list. {HOW}")
    if word.upper() in JOINS:
        return "licence", ""
    if word.upper() == "WITH" and wanted == "join or with":
        return "exception", ""
    return "", f"Before “{word[:60]}” there is no AND, OR or WITH. {HOW}"


def is_licence(word: str) -> bool:
    licences, old, _ = listed()
    name = word.lower()
    return bool(OWN.fullmatch(word)) or name in licences or name in old or name.removesuffix("+") in licences


def unknown(word: str) -> str:
    if word.lower() in listed()[2]:
        return f"“{word[:60]}” is an exception: it comes after a licence and WITH. {HOW}"
    return f"“{word[:60]}” is no licence of the SPDX list. {HOW}"


def renewed(expression: str) -> str:
    """The expression with today's ids in place of old ones; the same where there are none."""
    old = listed()[1]
    return re.sub(r"[^\s()]+", lambda word: old.get(word[0].lower(), word[0]), expression)

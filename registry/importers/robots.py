"""robots.txt, by RFC 9309: what a host asks programs not to read, and how long they are to pause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from commons.fetching.reading import AGENT

MOST_BYTES = 500_000  # as much as RFC 9309 asks to be read
EVERYBODY = "*"
SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def rules_of(content: bytes) -> str:
    return content[:MOST_BYTES].decode("utf-8", "replace").replace("\x00", "")


@dataclass(frozen=True)
class Rules:
    """`paths` are patterns, each with whether what fits it may be read. `delay` is in seconds; None: not asked for."""

    paths: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    @classmethod
    def read(cls, text: str) -> Rules:
        said = lines_for_us(text)
        delays = (float(value) for key, value in said if key == "crawl-delay" and SECONDS.fullmatch(value))
        paths = ((value, key == "allow") for key, value in said if key in ("allow", "disallow") and value)
        return cls(tuple(paths), next(delays, None))

    def allow(self, url: str) -> bool:
        """The longest pattern that fits decides; of equals the one that allows."""
        parts = urlsplit(url)
        target = unquote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(pattern), allowed) for pattern, allowed in self.paths if fits(pattern, target)]
        return max(fitting, default=(0, True))[1]


def lines_for_us(text: str) -> list[tuple[str, str]]:
    """(key, value) of each line in the groups that name this program, else in those for everybody."""
    told: dict[str, list[tuple[str, str]]] = {}
    here: set[str] = set()
    names = False  # whether the line before named a program: several names begin one group
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if key.lower() == "user-agent":
            here = here if names else set()
            here |= {value.partition("/")[0].lower()} & {AGENT, EVERYBODY}
            told |= {name: told.get(name, []) for name in here}
        elif key:
            for name in here:
                told[name].append((key.lower(), value))
        names = key.lower() == "user-agent" or (names and not key)
    return told.get(AGENT, told.get(EVERYBODY, []))


def fits(pattern: str, target: str) -> bool:
    """Whether the target begins with the pattern; in that * stands for anything, and $ for the end."""
    first, *others = (unquote(part) for part in pattern.removesuffix("$").split("*"))
    last = others.pop() if others and pattern.endswith("$") else ""
    at = len(first) if target.startswith(first) else -1
    for part in others:
        found = target.find(part, at) if at >= 0 else -1
        at = found + len(part) if found >= 0 else -1
    if at < 0 or not pattern.endswith("$"):
        return at >= 0
    return target.endswith(last, at) if "*" in pattern else at == len(target)

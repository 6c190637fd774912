"""robots.txt: what a host asks programs not to read, and how long they are to pause."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

from commons.fetching.reading import AGENT

MOST_BYTES = 500_000  # as much as RFC 9309 asks to be read


def rules_of(content: bytes) -> str:
    return content[:MOST_BYTES].decode("utf-8", "replace").replace("\x00", "")


@dataclass(frozen=True)
class Rules:
    parser: RobotFileParser

    @classmethod
    def read(cls, text: str) -> Rules:
        parser = RobotFileParser()
        parser.parse(text.splitlines())
        return cls(parser)

    def allow(self, url: str) -> bool:
        return self.parser.can_fetch(AGENT, url)

    @property
    def delay(self) -> float | None:
        """Seconds; None where it asks for none."""
        said = self.parser.crawl_delay(AGENT)
        return None if said is None else float(said)

"""What others wrote, in a sentence or a path: cut, on one line, with a mark for what cannot be seen."""

from collections.abc import Sequence
from typing import Any

LONGEST = 60


def visible(text: str) -> str:
    """On one line, with a mark for each letter that cannot be seen."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def quoted(value: Any) -> str:
    """“What was written”."""
    return f"“{cut(visible(' '.join(str(value)[: 10 * LONGEST].split())))}”"


def below(path: str, step: str | int) -> str:
    """The path of what is at `step` of what is at `path`."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    word = cut(visible(step))
    return f"{path}.{word}" if path else word


def shown(path: Sequence[str | int]) -> str:
    """`paths./bins.get` or `servers[0].url`."""
    text = ""
    for step in path:
        text = below(text, step)
    return text

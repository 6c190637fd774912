"""Others' texts as the catalogue keeps them: within bounds, and without letters that nobody sees.

Markdown and HTML in them are left as they are: whatever shows a text makes it harmless (`commons.markdown`).
"""

import unicodedata
from urllib.parse import urlsplit

LONGEST_TEXT = 50_000  # letters, as many as search reads
LONGEST_ADDRESS = 2_000
WEB = ("http", "https")
KEPT = "\n\t"
# Marks that turn the order of what follows round, so that a text reads otherwise than it is.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def line(text: str, longest: int = LONGEST_TEXT) -> str:
    """On one line, with single spaces."""
    return " ".join(prose(text, longest * 2).split())[:longest].rstrip()


def prose(text: str, longest: int = LONGEST_TEXT) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")[: longest * 2]
    return "".join(letter for letter in text if is_seen(letter)).strip()[:longest]


def storable(text: str) -> str:
    """The text as the database takes it: without NUL and without halves of letters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def is_seen(letter: str) -> bool:
    """Neither a control character, nor half of one, nor a mark that turns others round."""
    if letter.isascii():
        return letter.isprintable() or letter in KEPT
    return unicodedata.category(letter) not in ("Cc", "Cs") and letter not in TURNING


def web_address(text: str) -> str:
    """Blank for what is no web address: nobody may be led to anything else."""
    text = text.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    fits = len(text) <= LONGEST_ADDRESS and parts.scheme.lower() in WEB and parts.netloc
    return text if fits and all(is_seen(letter) and not letter.isspace() for letter in text) else ""

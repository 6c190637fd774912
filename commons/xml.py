"""Text as XML can hold it: in feeds, and in documents of offices."""

import re

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """With a blank in place of each character that XML 1.0 has no place for."""
    return UNWRITABLE.sub(" ", text)

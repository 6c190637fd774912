"""Lines and columns of offsets in a text."""

import re
from bisect import bisect_right

from catalogue.readers.structured.document import Place

BREAK = re.compile(r"\r\n|\r|\n")


class Places:
    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in BREAK.finditer(text))]

    def of(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

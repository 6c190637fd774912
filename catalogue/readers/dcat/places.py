"""Where a thing is first named in a text. A graph does not keep places, so this is as near as can be said."""

from catalogue.readers.structured.document import START, Place
from catalogue.readers.structured.places import Places as Lines


class Places:
    def __init__(self, text: str) -> None:
        self.text, self.lines = text, Lines(text)

    def of(self, name: str) -> Place:
        """By its address, else by what follows the last / or # of it, as texts with prefixes have it."""
        for word in (name, ":" + name.replace("#", "/").rsplit("/", 1)[-1]):
            at = self.text.find(word) if len(word) > 1 else -1
            if at >= 0:
                return self.lines.of(at)
        return START

"""publiccode.yml, the European way to describe public software: read, checked by every rule of 0.7.0, and written."""

from catalogue.readers.publiccode.completing import write_complete
from catalogue.readers.publiccode.reading import read
from catalogue.readers.publiccode.understanding import FORMAT
from catalogue.readers.publiccode.writing import lacking, write

__all__ = ["FORMAT", "lacking", "read", "write", "write_complete"]

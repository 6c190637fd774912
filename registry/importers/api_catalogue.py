"""A body's catalogue of APIs: the United Kingdom's table, or its members' answers in `v1alpha`."""

from collections.abc import Sequence

from catalogue.readers import api_catalogue
from catalogue.readers.formats import FORMATS
from registry.importers.file import fetch
from registry.importers.found import Found, Text
from registry.importers.parts import parts

__all__ = ["fetch", "read"]
FORMAT = next(known for known in FORMATS if known.name == api_catalogue.FORMAT)


def read(text: Text) -> Sequence[Found]:
    return parts(text, otherwise=FORMAT)

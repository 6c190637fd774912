"""JSON and YAML as plain values that know their places, within bounds that keep hostile text cheap.

`json_text` and `yaml_text` parse, `building` puts together and counts, `document` finds places,
`looking` takes values out and notes what is wrong with them.
"""

from catalogue.readers.structured.bounds import MAX_BYTES, MAX_DEPTH, MAX_VALUES
from catalogue.readers.structured.document import Document, Path, Unreadable
from catalogue.readers.structured.looking import Looking
from catalogue.readers.structured.parsing import json_document, json_or_yaml, yaml_documents

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_VALUES",
    "Document",
    "Looking",
    "Path",
    "Unreadable",
    "json_document",
    "json_or_yaml",
    "yaml_documents",
]

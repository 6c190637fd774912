"""JSON and YAML as a tree whose every value knows its place, within bounds that keep hostile text cheap.

`json_text` and `yaml_text` parse, `building` puts together and counts, `node` is one value, `document` finds places,
`looking` takes values out and notes what is wrong with them, `showing` cuts what others wrote.
"""

from catalogue.readers.structured.bounds import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES, TOO_LARGE
from catalogue.readers.structured.document import Document, Path, Unreadable
from catalogue.readers.structured.looking import Looking
from catalogue.readers.structured.node import Entry, Kind, Node
from catalogue.readers.structured.parsing import decoded, json_document, json_or_yaml, yaml_document, yaml_documents
from catalogue.readers.structured.showing import below, quoted

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_PROBLEMS",
    "MAX_VALUES",
    "TOO_LARGE",
    "Document",
    "Entry",
    "Kind",
    "Looking",
    "Node",
    "Path",
    "Unreadable",
    "below",
    "decoded",
    "json_document",
    "json_or_yaml",
    "quoted",
    "yaml_document",
    "yaml_documents",
]

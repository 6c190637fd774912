"""YAML 1.2 as a tree whose every value knows its place, within bounds that keep hostile text cheap."""

from catalogue.readers.yaml.bounds import MAX_BYTES, MAX_DEPTH, MAX_VALUES
from catalogue.readers.yaml.node import Entry, Kind, Node, below
from catalogue.readers.yaml.parsing import parse
from catalogue.readers.yaml.text import TOO_LARGE, Unreadable, decoded

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_VALUES",
    "TOO_LARGE",
    "Entry",
    "Kind",
    "Node",
    "Unreadable",
    "below",
    "decoded",
    "parse",
]

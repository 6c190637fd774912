"""Workbooks are ZIP packages of XML: looked through before anything is unpacked, and parsed piece by piece.

The parser is Python's expat, because readers of whole workbooks make a grid as wide and high as its last cell: two
cells can then take gigabytes.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as ZlibError

from registry.spreadsheets.limits import (
    BOMB,
    BROKEN,
    ENTITIES,
    LARGEST_UNPACKED,
    LOCKED,
    MOST_PARTS,
    MOST_RATIO,
    RATIO_FROM,
    Unreadable,
)

PIECE = 64 * 1024
PROLOG = 2 * PIECE
ENCRYPTED = 0x1
DAMAGES = (BadZipFile, ZlibError, EOFError, OSError, NotImplementedError, RuntimeError, UnicodeError)


class Package:
    """A workbook's parts, by name."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises Unreadable for what nobody should unpack."""
        try:
            self.zip = ZipFile(file)
        except DAMAGES as error:
            raise Unreadable(BROKEN) from error
        self.parts = {part.filename: part for part in self.zip.infolist()}
        self.look_through()

    def look_through(self) -> None:
        parts = list(self.parts.values())
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise Unreadable(LOCKED)
        if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
            raise Unreadable(BROKEN)
        bombs = any(
            part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
        )
        if bombs or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise Unreadable(BOMB)

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """No more than the package says that the part holds, whatever comes out of it. Raises Unreadable."""
        if name not in self.parts:
            raise Unreadable(BROKEN)
        try:
            with self.zip.open(self.parts[name]) as part:
                while piece := part.read(PIECE):
                    yield piece
        except DAMAGES as error:
            raise Unreadable(BROKEN) from error

    def small(self, name: str) -> bytes:
        """The beginning of a part: all of it where it is small."""
        return next(self.pieces(name), b"")

    def refuse_entities(self) -> None:
        """A document type can stand before the first element alone. Raises Unreadable."""
        for name in self.parts:
            if name.endswith((".xml", ".rels")):
                parser, read = guarded(), 0
                for piece in self.pieces(name):
                    parse(parser, piece)
                    read += len(piece)
                    if read >= PROLOG:
                        break


def guarded() -> expat.XMLParserType:
    """A parser that refuses document types, and with them entities of any kind. Names are “namespace name”."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def refuse(*_declared: object) -> None:
    raise Unreadable(ENTITIES)


def parse(parser: expat.XMLParserType, piece: bytes) -> None:
    try:
        parser.Parse(piece, False)
    except expat.ExpatError as error:
        raise Unreadable(BROKEN) from error


def local(name: str) -> str:
    return name.rpartition(" ")[2]


def elements(package: Package, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a part without its texts, in their order, with attributes by local names."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((local(tag), {local(key): value for key, value in attributes.items()}))

    parser = guarded()
    parser.StartElementHandler = start
    for piece in package.pieces(name):
        parse(parser, piece)
        yield from found
        found.clear()

"""Workbooks of Excel and of whatever writes like it (ISO/IEC 29500), row by row."""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath

from registry.spreadsheets.limits import (
    BROKEN,
    HIGHEST_ROW,
    LARGEST_TEXTS,
    MOST_COLUMNS,
    MOST_SHEETS,
    TOO_MANY_COLUMNS,
    TOO_MUCH_TEXT,
    Unreadable,
    cell,
)
from registry.spreadsheets.numbers import BUILT_IN_DAYS, day, plain, shows_day
from registry.spreadsheets.packages import Package, elements, guarded, local, parse

WORKBOOK = "xl/workbook.xml"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
SKIPPED = {"rPh", "f", "phoneticPr"}  # readings of other scripts, and formulas


class Texts:
    """The texts that cells share, in one piece of memory."""

    def __init__(self) -> None:
        self.bytes, self.ends = bytearray(), array("Q", [0])

    def add(self, text: str) -> None:
        self.bytes += text.encode("utf-8", "replace")
        self.ends.append(len(self.bytes))
        if len(self.bytes) > LARGEST_TEXTS:
            raise Unreadable(TOO_MUCH_TEXT)

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self.ends) - 1:
            raise Unreadable(BROKEN)
        return self.bytes[self.ends[number] : self.ends[number + 1]].decode()


@dataclass(frozen=True)
class Workbook:
    package: Package
    names: dict[str, str]
    """Sheets, by name, and the parts that they are in."""
    texts: Texts
    dated: frozenset[int]
    """Styles that show a number as a day."""
    since_1904: bool


def opened(package: Package) -> Workbook:
    """Raises Unreadable."""
    targets = {
        said["Id"]: normpath(join("xl", said["Target"])).removeprefix("/")
        for tag, said in elements(package, "xl/_rels/workbook.xml.rels")
        if tag == "Relationship" and "Id" in said and "Target" in said
    }
    names, since_1904 = {}, False
    for tag, said in elements(package, WORKBOOK):
        if tag == "sheet" and targets.get(said.get("id", "")) in package.parts and len(names) < MOST_SHEETS:
            names[said.get("name", "")] = targets[said["id"]]
        elif tag == "workbookPr":
            since_1904 = said.get("date1904") in ("1", "true")
    by_kind = {part.rpartition("/")[2].lower(): part for part in targets.values()}
    shared, styles = by_kind.get("sharedstrings.xml"), by_kind.get("styles.xml")
    return Workbook(
        package=package,
        names={name: part for name, part in names.items() if "chartsheet" not in part},
        texts=texts_of(package, shared) if shared in package.parts else Texts(),
        dated=dated(package, styles) if styles in package.parts else frozenset(),
        since_1904=since_1904,
    )


def dated(package: Package, part: str) -> frozenset[int]:
    formats: dict[str, str] = {}
    styles: list[str] = []
    inside = False
    for tag, said in elements(package, part):
        if tag == "numFmt":
            formats[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            styles.append(said.get("numFmtId", "0"))

    def shows(number: str) -> bool:
        if number in formats:
            return shows_day(formats[number])
        return number.isdecimal() and int(number) in BUILT_IN_DAYS

    return frozenset(place for place, number in enumerate(styles) if shows(number))


def texts_of(package: Package, part: str) -> Texts:
    texts, words, skipped = Texts(), [], 0

    def start(tag: str, _said: dict[str, str]) -> None:
        nonlocal skipped
        tag = local(tag)
        if tag == "si":
            words.clear()
        skipped += tag in SKIPPED

    def end(tag: str) -> None:
        nonlocal skipped
        tag = local(tag)
        skipped -= tag in SKIPPED
        if tag == "si":
            texts.add(unescaped("".join(words)))

    def said(text: str) -> None:
        if not skipped:
            words.append(text)

    parser = guarded()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, said
    for piece in package.pieces(part):
        parse(parser, piece)
    return texts


def unescaped(text: str) -> str:
    """Control characters are written as _x0009_."""
    if "_x" not in text:
        return text

    def sign(found: re.Match[str]) -> str:
        number = int(found[1], 16)
        return chr(number) if not 0xD800 <= number <= 0xDFFF else "\ufffd"

    return ESCAPED.sub(sign, text)


def column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class Rows:
    """What the parser has met of a sheet: rows that are complete, and the cell in hand."""

    def __init__(self, book: Workbook) -> None:
        self.book, self.complete, self.ended = book, [], False
        self.number, self.cells, self.column = 0, {}, -1
        self.kind, self.style, self.words, self.listening = "n", 0, [], 0

    def start(self, tag: str, said: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "c":
            self.begin(said)
        elif tag in ("v", "t"):
            self.listening += 1
        elif tag == "rPh":
            self.listening -= 2  # what is read there is no text of the cell
        elif tag == "row":
            self.number = number_of(said["r"]) if "r" in said else self.number + 1
            self.cells, self.column = {}, -1

    def begin(self, said: dict[str, str]) -> None:
        place = PLACE.fullmatch(said.get("r", ""))
        self.column = column_of(place[1]) if place else self.column + 1
        style = said.get("s", "0")
        self.kind, self.style = said.get("t", "n"), int(style) if style.isdecimal() else 0
        self.words, self.listening = [], 0

    def said(self, text: str) -> None:
        if self.listening > 0:
            self.words.append(text)

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "c":
            self.keep("".join(self.words))
        elif tag in ("v", "t"):
            self.listening -= 1
        elif tag == "rPh":
            self.listening += 2
        elif tag == "row" and self.cells:
            self.complete.append((self.number, [self.cells.get(at, "") for at in range(max(self.cells) + 1)]))
        elif tag == "sheetData":
            self.ended = True

    def keep(self, words: str) -> None:
        value = self.value(words) if words else ""
        if not value:
            return
        if self.column >= MOST_COLUMNS:
            raise Unreadable(TOO_MANY_COLUMNS)
        self.cells[self.column] = cell(value, self.number)

    def value(self, words: str) -> str:
        if self.kind == "s":
            return self.book.texts[int(words) if words.strip().isdecimal() else -1]
        if self.kind in ("inlineStr", "str"):
            return unescaped(words)
        if self.kind == "b":
            return "yes" if words.strip() == "1" else "no"
        if self.kind in ("e", "d"):
            return words
        return day(words, since_1904=self.book.since_1904) if self.style in self.book.dated else plain(words)


def number_of(text: str) -> int:
    if not text.isdecimal() or len(text) > 7 or not 1 <= int(text) <= HIGHEST_ROW:
        raise Unreadable(BROKEN)
    return int(text)


def rows(book: Workbook, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that have something in them, with their numbers. Raises Unreadable."""
    met = Rows(book)
    parser = guarded()
    parser.StartElementHandler, parser.EndElementHandler = met.start, met.end
    parser.CharacterDataHandler = met.said
    for piece in book.package.pieces(book.names[sheet]):
        parse(parser, piece)
        yield from met.complete
        met.complete.clear()
        if met.ended:
            return

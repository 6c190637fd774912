"""From a Vega-Lite specification to SVG that a strict content policy and a screen reader both accept."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import vl_convert
from django.core.cache import caches
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"
# Analysis Function colours for categories; neighbours differ by 3:1. Blanks are grey, and never zero.
DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
DARK_GREY, GREY = "#3D3D3D", "#BFC1C3"
WIDE, NARROW = 640, 290
DAY = 86_400
# What XML has no place for ends the whole process that draws; a line separator ends one of Vega's own expressions.
UNDRAWABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
# Vega looks a label up among these before it looks at the data: a space after the name tells them apart.
INHERITED = re.compile(
    "(constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|to(Locale)?String|valueOf|__.*__)"
)
# What Vega writes at every shape and an image's reader never sees; and numbers of twenty digits.
UNSEEN = {"role", "class", "pointer-events", "font-family", "version"}
NUMERIC = {"d", "transform", "x", "y", "x1", "x2", "y1", "y2"}
LONG_NUMBER = re.compile(r"-?[0-9]+[.][0-9]{2,}(e-?[0-9]+)?")
ElementTree.register_namespace("", "http://www.w3.org/2000/svg")

Spec = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """One picture and the same facts as a table.

    `title` tells the finding in ten words or fewer; `overview` is the sentence for those who do not see the picture.
    `wide` and `narrow` are the SVG for a desk and for a phone. `columns` are headings, `rows` cells; a row's link,
    where it has one, is in `links` at the same place, because nothing inside an image can be followed.
    """

    id: str
    title: str
    overview: str
    wide: SafeString
    narrow: SafeString
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    links: Sequence[str] = field(default_factory=tuple)
    source: str = ""
    csv_url: str = ""


def begin_drawing() -> None:
    """Start the engine, which takes a second: better before a reader waits for the first picture of a process."""
    vl_convert.vegalite_to_svg(frame(1, 1, 1, [{"mark": "bar"}], []), show_warnings=False)


def draw(spec: Spec, *, id: str, title: str, overview: str) -> SafeString:
    """SVG of `spec`, made once for each specification and day; the title and description are its own elements."""
    text = json.dumps(_drawable(spec), sort_keys=True)
    key = "chart:" + hashlib.sha256(f"{id}|{title}|{overview}|{text}".encode()).hexdigest()
    return mark_safe(caches["pictures"].get_or_set(key, lambda: _labelled(_svg(text, id), id, title, overview), DAY))


def _drawable(part: Any) -> Any:
    """The specification with every text as it can be drawn."""
    match part:
        case str():
            text = UNDRAWABLE.sub(" ", part)
            return f"{text} " if INHERITED.fullmatch(text) else text
        case dict():
            return {_drawable(name): _drawable(value) for name, value in part.items()}
        case list():
            return [_drawable(item) for item in part]
    return part


def _svg(spec: str, id: str) -> str:
    svg = _slim(vl_convert.vegalite_to_svg(spec, show_warnings=False))
    # Two pictures on one page must not share the names of their clipping paths.
    return re.sub(r'(id="|url\(#)', rf"\g<1>{re.escape(id)}-", svg)


def _slim(svg: str) -> str:
    """The same picture in a third of the bytes, to a tenth of a pixel."""
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for part in list(parent):
            if part.get("class") in ("background", "foreground") and not part.get("fill") and not part.get("stroke"):
                parent.remove(part)
    for part in root.iter():
        for name in [name for name in part.attrib if name in UNSEEN or name.startswith("aria-")]:
            del part.attrib[name]
        if part.get("opacity") == "1":
            del part.attrib["opacity"]
        for name in part.attrib.keys() & NUMERIC:
            part.set(name, LONG_NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), part.get(name)))
    root.set("font-family", FONT)
    return ElementTree.tostring(root, encoding="unicode")


def _labelled(svg: str, id: str, title: str, overview: str) -> str:
    head, body = svg.split(">", 1)
    head = re.sub(r' (width|height|class)="[^"]*"', "", head)
    names = f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(overview)}</desc>'
    return f'{head} role="img" aria-labelledby="{id}-title {id}-desc" class="app-chart__svg">{names}{body}'


def frame(width: int, step: int, rows: int, layers: list[Spec], data: list[Spec]) -> Spec:
    """The specification that every picture shares: its size, its data, its type."""
    return {
        "width": width,
        "height": step * rows,
        "background": "transparent",
        "padding": 2,
        "data": {"values": data},
        "layer": layers,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 15, "titleFontSize": 15, "labelColor": "#0b0c0c", "titleColor": "#0b0c0c"},
            "text": {"fontSize": 15, "color": "#0b0c0c"},
            "legend": {"labelFontSize": 15, "symbolSize": 180, "labelLimit": 280},
        },
    }

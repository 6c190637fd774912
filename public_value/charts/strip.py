"""The dot strip: where one body stands among bodies of its kind, without a rank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from public_value.charts.drawing import DARK_BLUE, GREY, NARROW, WIDE, Figure, Spec, draw, frame

MOST_DOTS = 120


@dataclass(frozen=True)
class Dot:
    label: str
    value: float
    own: bool = False
    link: str = ""
    note: str = ""


def dot_strip(
    *, id: str, title: str, overview: str, dots: Sequence[Dot], domain: tuple[float, float], show: Callable, **about
) -> Figure:
    """Own dot dark and large, peers grey, the median a tick. The table lists the bodies A to Z, never by value, and has
    a column of notes where there are any."""
    places = sorted({(dot.own, dot.value) for dot in dots})  # dots at the same place would only hide one another
    data = [{"value": value, "own": own} for own, value in places[-MOST_DOTS:]]
    middle = median(dot.value for dot in dots)
    listed = sorted(dots, key=lambda dot: dot.label)
    noted = any(dot.note for dot in dots)
    return Figure(
        id=id,
        title=title,
        overview=overview,
        wide=draw(_strip(data, middle, domain, WIDE - 20), id=f"{id}-wide", title=title, overview=overview),
        narrow=draw(_strip(data, middle, domain, NARROW - 20), id=f"{id}-narrow", title=title, overview=overview),
        columns=["", "Value", *(["Beside it"] if noted else [])],
        rows=[[dot.label, show(dot.value), *([dot.note] if noted else [])] for dot in listed],
        links=[dot.link for dot in listed],
        **about,
    )


def _strip(data: list[Spec], middle: float, domain: tuple[float, float], width: int) -> Spec:
    axis = {"title": None, "grid": False, "tickCount": 5, "domainColor": "#505a5f"}
    across = {"field": "value", "type": "quantitative", "scale": {"domain": list(domain), "nice": False}, "axis": axis}
    peers = {
        "transform": [{"filter": "!datum.own"}],
        "mark": {"type": "circle", "size": 130, "color": GREY, "opacity": 1, "stroke": "#505a5f"},
        "encoding": {"x": across},
    }
    tick = {
        "data": {"values": [{"value": middle}]},
        "mark": {"type": "tick", "size": 40, "thickness": 3, "color": "#505a5f"},
        "encoding": {"x": across},
    }
    own = {
        "transform": [{"filter": "datum.own"}],
        "mark": {"type": "circle", "size": 320, "color": DARK_BLUE, "opacity": 1},
        "encoding": {"x": across},
    }
    return frame(width, 48, 1, [peers, tick, own], data)

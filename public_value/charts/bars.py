"""Horizontal bars, plain and stacked: at most 12 bars and 4 parts, longer lists are a table's work.

A bar alone, which is compared with no other, has up to 6 parts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from public_value.charts.drawing import DARK_BLUE, NARROW, WIDE, Figure, Spec, draw, frame

MOST_BARS, MOST_PARTS, MOST_PARTS_ALONE = 12, 4, 6
LEGEND_COLUMNS = 3
LABEL_WIDTH = 230


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value (or its parts, in the order of the figure's keys), and where to read on."""

    label: str
    values: Sequence[float]
    link: str = ""


def bars(*, id: str, title: str, overview: str, rows: Sequence[Bar], measure: str, show: Callable, **about) -> Figure:
    """One value a bar. `measure` heads the table's column; `show` writes a value in words ("£1,200")."""
    data = [{"label": row.label, "value": row.values[0], "shown": show(row.values[0])} for row in rows[:MOST_BARS]]
    return Figure(
        id=id,
        title=title,
        overview=overview,
        wide=draw(_wide(data), id=f"{id}-wide", title=title, overview=overview),
        narrow=draw(_narrow(data), id=f"{id}-narrow", title=title, overview=overview),
        columns=["", measure],
        rows=[[row.label, show(row.values[0])] for row in rows],
        links=[row.link for row in rows],
        **about,
    )


def stacked_bars(
    *, id: str, title: str, overview: str, rows: Sequence[Bar], keys: dict[str, str], show: Callable, **about
) -> Figure:
    """Parts of a whole, a bar each. `keys` maps the name of each part to its colour, in the order of the values."""
    if len(keys) > MOST_PARTS:
        raise ValueError(f"A stacked bar shows at most {MOST_PARTS} parts, not {len(keys)}.")
    data = [
        {"label": row.label, "part": part, "order": order, "value": value}
        for row in rows[:MOST_BARS]
        for order, (part, value) in enumerate(zip(keys, row.values, strict=True))
    ]
    labels = [row.label for row in rows[:MOST_BARS]]
    return Figure(
        id=id,
        title=title,
        overview=overview,
        wide=draw(_stacked(data, labels, keys, wide=True), id=f"{id}-wide", title=title, overview=overview),
        narrow=draw(_stacked(data, labels, keys, wide=False), id=f"{id}-narrow", title=title, overview=overview),
        columns=["", *keys],
        rows=[[row.label, *(show(value) for value in row.values)] for row in rows],
        links=[row.link for row in rows],
        **about,
    )


def stacked_bar(
    *,
    id: str,
    title: str,
    overview: str,
    label: str,
    values: Sequence[float],
    keys: dict[str, str],
    measure: str,
    show: Callable,
    **about,
) -> Figure:
    """The parts of one whole in one bar; its table has a row for each part. `measure` heads the table's column."""
    if len(keys) > MOST_PARTS_ALONE:
        raise ValueError(f"A stacked bar alone shows at most {MOST_PARTS_ALONE} parts, not {len(keys)}.")
    parts = enumerate(zip(keys, values, strict=True))
    data = [{"label": label, "part": part, "order": order, "value": value} for order, (part, value) in parts]
    return Figure(
        id=id,
        title=title,
        overview=overview,
        wide=draw(_stacked(data, [label], keys, wide=True), id=f"{id}-wide", title=title, overview=overview),
        narrow=draw(_stacked(data, [label], keys, wide=False), id=f"{id}-narrow", title=title, overview=overview),
        columns=["", measure],
        rows=[[part, show(value)] for part, value in zip(keys, values, strict=True)],
        **about,
    )


def _wide(data: list[Spec]) -> Spec:
    order = [row["label"] for row in data]
    label = {"field": "label", "type": "nominal", "sort": order, "axis": _label_axis(shown=True)}
    value = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    text = {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": {"text": {"field": "shown"}}}
    layers = [{"mark": {"type": "bar", "color": DARK_BLUE, "height": 20}}, text]
    return frame(WIDE - LABEL_WIDTH - 90, 32, len(data), layers, data) | {"encoding": {"y": label, "x": value}}


def _narrow(data: list[Spec]) -> Spec:
    order = [row["label"] for row in data]
    label = {"field": "label", "type": "nominal", "sort": order, "axis": None}
    value = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    bar = {"mark": {"type": "bar", "color": DARK_BLUE, "height": 16, "yOffset": 10}, "encoding": {"x": value}}
    written = {"calculate": "datum.shown + '  ' + datum.label", "as": "written"}
    text = {
        "transform": [written],
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "dy": 0, "limit": NARROW},
        "encoding": {"x": {"value": 0}, "text": {"field": "written"}},
    }
    return frame(NARROW, 48, len(data), [bar, text], data) | {"encoding": {"y": label}}


def _stacked(data: list[Spec], order: list[str], keys: dict[str, str], *, wide: bool) -> Spec:
    label = {"field": "label", "type": "nominal", "sort": order, "axis": _label_axis(shown=wide)}
    legend = {"orient": "top", "title": None, "direction": "horizontal" if wide else "vertical", "symbolType": "square"}
    legend |= {"columns": LEGEND_COLUMNS} if wide and len(keys) > MOST_PARTS else {}
    parts = {
        "field": "part",
        "type": "nominal",
        "scale": {"domain": list(keys), "range": list(keys.values())},
        "legend": legend,
    }
    value = {"field": "value", "type": "quantitative", "axis": None, "stack": "zero"}
    bar = {
        "mark": {"type": "bar", "height": 20 if wide else 16, "yOffset": 0 if wide else 10},
        "encoding": {"x": value, "color": parts, "order": {"field": "order"}},
    }
    text = {
        "transform": [{"aggregate": [], "groupby": ["label"]}],
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "limit": NARROW},
        "encoding": {"x": {"value": 0}, "text": {"field": "label"}},
    }
    width = WIDE - LABEL_WIDTH if wide else NARROW
    layers = [bar] if wide else [bar, text]
    return frame(width, 32 if wide else 48, len(order), layers, data) | {"encoding": {"y": label}}


def _label_axis(*, shown: bool) -> Spec | None:
    if not shown:
        return None
    return {"title": None, "domain": False, "ticks": False, "labelLimit": LABEL_WIDTH, "labelPadding": 8}

"""Pictures: rows in, a `Figure` out. The SVG is drawn on the server, so that no page needs a script for it."""

from public_value.charts.bars import Bar, bars, stacked_bar, stacked_bars
from public_value.charts.drawing import Figure, begin_drawing
from public_value.charts.strip import Dot, dot_strip

__all__ = ["Bar", "Dot", "Figure", "bars", "begin_drawing", "dot_strip", "stacked_bar", "stacked_bars"]

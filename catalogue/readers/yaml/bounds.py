"""How much of a text is read. A real description has a few hundred values, five levels and some kilobytes."""

MAX_BYTES = 1_000_000
MAX_VALUES = 10_000  # every alias counted as all that it stands for
MAX_DEPTH = 40

"""The published results as one table: a row for each body, blanks where nothing is published."""

import csv
import io
from collections.abc import Iterable, Mapping

LETTERS = ("S", "N", "F", "C", "O")
COLUMNS = {
    "organisation": ("organisation",),
    "peer_group": ("peer_group",),
    "published": ("published",),
    "grade": ("grade",),
    "score": ("face", "score"),
    "low": ("face", "low"),
    "high": ("face", "high"),
    "rank_low": ("rank_interval", "low"),
    "rank_high": ("rank_interval", "high"),
    "rank_members": ("rank_interval", "members"),
    "rank_group": ("rank_interval", "group"),
    "completeness": ("completeness",),
    "pvi": ("pvi",),
    "p5": ("mc", "p5"),
    "p50": ("mc", "p50"),
    "p95": ("mc", "p95"),
    **{f"indicator_{letter}": ("indicators", letter) for letter in LETTERS},
    **{f"points_{letter}": ("contributions", letter) for letter in LETTERS},
    "balance_penalty": ("balance_penalty",),
    "missing": ("missing",),
}


def results_table(organisations: Mapping[str, Mapping]) -> str:
    """CSV with a header and lines that end in LF; numbers in full precision, codes separated by semicolons."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for uid, entry in sorted(organisations.items()):
        rows.writerow(table_cell(entry | {"organisation": uid}, path) for path in COLUMNS.values())
    return text.getvalue()


def table_cell(entry: Mapping, path: Iterable[str]) -> object:
    value: object = entry
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return ";".join(value) if isinstance(value, list) else value

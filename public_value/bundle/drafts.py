"""A component that is not public yet counts in the arithmetic, and its name must not leak with the snapshot."""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

# Where a pack names components, and what there would tell which one it is.
NAMES = {
    "components.csv": ("component", "successor"),
    "relations.csv": ("component", "other"),
    "adoptions.csv": ("component",),
    "contributions.csv": ("component",),
    "payments.csv": ("component",),
}
TELLING = {
    "components.csv": ("summary", "description", "url", "repository", "documentation", "licence", "source"),
    "adoptions.csv": ("source_url",),
    "contributions.csv": ("summary", "source_url"),
    "payments.csv": ("purpose",),
}
# What no arithmetic reads, and tells of a component alone: a draft's rows are left out.
ABOUT = ("component_standards.csv", "profiles.csv", "operations.csv", "columns.csv", "reviews.csv")
NOT_PUBLIC = "Not public yet"


def hide_drafts(folder: Path) -> dict[str, str]:
    """Give every draft of an exported pack a name that says nothing, in all files; returns {component: that name}.

    What the arithmetic reads of it stays: functions, stewards, openness, prices. A pack without drafts is not touched.
    """
    components = folder / "components.csv"
    found = sorted(row["component"] for row in _rows(components) if row["lifecycle"] == "draft")
    names = {slug: f"not-public-{number}" for number, slug in enumerate(found, 1)}
    for file in NAMES if names else ():
        if (folder / file).exists():
            _rewrite(folder / file, names)
    for file in ABOUT if names else ():
        if (folder / file).exists():
            _leave_out(folder / file, names)
    return names


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _rewrite(path: Path, names: Mapping[str, str]) -> None:
    replace_rows(path, lambda row: _hidden(row, path.name, names))


def _leave_out(path: Path, names: Mapping[str, str]) -> None:
    """Without the drafts' rows; no file where nothing is left, as a pack has none without rows."""
    if not replace_rows(path, lambda row: None if row["component"] in names else row):
        path.unlink()


def replace_rows(path: Path, change: Callable[[dict[str, str]], dict[str, str] | None]) -> int:
    """Write each row changed, or not at all, and return how many are left."""
    hidden = path.with_suffix(".hidden")
    kept = 0
    with path.open(encoding="utf-8", newline="") as file, hidden.open("w", encoding="utf-8", newline="") as made:
        rows = csv.DictReader(file)
        written = csv.DictWriter(made, rows.fieldnames or [], lineterminator="\n")
        written.writeheader()
        for row in filter(None, map(change, rows)):
            written.writerow(row)
            kept += 1
    hidden.replace(path)
    return kept


def _hidden(row: dict[str, str], file: str, names: Mapping[str, str]) -> dict[str, str]:
    """The row, where it names a draft without what would tell which."""
    drafts = {column: names[row[column]] for column in NAMES[file] if row[column] in names}
    if not drafts:
        return row
    telling = dict.fromkeys(TELLING.get(file, ()), "") if row[NAMES[file][0]] in names else {}
    name = {"name": NOT_PUBLIC} if "name" in row and telling else {}
    return row | telling | name | drafts

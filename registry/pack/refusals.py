"""What a load would not take, each with the place and the remedy."""

import csv
import heapq
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from pathlib import Path

SHOWN = 20
SHOWN_VALUE = 80


@dataclass(frozen=True, order=True)
class Refusal:
    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        value = self.value if len(self.value) <= SHOWN_VALUE else self.value[:SHOWN_VALUE] + "…"
        where = (
            f'{self.file}, line {self.line}, {self.column} "{value}"'
            if self.column
            else f"{self.file}, line {self.line}"
        )
        return f"{where}: {self.problem} {self.remedy}".rstrip()


@dataclass
class Refusals:
    """The refusals of one file. Only the first of them stay in memory; all of them go to the report."""

    report: "Report | None" = None
    rows: int = 0
    total: int = 0
    first: list[Refusal] = field(default_factory=list)

    def add(self, refused: Iterable[Refusal], rows: int) -> int:
        """Take refusals of `rows` rows that were not refused before. Returns how many rows these are."""
        refused = list(refused)
        self.rows += rows
        self.total += len(refused)
        self.first = heapq.nsmallest(SHOWN, [*self.first, *refused])
        if self.report:
            self.report.write(refused)
        return rows

    def merge(self, other: "Refusals") -> None:
        """Count what another part of the same file refused; the report has it already."""
        self.rows += other.rows
        self.total += other.total
        self.first = heapq.nsmallest(SHOWN, [*self.first, *other.first])


class Report:
    """A CSV file of every refusal, written as they come."""

    COLUMNS = ("file", "line", "column", "value", "problem", "remedy")

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(self.COLUMNS)

    def write(self, refused: Iterable[Refusal]) -> None:
        self._writer.writerows(astuple(refusal) for refusal in refused)

    def close(self) -> None:
        self._file.close()

"""Load a pack: look at the whole folder first, then file after file, each in one transaction."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from commons.exceptions import Refused
from registry.models import Act, Commons, Event, Organisation, Person
from registry.pack import applying, reading, staging
from registry.pack.checks import check
from registry.pack.manifest import Manifest
from registry.pack.reading import Chunk, Readable
from registry.pack.references import References
from registry.pack.refusals import Refusal, Refusals, Report
from registry.pack.sheet import MANIFEST, Sheet, among
from registry.pack.staging import Staged

COUNTS = ("read", "new", "changed", "unchanged", "refused")
# Changed rows, from which on the planner must look at a table again before its triggers ask it: they would otherwise
# walk through the whole of a table that was empty a moment ago, once for each row.
ANALYZE_FROM = 1_000


# Stated, the second spares every trigger an exception, and so a subtransaction: 0.6 ms a row when there are many.
BULK = "SET LOCAL work_mem = '64MB'; SET LOCAL pgtrigger.ignore = '{}'"


@dataclass
class FileLoad:
    """What became of one file."""

    file: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    vanished: list[tuple[str, int, list[str]]] = field(default_factory=list)  # (part, how many, first keys)
    refusals: Refusals = field(default_factory=Refusals)
    seconds: float = 0.0

    @property
    def touched(self) -> int:
        return self.counts["new"] + self.counts["changed"]


@dataclass
class PackLoad:
    """What became of a pack. `kept` is false after a dry run, and where `strict` refused the whole."""

    title: str
    files: list[FileLoad] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # sentences on files that are not part of a pack
    kept: bool = True

    @property
    def refused(self) -> int:
        return sum(file.counts["refused"] for file in self.files)


class PackRefused(Refused):
    """The pack cannot be loaded at all. `refusals` says where and why."""

    def __init__(self, message: str, refusals: Iterable[Refusal] = ()) -> None:
        self.refusals = list(refusals)
        super().__init__("\n".join([message, *(f"  {refusal}" for refusal in self.refusals)]))


def load_pack(
    folder: Path,
    *,
    sheets: list[Sheet],
    by: Person | None = None,
    dry_run: bool = False,
    strict: bool = False,
    report: Path | None = None,
    after_load: Iterable[Callable[[], object]] = (),
    tell: Callable[[FileLoad], None] = lambda file: None,
) -> PackLoad:
    """Load the pack in `folder`. `sheets` are all sheets of this registry in loading order.

    Each file is one transaction. A dry run, and a strict load, put one more around all of them, which is undone at
    the end: always by a dry run, and by a strict load that refused any row. `tell` hears of each file when it is done.
    Raises PackRefused when the folder cannot be a pack of this registry, before anything is written.
    """
    load = _Load(Path(folder), sheets, by)
    with _reported(report) as written, transaction.atomic() if dry_run or strict else nullcontext():
        for file in load.files():
            load.take(file, Refusals(written), tell)
        if dry_run or (strict and load.pack.refused):
            load.pack.kept = False
            transaction.set_rollback(True)
    if load.pack.kept:  # also where nothing was new: an earlier load may have been cut off before this
        for step in after_load:
            step()
    return load.pack


@contextmanager
def _reported(path: Path | None) -> Iterator[Report | None]:
    if path is None:
        yield None
        return
    try:
        report = Report(path)
    except OSError as error:
        raise PackRefused(f"The report cannot be written to {path}: {error.strerror}. Name another file.") from error
    try:
        yield report
    finally:
        report.close()


class _Load:
    def __init__(self, folder: Path, sheets: list[Sheet], by: Person | None) -> None:
        self.folder, self.by = folder, by
        self.sheets = among(sheets)
        self.references = References()
        self.found = self._examined()
        self.manifest = Manifest(self.found[MANIFEST], self.sheets[MANIFEST])
        self.headers: dict[str, list[str]] = {}
        self._refuse_what_cannot_load()
        self.pack = PackLoad(self.manifest.title or folder.resolve().name)
        self.pack.left_out = reading.strangers(folder, list(self.sheets))

    def files(self) -> list[str]:
        return [file for file in self.sheets if file in self.found]

    def _examined(self) -> dict[str, Readable]:
        """The pack's files that are there. All of them must be text, so that no load stops half-way."""
        if not (self.folder / MANIFEST).is_file():
            raise PackRefused(reading.manifest_missing(self.folder))
        found, wrong = {}, []
        for name in self.sheets:
            path = self.folder / name
            if path.is_file():
                try:
                    found[name], problem = reading.examine(path)
                except OSError as error:
                    raise PackRefused(f"{path} cannot be read: {error.strerror}. Let this user read it.") from error
                wrong += [problem] if problem else []
        if wrong:
            raise PackRefused("The pack is not loaded.", wrong)
        return found

    def _refuse_what_cannot_load(self) -> None:
        wrong = list(self.manifest.wrong)
        for file in self.files():
            if file != MANIFEST:
                self.headers[file], problems = reading.columns_of(self.found[file], self.sheets[file][0])
                wrong += problems
        wrong += _other_currency(self.manifest)
        if wrong:
            raise PackRefused("The pack is not loaded.", wrong)

    def take(self, file: str, refusals: Refusals, tell: Callable[[FileLoad], None]) -> None:
        started = time.perf_counter()
        done = FileLoad(file, refusals=refusals)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BULK)
            for sheet in self.sheets[file]:
                self._take_sheet(sheet, done, cursor)
            if file == MANIFEST:
                self._record(done)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        done.seconds = time.perf_counter() - started
        self.pack.files.append(done)
        tell(done)

    def _take_sheet(self, sheet: Sheet, done: FileLoad, cursor) -> None:
        own = Refusals(done.refusals.report)
        staged = Staged(sheet, self._present(sheet), cursor, self.references, own, self.folder)
        staging.create(staged)
        staging.fill(staged, self._chunks(sheet))
        cursor.execute(f"LOCK TABLE {', '.join(self._tables(sheet))} IN SHARE ROW EXCLUSIVE MODE")
        check(staged)
        applying.compare(staged)
        count, keys = applying.vanished(staged)
        part = sheet.path[0] if sheet.path else ""
        if count and part not in (said for said, *_ in done.vanished if said):
            done.vanished.append((part, count, keys))
        for name, number in staged.counts.items():
            done.counts[name] += number
        done.refusals.merge(own)
        if staged.counts["new"] + staged.counts["changed"]:
            applying.apply(staged, None if sheet.file == MANIFEST else self._record(done))
            if done.touched >= ANALYZE_FROM:
                cursor.execute(f"ANALYZE {', '.join(self._tables(sheet))}")
        if sheet.noun:
            self.references.forget(sheet.noun)
        cursor.execute("DROP TABLE pack_staged, pack_plan")

    def _present(self, sheet: Sheet) -> list:
        columns = sheet.columns if sheet.file == MANIFEST else [
            sheet.by_name[name] for name in self.headers[sheet.file]
        ]  # fmt: skip
        return list(columns)

    def _chunks(self, sheet: Sheet) -> Iterator[Chunk]:
        if sheet.file != MANIFEST:
            return reading.chunks(self.found[sheet.file], self.headers[sheet.file])
        chunk = self.manifest.chunk(sheet)
        return iter([chunk] if chunk.rows or chunk.refused else [])

    def _tables(self, sheet: Sheet) -> list[str]:
        return [sheet.table, *(link.table for link in sheet.links)]

    def _record(self, done: FileLoad) -> int | None:
        """The act, in the file's own transaction. None where the file changed nothing."""
        if not done.touched:
            return None
        event = Event.objects.create(
            act=Act.LOAD_PACK,
            by=self.by,
            source=f"{self.pack.title}: {done.file}",
            detail={"sha256": self.found[done.file].sha256, **done.counts},
        )
        return event.pk


def _other_currency(manifest: Manifest) -> list[Refusal]:
    """Sums in two currencies cannot stand side by side: a registry with bodies in it keeps its own."""
    said = manifest.content.get("currency")
    kept = Commons.objects.currency()
    if not kept or not said or said == kept or not Organisation.objects.exists():
        return []
    problem = f"This registry is in {kept}, and sums in two currencies cannot be added."
    remedy = f"Convert the pack's sums to {kept}, or load it into an empty registry."
    return [Refusal(MANIFEST, manifest.line("currency"), "currency", str(said), problem, remedy)]

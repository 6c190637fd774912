"""Reading an import's file: which table, which columns, then row by row, in batches of their own transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched, islice
from tempfile import TemporaryFile
from typing import BinaryIO

from django.utils.translation import gettext as _

from registry.actions.imports.leases import step
from registry.actions.imports.names import Names
from registry.actions.imports.telling import tell, write_of
from registry.models import Import, ImportLine, ImportPart, ImportState, JobState, KnownHeading, LineOutcome
from registry.portfolio_file import rows
from registry.portfolio_file.headings import LOOKED_AT, Heading, Meant, heading_of, mapped
from registry.spreadsheets import Form, Sheet, Unreadable, sheets
from registry.spreadsheets.limits import MOST_ROWS, TOO_MANY_ROWS
from registry.spreadsheets.tables import Row

BATCH = 2_000
LONGEST_NAME = 200  # of a sheet and a heading
SHOWN = 80  # characters of a cell in the sample
EMPTY = "The table is empty. Upload one with a heading and rows."


def read(imported: Import) -> bool:
    """Read every row. False where somebody has to say first which column is which. Raises Unreadable, Lost."""
    with file_of(imported) as file:
        sheet = table_of(imported, file)
        if sheet is None:
            return False
        total = sum(1 for number, _cells in sheet.rows() if number > imported.heading_row)
        if not total:
            raise Unreadable(EMPTY)
        if total > MOST_ROWS:
            raise Unreadable(TOO_MANY_ROWS)
        with step(imported) as mine:
            mine.update(rows=total)
            imported.lines.all().delete()  # of a worker that died
            tell(imported.job_id, state=JobState.RUNNING, stage=_("Reading"), done=0, total=total)
        read_rows(imported, sheet, total)
    return True


@contextmanager
def file_of(imported: Import) -> Iterator[BinaryIO]:
    """The file, on the worker's disk while it is read."""
    with TemporaryFile() as file:
        for number in range(ImportPart.objects.filter(imported=imported).count()):
            file.write(ImportPart.objects.values_list("content", flat=True).get(imported=imported, number=number))
        yield file


def table_of(imported: Import, file: BinaryIO) -> Sheet | None:
    """The table to read. None where its columns are not clear, which is then asked."""
    found = sheets(file, Form(imported.form))
    if imported.headings and imported.columns and None not in imported.columns:
        return next(sheet for sheet in found if sheet.name[:LONGEST_NAME] == imported.sheet)
    sheet, heading = first_known(found)
    meant = mapped(heading.texts, remembered(imported))
    imported.sheet, imported.heading_row = sheet.name[:LONGEST_NAME], heading.row
    imported.headings = [text[:LONGEST_NAME] for text in heading.texts]
    imported.sample = [[cell[:SHOWN] for cell in row] for row in heading.sample]
    imported.columns = meant.columns
    if meant.is_open:
        ask(imported)
        return None
    note(imported, meant)
    return sheet


def note(imported: Import, meant: Meant) -> None:
    with step(imported) as mine:
        mine.update(
            sheet=imported.sheet,
            heading_row=imported.heading_row,
            headings=imported.headings,
            sample=imported.sample,
            columns=meant.columns,
        )


def first_known(found: Iterator[Sheet]) -> tuple[Sheet, Heading]:
    """The first table with a heading that is known; where there is none, the first one that is not empty."""
    other: tuple[Sheet, Heading] | None = None
    for sheet in found:
        heading = heading_of(list(islice(sheet.rows(), LOOKED_AT)))
        if heading is not None and heading.known > 1:
            return sheet, heading
        if heading is not None and other is None:
            other = sheet, heading
    if other is None:
        raise Unreadable(EMPTY)
    return other


def remembered(imported: Import) -> dict[str, str]:
    known = KnownHeading.objects.filter(organisation=imported.organisation_id)
    return dict(known.values_list("heading", "column"))


def ask(imported: Import) -> None:
    with step(imported) as mine:
        mine.update(
            **{name: getattr(imported, name) for name in ("sheet", "heading_row", "headings", "sample", "columns")},
            state=ImportState.ASKING,
            taken=None,
            taken_until=None,
            tries=0,
        )
        tell(imported.job_id, state=JobState.ASKING, stage=ImportState.ASKING.label)
        write_of(imported, "columns", _("Say which column of your portfolio is which. Then it is read."))


def read_rows(imported: Import, sheet: Sheet, total: int) -> None:
    names = Names()
    below = ((number, row) for number, row in sheet.rows() if number > imported.heading_row)
    done = 0
    for batch in batched(below, BATCH):
        lines = lines_of(imported, batch, names)
        done += len(batch)
        with step(imported):
            ImportLine.objects.bulk_create(lines)
            tell(imported.job_id, state=JobState.RUNNING, stage=_("Reading"), done=min(done, total), total=total)


def lines_of(imported: Import, batch: tuple[Row, ...], names: Names) -> list[ImportLine]:
    read = [(number, row, one) for number, row in batch if (one := rows.read(row, imported.columns))]
    names.look_up(
        one.given.values["component"] for _n, _r, one in read if one.given and "component" in one.given.values
    )
    return [line(imported, number, row, one, names) for number, row, one in read]


def line(imported: Import, number: int, row: list[str], read: rows.RowRead, names: Names) -> ImportLine:
    function = names.function(read.function, read.wrong)
    given = read.given
    if given is not None and "component" in given.values:
        slug = names.component(given.values["component"], function, read.wrong)
        given = rows.Given(given.kind, {**given.values, "component": slug}, given.cleared, given.held)
    places = {name: place for place, name in enumerate(imported.columns) if name}
    read.wrong.sort(key=lambda wrong: places.get(wrong.column, len(places)))
    return ImportLine(
        imported=imported,
        number=number,
        function_id=function,
        outcome=LineOutcome.PROBLEM if read.wrong else "",
        cells=row,
        given=given.as_json() if given else None,
        misread=[wrong.as_json() for wrong in read.wrong],
        problems=[wrong.as_json() for wrong in read.wrong],
    )

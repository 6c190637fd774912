"""`spend.csv`: spend files as the bodies published them, kept whole until the spend importer reads them."""

import hashlib
from pathlib import Path, PurePosixPath

from commons.exceptions import Refused
from registry.models import SpendFile
from registry.pack import columns
from registry.pack.checks import refuse_rows
from registry.pack.sheet import Sheet
from registry.pack.staging import Staged
from registry.pack.values import Bad

FOLDER = "spend"
LARGEST = 50_000_000  # bytes
TABLE = SpendFile._meta.db_table
OUTSIDE = Bad(
    "The path leaves the pack's spend folder.",
    "Write a path below it, such as 2026/april.csv, to a file that is no link.",
)


def inside(folder: Path, file: str) -> Path:
    """The file of that name in the pack's spend folder. Raises Bad where the name, or a link, leads out of it."""
    name = PurePosixPath(file)
    if name.is_absolute() or ".." in name.parts or "\\" in file or not name.parts:
        raise OUTSIDE
    path = folder / FOLDER / name
    if path.exists() and path.resolve() != (folder / FOLDER).resolve() / name:
        raise OUTSIDE
    return path


def sha256_of(folder: Path, file: str) -> str:
    """The SHA-256 of a spend file. Raises Bad where it is not there or too large."""
    path = inside(folder, file)
    if not path.is_file():
        raise Bad(f"There is no file {FOLDER}/{file} in the pack.", "Put it there, or mend the path.")
    if path.stat().st_size > LARGEST:
        raise Bad(f"The file is larger than {LARGEST // 1_000_000} MB.", "Split it into several files.")
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def refuse_unreadable_files(staged: Staged) -> int:
    """Look at each file once, note its hash in `pack_staged`, and refuse the rows whose file cannot be kept."""
    cursor = staged.cursor
    cursor.execute("ALTER TABLE pack_staged ADD COLUMN IF NOT EXISTS _sha256 text")
    cursor.execute("SELECT _line, file FROM pack_staged WHERE NOT _refused AND _sha256 IS NULL")
    wrong, hashes = [], {}
    for line, file in cursor.fetchall():
        try:
            hashes[line] = sha256_of(staged.folder, file)
        except Bad as bad:
            wrong.append((line, "file", file, bad.problem, bad.remedy))
    cursor.execute(
        "UPDATE pack_staged SET _sha256 = said.hash FROM unnest(%s::integer[], %s::text[]) AS said(line, hash)"
        " WHERE _line = said.line",
        [list(hashes), list(hashes.values())],
    )
    return refuse_rows(staged, wrong)


def refuse_taken_paths(staged: Staged) -> int:
    """One path is one file: an export writes all of them into one folder."""
    staged.cursor.execute(f"""
        SELECT s._line, s.file, o.slug FROM pack_staged s
        JOIN {TABLE} t ON t.file = s.file AND t.organisation_id <> s.organisation
        JOIN registry_organisation o ON o.id = t.organisation_id
        WHERE NOT s._refused AND s._sha256 <> encode(sha256(t.content), 'hex')
        AND NOT EXISTS (SELECT 1 FROM pack_staged n WHERE n.organisation = t.organisation_id AND n.file = t.file)""")
    return refuse_rows(
        staged,
        (
            (
                line,
                "file",
                file,
                f'"{owner}" has another file of this path.',
                "Give the file another name, such as one that begins with the body's key.",
            )
            for line, file, owner in staged.cursor.fetchall()
        ),
    )


def keep_content(staged: Staged) -> None:
    """One file after the other, so that memory holds one."""
    staged.cursor.execute("SELECT s.organisation, s.file FROM pack_plan p JOIN pack_staged s ON s._line = p.line")
    for organisation, file in staged.cursor.fetchall():
        staged.cursor.execute(
            f"UPDATE {TABLE} SET content = %s WHERE organisation_id = %s AND file = %s",
            [inside(staged.folder, file).read_bytes(), organisation, file],
        )


def write_files(cursor, folder: Path) -> None:
    cursor.execute(f"SELECT id, file FROM {TABLE} ORDER BY file, id")
    for key, file in cursor.fetchall():
        try:
            path = inside(folder, file)
        except Bad as bad:
            raise Refused(f"The spend file “{file}” cannot be written. {bad.problem}") from bad
        cursor.execute(f"SELECT content FROM {TABLE} WHERE id = %s", [key])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(cursor.fetchone()[0])


SPEND = Sheet(
    file="spend.csv",
    model=SpendFile,
    key=("organisation", "file"),
    columns=(
        columns.reference("organisation", "organisation", required=True),
        columns.text("file", 300, required=True),
        columns.text("period", 60),
        columns.web_address("source_url"),
    ),
    further_checks=(refuse_unreadable_files, refuse_taken_paths),
    differs="s._sha256 IS DISTINCT FROM encode(sha256(t.content), 'hex')",
    finish=keep_content,
    export=write_files,
)

"""The open data of an edition as a folder: its files, and whether they are those that were published."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from public_value.recompute.canonical import file_hash, params_hash, snapshot_hash
from public_value.recompute.comparing import ABSENT, Tally
from public_value.recompute.table import results_table

SUMS = "SHA256SUMS"
TRENDS = "trends.json"
NEEDED = (
    *("SHA256SUMS", "edition.json", "parameters.json", "results.json", "results.csv", "realised.csv"),
    "snapshot/pack.toml",
)
NEEDED_OF_EARLIER = ("edition.json", "parameters.json", "snapshot/pack.toml")


class Unusable(Exception):
    """The folder is not an edition's open data. The message is one sentence."""


def refuse_incomplete(folder: Path, needed: Sequence[str] = NEEDED) -> None:
    if not folder.is_dir():
        raise Unusable(f"{folder} is not a folder: name the folder that the bundle was unpacked into.")
    absent = [name for name in needed if not (folder / name).is_file()]
    if absent:
        raise Unusable(f"{folder} is not an edition's bundle: it has no {absent[0]}.")


def read_json(folder: Path, name: str) -> Any:
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except ValueError as error:
        raise Unusable(f"{name} cannot be read as JSON: {error}.") from error


def check_sums(tally: Tally, folder: Path) -> None:
    """Every file that SHA256SUMS names, and that it names every file of the edition."""
    stated = dict(sum_line(line) for line in (folder / SUMS).read_text(encoding="utf-8").splitlines() if line)
    for name, digest in sorted(stated.items()):
        path = folder / name
        tally.check("SHA-256 of files", digest, file_hash(path) if path.is_file() else ABSENT, name)
    files = [path for path in (folder / "snapshot").rglob("*") if path.is_file()]
    named = {path.relative_to(folder).as_posix() for path in files} | set(NEEDED) - {SUMS}
    for name in sorted(named - stated.keys()):
        tally.check("SHA-256 of files", ABSENT, name, f"{name} is not in {SUMS}")


def sum_line(line: str) -> tuple[str, str]:
    digest, _, name = line.partition("  ")
    if len(digest) != 64 or not name or ".." in name.split("/") or name.startswith("/"):
        raise Unusable(f"{SUMS} has a line that is no sum: “{line[:80]}”.")
    return name, digest


def check_hashes(tally: Tally, folder: Path, edition: dict, params: dict) -> None:
    """The two hashes that the registry shows for an edition."""
    tally.check("snapshot_hash", edition["snapshot_hash"], snapshot_hash(folder / "snapshot"), "snapshot_hash")
    tally.check("params_hash", edition["params_hash"], params_hash(params), "params_hash")


def check_table(tally: Tally, folder: Path, results: dict) -> None:
    """results.csv says what results.json says."""
    written = (folder / "results.csv").read_text(encoding="utf-8").splitlines()
    made = results_table(results["organisations"]).splitlines()
    tally.check("rows of results.csv", len(written), len(made), "The number of rows of results.csv")
    for number, (one, other) in enumerate(zip(written, made, strict=False), 1):
        tally.check("rows of results.csv", one, other, f"results.csv, line {number}")

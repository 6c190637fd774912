"""The command: recompute an edition from its open data, and say how far the published figures are from it."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import monotonic

from public_value.recompute.bundle import (
    Unusable,
    check_hashes,
    check_sums,
    check_table,
    read_json,
    refuse_incomplete,
)
from public_value.recompute.comparing import Tally, compare, compare_bodies
from public_value.recompute.edition import compute_with_draws
from public_value.recompute.publishing import published_entries
from public_value.recompute.reading import read_pack

MOST_SHOWN = 20
HELP = """usage: python recompute.py [FOLDER]

Recomputes every published number of an edition of the public value index from its open data, and compares. FOLDER is
where the bundle was unpacked; where it is not given, the folder of this file. It needs Python 3.12 and nothing else.
Ends with 0 where all agree, 1 where something differs, 2 where the folder cannot be used."""


def main(arguments: Sequence[str]) -> int:
    """Run the command with its arguments; gives the exit code."""
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        print(HELP)
        return 0 if arguments[0] in ("-h", "--help") else 2
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        tally = check_bundle(folder)
    except Unusable as unusable:
        print(unusable, file=sys.stderr)
        return 2
    print_tally(tally)
    return 1 if tally.wrong else 0


def check_bundle(folder: Path) -> Tally:
    """Check the files, the hashes and every figure. Raises Unusable."""
    refuse_incomplete(folder)
    tally = Tally()
    check_sums(tally, folder)
    edition, params, results = (read_json(folder, f"{name}.json") for name in ("edition", "parameters", "results"))
    try:
        print(f"Edition {edition['label']}, revision {edition['revision']}: {edition['draws']:,} draws", flush=True)
        check_hashes(tally, folder, edition, params)
        check_table(tally, folder, results)
        check_figures(tally, folder, edition, params, results)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unusable(f"A file of the bundle is not in its form: {type(error).__name__}, {error}.") from error
    except ValueError as error:
        raise Unusable(str(error)) from error
    return tally


def check_figures(tally: Tally, folder: Path, edition: dict, params: dict, results: dict) -> None:
    snapshot = date.fromisoformat(edition["snapshot_date"])
    pack = folder / "snapshot"
    computed, drawn = compute_with_draws(pack, edition["seed"], snapshot, params, edition["draws"], Progress())
    read, held = read_pack(pack, snapshot, params), edition.get("held_for_review", [])
    entries = published_entries(read, computed["organisations"], drawn, params, held)
    for name in ("label", "revision"):
        compare(tally, "label and revision", results[name], edition[name], f"results.json, {name}")
    compare(tally, "method", edition["method"], params["method_version"], "edition.json, method")
    compare_bodies(tally, results["organisations"], entries)
    compare(tally, "functions", results["functions"], computed["functions"], "functions")


class Progress:
    """Says how far it is, at most every two seconds, where it disturbs no file."""

    def __init__(self) -> None:
        self.said = monotonic()

    def __call__(self, done: int, total: int) -> None:
        if monotonic() - self.said >= 2:
            self.said = monotonic()
            print(f"  drawn: {done:,} of {total:,} bodies", file=sys.stderr, flush=True)


def print_tally(tally: Tally) -> None:
    print(f"{'figure':<24} {'checked':>9}  largest difference")
    for name, figure in tally.figures.items():
        largest = "" if figure.largest is None else f"{figure.largest:.1e}" if figure.largest else "0"
        wrong = f"  {len(figure.wrong):,} DIFFER" if figure.wrong else ""
        print(f"{name:<24} {figure.checked:>9,}  {largest}{wrong}".rstrip())
    for line in tally.wrong[:MOST_SHOWN]:
        print(line)
    if tally.wrong:
        print(f"{len(tally.wrong):,} of {tally.checked:,} published values are not what comes out.")
    else:
        print(f"All {tally.checked:,} published values are what comes out.")

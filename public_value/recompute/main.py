"""The command: recompute an edition from its open data, and say how far the published figures are from it."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import monotonic

from public_value.recompute.bundle import (
    NEEDED_OF_EARLIER,
    TRENDS,
    Unusable,
    check_hashes,
    check_sums,
    check_table,
    read_json,
    refuse_incomplete,
)
from public_value.recompute.comparing import Tally, compare, compare_bodies, compare_figures
from public_value.recompute.edition import compute_with_draws
from public_value.recompute.publishing import published_entries
from public_value.recompute.reading import Pack, read_pack
from public_value.recompute.robustness import robustness
from public_value.recompute.rungs import check_ladder
from public_value.recompute.sensitivity import sensitivity
from public_value.recompute.sharing import sharing_of
from public_value.recompute.trend import Recorded, trends_between

MOST_SHOWN = 20
BEFORE = "--before"
HELP = """usage: python recompute.py [FOLDER] [--before EARLIER]

Recomputes every published number of an edition of the public value index from its open data, and compares: those of
each body, of each function, and of all bodies together. What was realised is only added up: the README says why. FOLDER
is where the bundle was unpacked; where it is not given, the folder of this file. EARLIER is where the bundle of the
edition before was unpacked: the changes since then need both. It needs Python 3.12 and nothing else.
Ends with 0 where all agree, 1 where something differs, 2 where the folder cannot be used."""


def main(arguments: Sequence[str]) -> int:
    """Run the command with its arguments; gives the exit code."""
    folders, earlier = list(arguments), None
    if BEFORE in folders[:-1]:
        place = folders.index(BEFORE)
        earlier = Path(folders[place + 1])
        del folders[place : place + 2]
    if len(folders) > 1 or (folders and folders[0].startswith("-")):
        print(HELP)
        return 0 if folders[0] in ("-h", "--help") else 2
    folder = Path(folders[0]) if folders else Path(__file__).resolve().parent
    try:
        tally = check_bundle(folder, earlier)
    except Unusable as unusable:
        print(unusable, file=sys.stderr)
        return 2
    print_tally(tally)
    return 1 if tally.wrong else 0


def check_bundle(folder: Path, earlier: Path | None = None) -> Tally:
    """Check the files, the hashes and every figure; changes only beside the `earlier` bundle. Raises Unusable."""
    refuse_incomplete(folder)
    tally = Tally()
    check_sums(tally, folder)
    edition, params, results = (read_json(folder, f"{name}.json") for name in ("edition", "parameters", "results"))
    try:
        print(f"Edition {edition['label']}, revision {edition['revision']}: {edition['draws']:,} draws", flush=True)
        check_hashes(tally, folder, edition, params)
        check_table(tally, folder, results)
        check_figures(tally, folder, edition, params, results)
        check_trends(tally, folder, earlier, edition, params)
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
    paused = edition.get("paused_by_dispute")
    entries = published_entries(read, computed["organisations"], drawn, params, held, paused)
    for name in ("label", "revision"):
        compare(tally, "label and revision", results[name], edition[name], f"results.json, {name}")
    compare(tally, "method", edition["method"], params["method_version"], "edition.json, method")
    compare_bodies(tally, results["organisations"], entries)
    compare(tally, "functions", results["functions"], computed["functions"], "functions")
    check_whole(tally, read, computed["organisations"], edition["seed"], params, results)
    check_ladder(tally, read, params, results["ladder"], (folder / "realised.csv").read_text(encoding="utf-8"))


def check_trends(tally: Tally, folder: Path, earlier: Path | None, edition: dict, params: dict) -> None:
    """How scores came from those of the edition before, where there is one and its bundle is at hand."""
    if not (folder / TRENDS).is_file():
        return
    published = read_json(folder, TRENDS)
    since = published["since"]
    if earlier is None:
        print(f"Changes are not checked: unpack the bundle of {since['label']} and add {BEFORE} and its folder.")
        return
    refuse_incomplete(earlier, NEEDED_OF_EARLIER)
    before = read_json(earlier, "edition.json")
    for name in ("label", "revision", "snapshot_hash"):
        tally.check("edition before", since[name], before[name], f"{TRENDS}, since {name}")
    check_hashes(tally, earlier, before, read_json(earlier, "parameters.json"))
    then, now = recorded_of(earlier, before), recorded_of(folder, edition)
    compare_figures(tally, published["organisations"], trends_between(then, now, params, published["renamed"]))


def recorded_of(folder: Path, edition: dict) -> Recorded:
    day = date.fromisoformat(edition["snapshot_date"])
    return Recorded(folder / "snapshot", day, edition["seed"], edition["draws"])


def check_whole(tally: Tally, pack: Pack, computed: dict, seed: str, params: dict, results: dict) -> None:
    """What holds of all bodies together; editions that are older than these figures have none."""
    if published := told(results, "robustness"):
        found = robustness(pack, computed, params)
        compare(tally, "robustness", sorted(published["groups"]), sorted(found["groups"]), "robustness, groups")
        compare(tally, "robustness", published, found, "robustness")
    if published := told(results, "sensitivity"):
        progress, runs = Progress("varied"), positive(published["runs"])
        found = sensitivity(pack, sharing_of(pack, params), computed, seed, runs, params, progress)
        compare(tally, "sensitivity", published, found, "sensitivity")


def told(results: dict, name: str) -> dict | None:
    """A part of the results; where it is not published, that is said."""
    if results.get(name) is None:
        print(f"No {name} is published with this edition, so there is none to check.", flush=True)
    return results.get(name)


def positive(runs: object) -> int:
    if not isinstance(runs, int) or runs < 1:
        raise ValueError(f"results.json states {runs!r} runs of the sensitivity, and it takes 1 at least.")
    return runs


class Progress:
    """Says how far it is, at most every two seconds, where it disturbs no file."""

    def __init__(self, done: str = "drawn") -> None:
        self.done, self.said = done, monotonic()

    def __call__(self, done: int, total: int) -> None:
        if monotonic() - self.said >= 2:
            self.said = monotonic()
            print(f"  {self.done}: {done:,} of {total:,} bodies", file=sys.stderr, flush=True)


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

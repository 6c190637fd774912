"""The open data of an edition as one zip: what it was computed from, by which rules, what came out, and the proof."""

import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Mapping
from functools import partial

from public_value.bundle.readme import readme
from public_value.bundle.results import existed, published_results, realised_savings
from public_value.bundle.script import script
from public_value.bundle.trends import published_trends
from public_value.bundle.zipping import zipped
from public_value.gate import paused
from public_value.models import Edition
from public_value.recompute.rungs import realised_table
from public_value.recompute.table import results_table

_STATED = (
    *("label", "revision", "erratum", "seed", "draws", "code_version", "params_hash", "snapshot_hash"),
    *("benchmark_edition", "base_financial_year", "note"),
)
_DATES = ("snapshot_date", "started_at", "computed_at", "reply_from", "reply_until", "published_at")


def bundle(edition: Edition, held: Collection[str]) -> bytes:
    """The zip of an edition whose snapshot is kept. `held` are the slugs of bodies that are held for review.

    The same edition and the same code give the same bytes. Memory holds one file of the snapshot, and all compressed.
    """
    with zipfile.ZipFile(io.BytesIO(edition.snapshot.content)) as snapshot:
        own = _own_files(edition, held, snapshot)
        files = {name: partial(own.get, name) for name in own}
        files |= {f"snapshot/{name}": partial(snapshot.read, name) for name in snapshot.namelist()}
        sums = "".join(f"{hashlib.sha256(read()).hexdigest()}  {name}\n" for name, read in sorted(files.items()))
        files["SHA256SUMS"] = sums.encode
        return zipped((name, files[name]()) for name in sorted(files))


def _own_files(edition: Edition, held: Collection[str], snapshot: zipfile.ZipFile) -> dict[str, bytes]:
    """What stands beside the snapshot."""
    listed, disputed = existed(snapshot, edition.snapshot_date), paused(edition)
    results = published_results(edition, listed, held, disputed, edition.snapshot.drafts)
    trends = {} if edition.compared_with is None else {"trends.json": _json(published_trends(edition, listed, held))}
    return trends | {
        "README.txt": readme(edition).encode(),
        "edition.json": _json(about(edition, held, disputed)),
        "parameters.json": edition.parameters.encode(),
        "realised.csv": realised_table(realised_savings(edition, listed)).encode(),
        "recompute.py": script().encode(),
        "results.csv": results_table(results["organisations"]).encode(),
        "results.json": _json(results),
    }


def about(edition: Edition, held: Collection[str], disputed: Mapping[str, list[str]]) -> dict[str, object]:
    """What the edition is, and what it was made of: `edition.json`."""
    dates = {name: getattr(edition, name) for name in _DATES}
    return {
        "method": edition.method_version,
        **{name: getattr(edition, name) for name in _STATED},
        **{name: value.isoformat() if value else None for name, value in dates.items()},
        "held_for_review": sorted(held),
        "paused_by_dispute": disputed,
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()

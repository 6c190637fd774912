"""What is recorded now, frozen: the exported pack with its hash, and without what is not public yet."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from public_value.bundle.drafts import hide_drafts
from public_value.bundle.normalising import normalise
from public_value.bundle.zipping import zipped
from public_value.methodology import sha256_of
from public_value.pack import EVERY_SHEET
from registry.pack.exporting import export_pack


@dataclass(frozen=True)
class Frozen:
    """`hash` is SHA-256 over {file name: SHA-256 of its bytes}; `content` a zip of the files; `drafts` by which name
    each component that is not public yet goes in them."""

    hash: str
    content: bytes
    drafts: Mapping[str, str]


def frozen(on: date, *, keep: bool = True) -> Frozen:
    """The pack of the registry as this transaction sees it, its rows normalised for the day `on`. Memory holds one of
    its files, and all of them compressed.

    `keep=False` names it only: the content is empty, and nothing is compressed.
    """
    with tempfile.TemporaryDirectory(prefix="snapshot-") as folder:
        export_pack(Path(folder), sheets=EVERY_SHEET)
        normalise(Path(folder), on)
        drafts = hide_drafts(Path(folder))
        paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        names = {path: path.relative_to(folder).as_posix() for path in paths}
        named = sha256_of({name: _sha256(path) for path, name in names.items()})
        content = zipped((name, path.read_bytes()) for path, name in names.items()) if keep else b""
    return Frozen(named, content, drafts)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Hashes that let a stranger check which parameters and which data made an edition (1.16, 1.18)."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any


def canonical_json(value: Any) -> str:
    """Sorted keys, no spaces; whole numbers as integers, any other number as a string of its shortest plain decimal."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else format(Decimal(repr(value)), "f")
    return value


def sha256_of(value: Any) -> str:
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()


def params_hash(params: dict) -> str:
    """SHA-256 of a method's parameters, as 64 hexadecimal digits."""
    return sha256_of(params)


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def snapshot_hash(folder: Path) -> str:
    """SHA-256 over the name and SHA-256 of each of a pack's files, as 64 hexadecimal digits."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sha256_of({path.relative_to(folder).as_posix(): file_hash(path) for path in files})

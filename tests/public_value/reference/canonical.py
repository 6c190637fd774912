"""Hashes that let a stranger check which parameters and which data made an edition (1.16, 1.18)."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

PACK_FILES = (
    *("pack.toml", "organisations.csv", "functions.csv", "benchmarks.csv", "components.csv", "relations.csv"),
    *("volumes.csv", "accounts.csv", "contributions.csv", "adoptions.csv", "duplicates.csv"),
    *("payments.csv", "spend.csv"),
)


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


def snapshot_hash(folder: Path) -> str:
    """SHA-256 over the name and SHA-256 of each of the pack's files that exist, as 64 hexadecimal digits."""
    present = [name for name in PACK_FILES if (folder / name).exists()]
    return sha256_of({name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in present})

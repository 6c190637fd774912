"""Reproducible uniform numbers by counter: SplitMix64 on streams named by text (specification 1.11)."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .measures import Floats

_GOLDEN = 0x9E3779B97F4A7C15
_WORD = 2**64 - 1


def stream_key(seed: str, stream: str) -> int:
    """Big-endian first 8 bytes of SHA-256("PVI|" + seed + "|" + stream); streams: "G", "O:" + uid; for the
    sensitivity those two with "A:" or "B:" before them, and "S:" + uid."""
    return int.from_bytes(hashlib.sha256(f"PVI|{seed}|{stream}".encode()).digest()[:8], "big")


def uniforms(keys: Sequence[int] | NDArray[np.uint64], slot: int, draws: int) -> Floats:
    """u(stream, k, slot) in [0, 1) for each stream key (m) and draw k = 0 … draws − 1: shape (m, draws)."""
    first = ((slot + 1) * _GOLDEN) & _WORD
    counters = np.arange(draws, dtype=np.uint64) * np.uint64((64 * _GOLDEN) & _WORD) + np.uint64(first)
    state = np.asarray(keys, dtype=np.uint64)[:, None] + counters
    return (splitmix64(state) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def splitmix64(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser (Steele, Lea and Flood 2014) of each 64-bit state; changes nothing in place."""
    mixed = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))

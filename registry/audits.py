"""Which of a steward's attestations of a year are audited (AG-2): drawn so that anybody can draw them again.

The seed is the SHA-256 of the year's published list, so that nobody chooses it and nobody knows it before the year is
over. Each attestation gets the first number of its own stream of the index's generator (SplitMix64); those with the
smallest numbers are drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from registry.models import Attestation, Organisation

LEAST, ONE_IN = 5, 20
_GOLDEN, _WORD = 0x9E3779B97F4A7C15, 2**64 - 1


@dataclass(frozen=True)
class Draw:
    """`keys` are the ids of the attestations that are audited."""

    seed: str
    keys: tuple[int, ...]


def given_in(steward: Organisation, year: int) -> list[Attestation]:
    """What a steward attested in a year, in the order of its numbers; also what was taken back or is void since."""
    given = Attestation.objects.of_use().filter(steward=steward, answered_on__year=year).exclude(state="declined")
    return list(given.select_related("organisation", "function", "component").order_by("pk"))


def line(one: Attestation) -> str:
    """As the published list has it: number, body, function, component, day."""
    return f"{one.pk}|{one.organisation.slug}|{one.function.slug}|{one.component.slug}|{one.answered_on}"


def draw(steward: str, year: int, lines: Sequence[str]) -> Draw:
    """5 % of them, at least 5, all where there are fewer. `lines` begin with the attestations' numbers."""
    seed = sha256("\n".join([f"{steward}|{year}", *lines]).encode()).hexdigest()
    keys = [int(one.split("|", 1)[0]) for one in lines]
    number = min(len(keys), max(LEAST, ceil(len(keys) / ONE_IN)))
    ordered = sorted(keys, key=lambda key: (first_number(seed, f"A:{key}"), key))
    return Draw(seed, tuple(ordered[:number]))


def first_number(seed: str, stream: str) -> float:
    """u(stream, 0, 0) in [0, 1), as the index's method has it (1.11)."""
    state = int.from_bytes(sha256(f"PVI|{seed}|{stream}".encode()).digest()[:8], "big")
    mixed = (state + _GOLDEN) & _WORD
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
    return ((mixed ^ (mixed >> 31)) >> 11) * 2.0**-53

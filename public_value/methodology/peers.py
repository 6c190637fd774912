"""Among whom a body's place is shown: its own peer group, or the nearest parent that is large enough (1.12, 1.18)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ENOUGH_PEERS = 10
"""Fewest bodies with a published score that are compared with each other."""

Parents = Mapping[str, str | None]
"""The parent of each peer group, None where it has none."""


@dataclass(frozen=True)
class ShownAmong:
    """The group that a place is shown in, and the peer groups whose bodies are its members: itself alone, or a parent
    with all below it."""

    group: str
    kinds: frozenset[str]


def shown_among(scored: Mapping[str, int], parents: Parents) -> dict[str, ShownAmong]:
    """For each peer group where its bodies' places are shown; one that is not in the answer shows none.

    `scored`: how many published scores each peer group has of its own.
    """
    found = {}
    for own in scored:
        parts = {own: frozenset({own}), **{up: within(up, parents) for up in above(own, parents)}}
        choices = (ShownAmong(group, kinds) for group, kinds in parts.items())
        enough = (one for one in choices if sum(scored.get(kind, 0) for kind in one.kinds) >= ENOUGH_PEERS)
        if first := next(enough, None):
            found[own] = first
    return found


def within(group: str, parents: Parents) -> frozenset[str]:
    """A peer group and all below it."""
    return frozenset({group, *(kind for kind in parents if group in above(kind, parents))})


def above(group: str, parents: Parents) -> Iterator[str]:
    """The parents of a peer group, the nearest first."""
    parent = parents.get(group)
    while parent:
        yield parent
        parent = parents.get(parent)

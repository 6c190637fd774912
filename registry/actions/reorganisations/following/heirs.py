"""To whom the work of each body passes."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.models import Becoming, Organisation, Reorganisation


@dataclass(frozen=True)
class Heirs:
    """A body, to which bodies its work passes, and which of them gets what cannot be had by two. Nobody: it ends."""

    leaving: Organisation
    to: tuple[Organisation, ...]
    heir: Organisation | None

    @property
    def ends(self) -> bool:
        return self.leaving not in self.to


def heirs(found: Reorganisation, becomings: list[Becoming]) -> list[Heirs]:
    """`becomings` with the bodies that they are by now."""
    bodies = {row.pk: row.organisation for row in becomings}
    rows = []
    for leaving in found.leavings.select_related("organisation").prefetch_related("passings"):
        passings = sorted(leaving.passings.all(), key=lambda one: not one.heir)
        to = tuple(body for one in passings if (body := bodies[one.becoming_id]))
        # Renamed, it is not among those to which anything passes: it goes on as itself.
        stays = tuple(body for body in bodies.values() if body == leaving.organisation)
        rows.append(Heirs(leaving.organisation, to or stays, to[0] if to else None))
    return rows


def ending(rows: list[Heirs]) -> list[Heirs]:
    return [row for row in rows if row.ends]


def by_heir(rows: list[Heirs]) -> Iterator[tuple[Organisation | None, list[int]]]:
    """The bodies that end, by who gets what they had; None where nobody goes on."""
    found: dict[Organisation | None, list[int]] = {}
    for row in ending(rows):
        found.setdefault(row.heir, []).append(row.leaving.pk)
    yield from found.items()

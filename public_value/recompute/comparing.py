"""Two structures of figures, leaf by leaf: what was published, and what was computed again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from public_value.recompute.canonical import canonical_json

TOLERANCE = 1e-9  # of the larger of 1 and the number: two orders of adding doubles differ by less
ABSENT = object()


@dataclass
class Figure:
    """How many values of one kind were checked, the largest difference of two numbers, and what disagrees."""

    checked: int = 0
    largest: float | None = None
    wrong: list[str] = field(default_factory=list)


@dataclass
class Tally:
    figures: dict[str, Figure] = field(default_factory=dict)

    def check(self, figure: str, published: object, computed: object, place: str) -> None:
        """Count one value, and keep it where it is not what was computed."""
        kept = self.figures.setdefault(figure, Figure())
        kept.checked += 1
        if is_number(published) and is_number(computed):
            difference = abs(published - computed)
            kept.largest = max(difference, kept.largest or 0.0)
            right = difference <= TOLERANCE * max(1.0, abs(computed))
        else:
            right = published == computed
        if not right:
            shown = "nothing that can be recomputed" if computed is ABSENT else repr(computed)
            kept.wrong.append(f"{place}: {published!r} is published, {shown} comes out.")

    @property
    def checked(self) -> int:
        return sum(figure.checked for figure in self.figures.values())

    @property
    def wrong(self) -> list[str]:
        return [line for figure in self.figures.values() for line in figure.wrong]


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def compare(tally: Tally, figure: str, published: object, computed: object, place: str) -> None:
    """Check every leaf of `published`; what was computed beside it was not published, and is nobody's business."""
    if isinstance(published, Mapping):
        for name in sorted(published):
            other = computed.get(name, ABSENT) if isinstance(computed, Mapping) else ABSENT
            compare(tally, figure, published[name], other, f"{place}, {name}")
    elif isinstance(published, list) and isinstance(computed, list) and len(published) == len(computed):
        pairs = zip(sorted(published, key=canonical_json), sorted(computed, key=canonical_json), strict=True)
        for one, other in pairs:
            compare(tally, figure, one, other, place)
    else:
        tally.check(figure, published, computed, place)


def compare_bodies(tally: Tally, published: Mapping[str, Mapping], computed: Mapping[str, Mapping]) -> None:
    """Each figure of each body under its own heading, and that the same bodies are there."""
    compare(tally, "organisations", sorted(published), sorted(computed), "The bodies of the edition")
    compare_figures(tally, published, computed)


def compare_figures(tally: Tally, published: Mapping[str, Mapping], computed: Mapping[str, Mapping]) -> None:
    for uid in sorted(published):
        compare_names(tally, "function_contributions", published[uid], computed.get(uid, {}), uid)
        for name in sorted(published[uid]):
            compare(tally, name, published[uid][name], computed.get(uid, {}).get(name, ABSENT), f"{uid}, {name}")


def compare_names(tally: Tally, figure: str, published: Mapping, computed: Mapping, uid: str) -> None:
    """That nothing is left out of a figure by name: what is not shown of it says so by a null."""
    names = [sorted(entry.get(figure) or ()) for entry in (published, computed)]
    compare(tally, figure, *names, f"{uid}, the names in {figure}")

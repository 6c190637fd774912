"""What a choice needs beside it, and what it does not bear."""

from collections.abc import Iterator

from catalogue.assembly.parts import ADVICE, NOTE, PROBLEM, Assembly, Finding, Named, Place


def missing_bricks(assembly: Assembly) -> Iterator[Finding]:
    """Slots that nothing fills: no component exists, or none was chosen. What is optional is said together."""
    empty = [place for place in assembly.places if place.slug not in assembly.chosen]
    for place in empty:
        if place.required:
            yield Finding(kind="missing", weight=PROBLEM, sentence=_missing(place))
    if names := ", ".join(f"“{place.name}”" for place in empty if not place.required):
        said = f"Left empty, and the service works without it: {names}."
        yield Finding(kind="missing", weight=NOTE, sentence=said)


def _missing(place: Place) -> str:
    where = f"step {place.step}" + (f", {place.step_name}" if place.step_name else "")
    if not place.candidates:
        return f"No shared component exists for “{place.name}” ({where})."
    count = "1 component could" if place.candidates == 1 else f"{place.candidates} components could"
    return f"Nothing is chosen for “{place.name}” ({where}). {count} fill it."


def unmet_requirements(assembly: Assembly) -> Iterator[Finding]:
    """Everything that a chosen component requires, at first or second hand, and that is not chosen. Circles end."""
    taken = set(assembly.taken)
    needs: dict[str, list[str]] = {}
    for tie in assembly.ties:
        if tie.relation == "requires":
            needs.setdefault(tie.one, []).append(tie.other)
    seen, ahead = set(taken), [(slug, slug) for slug in assembly.taken]
    while ahead:
        slug, root = ahead.pop(0)
        for other in sorted(needs.get(slug, ())):
            if other in seen:
                continue
            seen.add(other)
            ahead.append((other, root))
            yield _unmet(assembly, slug, other, root)


def _unmet(assembly: Assembly, slug: str, other: str, root: str) -> Finding:
    said = f"{assembly.name(slug)} needs {assembly.name(other)}, which is not in the assembly."
    if slug != root:
        said += f" It comes with {assembly.name(root)}."
    needed = Named(other, assembly.name(other))
    about = (Named(slug, assembly.name(slug)), needed)
    return Finding(kind="requirement", weight=PROBLEM, sentence=said, about=about, add=needed)


CLASHES = {
    "conflicts_with": (PROBLEM, "{0} does not work with {1}. Choose another one in place of either."),
    "replaces": (ADVICE, "{0} replaces {1}: to run both is to do the same work twice."),
    "alternative_to": (ADVICE, "{0} and {1} do the same. One of them may be enough."),
}


def conflicts(assembly: Assembly) -> Iterator[Finding]:
    for one, other, relation in assembly.among(*CLASHES):
        weight, words = CLASHES[relation]
        said = words.format(one.name, other.name)
        yield Finding(kind="conflict", weight=weight, sentence=said, about=(one.named, other.named))

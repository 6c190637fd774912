"""Whether components that hand work to each other speak a language in common, as far as anybody has said."""

from collections.abc import Iterator

from catalogue.assembly.parts import ADVICE, NOTE, Assembly, Brick, Finding, Named


def standards_gaps(assembly: Assembly) -> Iterator[Finding]:
    silent = [brick for brick in assembly.parts if not brick.standards]
    for one, other in neighbours(assembly):
        if one.standards and other.standards and not set(one.standards) & set(other.standards):
            yield _apart(one, other, vouched(assembly, one, other))
    if silent and len(assembly.taken) > 1:
        names = ", ".join(brick.name for brick in silent)
        said = f"Nobody has said which standards these follow, so whether they fit is not known: {names}."
        yield Finding(kind="standard", weight=NOTE, sentence=said, about=tuple(brick.named for brick in silent))


def neighbours(assembly: Assembly) -> list[tuple[Brick, Brick]]:
    """Pairs that hand work to each other: tied by a relation, or in the same step or the next one that is filled."""
    pairs = {
        frozenset((one.slug, other.slug)): (one, other) for one, other, _ in assembly.among("requires", "works_with")
    }
    steps: dict[int, list[Brick]] = {}
    for place in assembly.places:
        if place.slug in assembly.chosen:
            steps.setdefault(place.step, []).append(assembly.bricks[assembly.chosen[place.slug]])
    filled = [steps[number] for number in sorted(steps)]
    for here, beyond in zip(filled, [*filled[1:], []], strict=False):
        for rank, one in enumerate(here, 1):
            for other in [*here[rank:], *beyond]:
                if one.slug != other.slug:
                    pairs.setdefault(frozenset((one.slug, other.slug)), (one, other))
    return list(pairs.values())


def vouched(assembly: Assembly, one: Brick, other: Brick) -> bool:
    """Whether somebody has said that the two work together."""
    return any({one.slug, other.slug} == {left.slug, right.slug} for left, right, _ in assembly.among("works_with"))


def _apart(one: Brick, other: Brick, works: bool) -> Finding:
    def offers(brick: Brick) -> str:
        return f"{brick.name} follows {listed(brick.standards)}"

    said = f"No standard in common: {offers(one)}; {offers(other)}."
    said += " It is said that they work together." if works else " Ask how the two exchange what they need."
    weight = NOTE if works else ADVICE
    return Finding(kind="standard", weight=weight, sentence=said, about=(one.named, other.named))


def listed(standards: tuple[Named, ...]) -> str:
    return ", ".join(standard.name for standard in standards)

"""Whether what is chosen should be taken up at all, and by this body."""

from collections.abc import Iterator
from datetime import date

from catalogue.assembly.parts import ADVICE, NOTE, PROBLEM, Assembly, Brick, Finding

YOUNG = {"alpha": "on trial (alpha)", "beta": "not finished (beta)"}


def lifecycle_problems(assembly: Assembly) -> Iterator[Finding]:
    for brick in assembly.parts:
        if brick.lifecycle == "retired":
            yield _ending(brick, PROBLEM, "is retired: it is no longer offered.")
        elif brick.ends_on and assembly.today and brick.ends_on <= assembly.today:
            yield _ending(brick, PROBLEM, f"was switched off on {_day(brick.ends_on)}.")
        elif brick.lifecycle == "deprecated":
            end = f" and ends on {_day(brick.ends_on)}" if brick.ends_on else ""
            yield _ending(brick, PROBLEM, f"is deprecated{end}: do not take it up any more.")
        elif brick.ends_on:
            yield _ending(brick, ADVICE, f"ends on {_day(brick.ends_on)}.")
        elif brick.lifecycle in YOUNG:
            said = f"{brick.name} is {YOUNG[brick.lifecycle]}. Expect changes."
            yield Finding(kind="lifecycle", weight=NOTE, sentence=said, about=(brick.named,))


def _ending(brick: Brick, weight: str, what: str) -> Finding:
    named = f"Its successor is {brick.successor.name}." if brick.successor else "No successor has been named."
    said = f"{brick.name} {what} {named}"
    return Finding(kind="lifecycle", weight=weight, sentence=said, about=(brick.named,), add=brick.successor)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def not_available(assembly: Assembly) -> Iterator[Finding]:
    """Components that are made for other kinds of bodies than the one that would use them."""
    if assembly.body is None:
        return
    for brick in assembly.parts:
        made_for = {group.slug for group in brick.available_to}
        if not made_for or made_for & assembly.body.peer_groups:
            continue
        kinds = ", ".join(group.name for group in brick.available_to)
        said = f"{brick.name} is offered to {kinds} only. "
        if assembly.body.peer_groups:
            yield _unavailable(brick, PROBLEM, f"{said}{assembly.body.name} is none of them.")
        else:
            yield _unavailable(brick, ADVICE, f"{said}What kind of body {assembly.body.name} is has not been stated.")


def _unavailable(brick: Brick, weight: str, said: str) -> Finding:
    return Finding(kind="availability", weight=weight, sentence=said, about=(brick.named,))

"""What bodies found when they took a component up: a few of those that use it, or stopped."""

from typing import Any

from generator.chance import Chance
from generator.days import before_snapshot

Row = dict[str, Any]

# what went well, what stood in the way, weeks
FOUND = (
    ("The steward answered every question on the same day.", "Our firewall kept out the test account for a week.", 6),
    ("Staff needed half an hour to learn it. **Calls fell by a third** in the first month.", "", 9),
    ("Leaving the old supplier was harder than joining: it gave our records back as pictures.", "", 31),
    ("", "It has no link to our case system yet, so we type some things twice.", 14),
    ("Two other councils showed us theirs, which convinced the members.", "The agreement lay with our lawyers.", 12),
    ("It did what the page says.", "", ""),
    (
        "We moved one team at a time:\n\n1. the front desk,\n2. the back office,\n3. everybody.",
        "The third team found a case that nobody had thought of. The steward mended it in two weeks.",
        20,
    ),
)
STOPPED = ("It worked as long as we used it.", "We merged with a body that has another one.", 10)
SHARE = 0.12  # of the bodies that took a component up


def review_rows(adoptions: list[Row]) -> list[Row]:
    """One review at most for each body and component, in the order of the adoptions."""
    rows: dict[tuple[str, str], Row] = {}
    for adoption in adoptions:
        key = adoption["organisation"], adoption["component"]
        chance = Chance("review", *key)
        if adoption["stage"] != "planned" and key not in rows and chance.happens(SHARE):
            rows[key] = review_row(*key, stopped=adoption["stage"] == "retired", chance=chance)
    return list(rows.values())


def review_row(body: str, component: str, *, stopped: bool, chance: Chance) -> Row:
    well, blocked, weeks = STOPPED if stopped else chance.pick(FOUND)
    return {
        "organisation": body,
        "component": component,
        "written_on": before_snapshot(chance.whole(5, 500)),
        "went_well": well,
        "blocked": blocked,
        "weeks_to_adopt": weeks,
    }

"""“3 components already do this”: asked before a component is recorded. Nothing is refused by it."""

from collections.abc import Collection

from catalogue.readers import ComponentDescription
from catalogue.similar.answering import Likeness, similar
from catalogue.similar.question import of_description

TOLD = ("very", "alike")
MOST = 5


def already_there(description: ComponentDescription, *, excluding: Collection[int] = ()) -> list[Likeness]:
    """Components that are alike or very alike, the most alike first. `excluding` are ids, such as its own."""
    found = similar(of_description(description), most=MOST, excluding=excluding)
    return [one for one in found.components if one.level in TOLD]

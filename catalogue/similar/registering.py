"""“3 components already do this”: asked where a component is recorded. Nothing is refused by it."""

from collections.abc import Collection

from catalogue.describing import Values
from catalogue.models import Component
from catalogue.readers import ComponentDescription
from catalogue.similar.answering import Likeness, similar
from catalogue.similar.question import Question, of_component, of_description

TOLD = ("very", "alike")
MOST = 5


def already_there(description: ComponentDescription, *, excluding: Collection[int] = ()) -> list[Likeness]:
    """Components that are alike or very alike, the most alike first. `excluding` are ids, such as its own."""
    return told(of_description(description), excluding)


def already_recorded(
    component: Component, *, excluding: Collection[int] = (), said: Values | None = None
) -> list[Likeness]:
    """The same for one that was recorded just now. `said` is what is recorded of it, where that is known already."""
    return told(of_component(component, said), {component.pk, *excluding})


def told(question: Question, excluding: Collection[int]) -> list[Likeness]:
    found = similar(question, most=MOST, excluding=excluding)
    return [one for one in found.components if one.level in TOLD]

"""What follows in the same act from what is recorded: links to look at, and stewards to tell and to ask."""

from collections.abc import Collection, Sequence

from registry.actions.adopted import tell_stewards
from registry.actions.attestations.asking import ask_stewards
from registry.actions.attestations.keeping import end_with_statements
from registry.actions.evidence_links import note_links
from registry.models import Declaration, Event, Organisation


def follow_up(
    organisation: Organisation,
    functions: Collection[int],
    event: Event,
    *,
    recorded: Sequence[Declaration],
    ended: Collection[Declaration],
) -> set[int]:
    """For what a body says anew of these functions, by id. Returns the components to look for anew in the search."""
    note_links(recorded)
    tell_stewards(recorded, event)
    end_with_statements(organisation, functions, event)
    ask_stewards(organisation, recorded, event)
    return {one.component_id for one in (*recorded, *ended) if one.component_id}

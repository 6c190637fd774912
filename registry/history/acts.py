"""What was done to one thing that keeps its acts in its own row: each act that a state of the row ever named."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from registry.history.who import knowing
from registry.models import Event, Organisation


def acts_of(
    thing: Model, fields: Sequence[str], *, body: Organisation | None = None, inside: bool = False
) -> list[dict[str, Any]]:
    """{at, text, by, reason}, the newest first: three queries. `inside`: with people's names."""
    states = [getattr(thing, f"{name}_id") for name in fields]
    for kept in thing.events.values_list(*fields):
        states += kept
    events = Event.objects.filter(pk__in={pk for pk in states if pk}).select_related("by", "token__organisation")
    found = list(events.order_by("-at", "-pk"))
    names = knowing(found, [body] if body else [])
    tell = names.inside if inside else names.public
    return [
        {
            "at": event.at,
            "text": event.get_act_display(),
            "by": tell(event, body),
            "reason": event.detail.get("reason", ""),
        }
        for event in found
    ]

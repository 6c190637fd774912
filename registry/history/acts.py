"""What was done to one thing, act by act: to a source, a planned reorganisation, a challenge, an edition."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from commons.listing.cursors import Place
from registry.history.reading import Change
from registry.history.scopes import Scope
from registry.history.telling import Row, Teller
from registry.history.who import knowing
from registry.models import Event, Organisation

Told = Mapping[int, Row]
"""By the number of an event: `before`, `after`, and where known `body`, `organisation`, `function`, `component`."""


@dataclass(frozen=True, kw_only=True)
class Acts(Scope):
    """`events` are what was done, `what` is what kind of thing it was done to (WHAT), `tell` says what each act
    changed, in at most two queries for all that it is given."""

    of_one_kind = True
    what: str
    events: QuerySet[Event]
    tell: Callable[[Iterable[Event]], Told]

    def read(self, place: Place | None, limit: int) -> list[Change]:
        events = self.events.order_by("-at", "-pk")
        if place is not None:
            at, event, *_rest = place.keys
            beyond = "gt" if place.backwards else "lt"
            events = events.filter(Q(**{f"at__{beyond}": at}) | Q(at=at, **{f"pk__{beyond}": event}))
            if place.backwards:
                events = events.reverse()
        return [Change(at, pk, self.what, 0) for at, pk in events.values_list("at", "pk")[:limit]]

    def teller(self, inside: Collection[int] | None) -> Teller:
        return ActTeller(self.tell, inside=inside)


class ActTeller(Teller):
    def __init__(self, tell: Callable[[Iterable[Event]], Told], *, inside: Collection[int] | None = ()) -> None:
        super().__init__(inside=inside)
        self.tell = tell

    def told(self, changes: Sequence[Change], events: Mapping[int, Event]) -> Iterable[Row]:
        told = self.tell(events.values())
        return [told.get(change.event, {}) for change in changes]


def events_of(thing: Model, fields: Sequence[str]) -> QuerySet[Event]:
    """Each act that a state of the thing's own row ever named in one of `fields`."""
    states = [getattr(thing, f"{name}_id") for name in fields]
    for kept in thing.events.values_list(*fields):  # type: ignore[attr-defined]  # pghistory adds it
        states += kept
    return Event.objects.filter(pk__in={pk for pk in states if pk})


def acts_of(
    thing: Model, fields: Sequence[str], *, body: Organisation | None = None, inside: bool = False
) -> list[dict[str, Any]]:
    """{at, text, by, reason}, the newest first: three queries. `inside`: with people's names."""
    found = list(events_of(thing, fields).select_related("by", "token__organisation").order_by("-at", "-pk"))
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

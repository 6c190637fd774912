"""What was done to a source that is harvested: who named, changed and stopped it, and to whom it passed. Its readings
are in its log."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons import formatting
from registry.history.acts import Acts, Told, events_of
from registry.history.telling import difference
from registry.models import Event, Organisation, Source, SourceKind

ACTS = ("recorded_in",)
FACTS = {
    "organisation": gettext_lazy("Belongs to"),
    "kind": gettext_lazy("Kind"),
    "every_days": gettext_lazy("Days between readings"),
    "looked_after": gettext_lazy("Looked after by the body"),
    "stopped_at": gettext_lazy("No longer read since"),
}
STATE = ("recorded_in", "organisation", "kind", "every_days", "looked_after", "stopped_at")


def of_source(source: Source) -> Acts:
    """Who is written to where it fails is nobody's business."""

    def tell(events: Iterable[Event]) -> Told:
        states = [*source.events.order_by("pgh_id").values(*STATE), state_of(source)]
        names = Organisation.objects.in_bulk({state["organisation"] for state in states})
        return {
            now["recorded_in"]: difference(FACTS, words(before, names), words(now, names))
            | {"body": names[now["organisation"]]}
            for before, now in pairwise([{}, *states])
        }

    return Acts(
        name=f"source-{source.pk}-history", about=source, what="source", events=events_of(source, ACTS), tell=tell
    )


def state_of(source: Source) -> dict:
    return {name: getattr(source, f"{name}_id" if name in ("recorded_in", "organisation") else name) for name in STATE}


def words(state: dict, bodies: dict[int, Organisation]) -> dict[str, str]:
    if not state:
        return {}
    return {
        "organisation": bodies[state["organisation"]].name,
        "kind": SourceKind(state["kind"]).label,
        "every_days": formatting.number(state["every_days"]),
        "looked_after": _("yes") if state["looked_after"] else _("not said"),
        "stopped_at": formatting.plain_date(state["stopped_at"]) if state["stopped_at"] else "",
    }

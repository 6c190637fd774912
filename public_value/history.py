"""What was done to the editions of one label: computed, commented on, published, corrected."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Function
from commons import formatting
from public_value.models import Edition
from registry.history.acts import Acts, Told
from registry.history.telling import about, difference
from registry.models import Event, Organisation
from registry.models.event import ON_EDITIONS

FACTS = {
    "revision": gettext_lazy("Revision"),
    "snapshot_date": gettext_lazy("As it stood on"),
    "erratum": gettext_lazy("What was wrong"),
    "from": gettext_lazy("First day of replies"),
    "until": gettext_lazy("Last day of replies"),
    "working_days": gettext_lazy("Working days"),
    "disputed": gettext_lazy("Disputed"),
    "points": gettext_lazy("Moved by points"),
    "note": gettext_lazy("Note"),
    "held_for_review": gettext_lazy("Scores held for review"),
    "snapshot_hash": gettext_lazy("Hash of the snapshot"),
    "bundle_sha256": gettext_lazy("SHA-256 of the open data"),
}
WORDS: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("snapshot_date", "from", "until"), lambda day: formatting.plain_date(date.fromisoformat(day))),
    "points": lambda points: f"{points:+.1f}",
    "disputed": lambda disputed: _("yes") if disputed else "",
}


def of_edition(edition: Edition) -> Acts:
    """All revisions that everybody may read, in one."""
    standing = Edition.objects.standing().filter(label=edition.label).values_list("revision", flat=True)
    events = Event.objects.filter(
        act__in=ON_EDITIONS, detail__label=edition.label, detail__revision__in=[edition.revision, *standing]
    )
    return Acts(name=f"edition-{edition.label}-history", about=edition, what="edition", events=events, tell=tell)


def tell(events: Iterable[Event]) -> Told:
    events = list(events)
    bodies = Organisation.objects.in_bulk({event.detail.get("organisation") for event in events}, field_name="slug")
    functions = Function.objects.in_bulk({event.detail.get("function") for event in events}, field_name="slug")
    return {
        event.pk: about(bodies.get(event.detail.get("organisation")), functions.get(event.detail.get("function")))
        | difference(FACTS, {}, words(event.detail))
        for event in events
    }


def words(detail: Mapping[str, Any]) -> dict[str, str]:
    said = {name: detail[name] for name in FACTS if detail.get(name) not in (None, "")}
    return {name: WORDS.get(name, str)(value) for name, value in said.items()}

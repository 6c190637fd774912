"""Showing what was kept back until a day, when the day has come."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from registry.actions.declarations.rows import open_book, record, restated, supersede, with_all
from registry.models import Act, Declaration, Event, Organisation

MOST_AT_ONCE = 500  # bodies; the timetable comes by again


def disclose_due(on: date | None = None) -> int:
    """Show what is due, body by body, and return how many values. Safe with any number of workers."""
    on = on or timezone.localdate()
    due = Declaration.objects.current().filter(withheld__until__lte=on)
    bodies = due.order_by("organisation").values_list("organisation", flat=True).distinct()[:MOST_AT_ONCE]
    return sum(disclose(body, on) for body in list(bodies))


@transaction.atomic
def disclose(organisation: int, on: date) -> int:
    """It is no new statement: it keeps the day on which it was confirmed, and what it was worth."""
    body = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation)
    due = Declaration.objects.current().filter(organisation=body, withheld__until__lte=on).distinct()
    declarations = list(with_all(due))
    if not declarations:
        return 0
    rows, values = [], 0
    for one in declarations:
        again, kept = restated(one)
        ripe = [value for value in kept if value.until and value.until <= on]
        for value in ripe:
            setattr(again, value.field, value.value)
            if value.field == "annual_cost":
                again.price_fy = value.price_fy
        again.published = open_book(again)
        rows.append((again, [value for value in kept if value not in ripe]))
        values += len(ripe)
    event = Event.objects.create(act=Act.DISCLOSE, detail={"organisation": body.slug, "values": values})
    supersede(declarations, event)
    record(rows, event)
    return values

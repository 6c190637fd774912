"""A body in time: its beginning and end, what came before and what came after, and who it belongs to."""

from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date

from registry.models import Leaving, Organisation, Reorganisation, Succession

NEW_FOR = timedelta(days=3 * 365)


def related(bodies: QuerySet) -> QuerySet:
    """With `before`, `after` and `below`, arrays of {slug, name, start, end}, and `plans`, read with the body in one
    query."""
    after = Succession.objects.filter(predecessor=OuterRef("pk")).order_by("successor__name")
    before = Succession.objects.filter(successor=OuterRef("pk")).order_by("predecessor__name")
    below = Organisation.objects.filter(parent=OuterRef("pk")).order_by("name")
    planned = Leaving.objects.filter(organisation=OuterRef("pk"), reorganisation__in=Reorganisation.objects.open())
    plan = JSONObject(id="reorganisation_id", area="reorganisation__area", day="reorganisation__vesting_day")
    return bodies.annotate(
        plans=ArraySubquery(planned.order_by("reorganisation__vesting_day", "pk").values_list(plan)),
        after=ArraySubquery(after.values_list(_facts("successor__"))),
        before=ArraySubquery(before.values_list(_facts("predecessor__"))),
        below=ArraySubquery(below.values_list(_facts(""))),
    )


def _facts(path: str) -> JSONObject:
    return JSONObject(**{name: f"{path}{name}" for name in ("slug", "name", "start", "end")})


def of(body: Organisation, on: date) -> dict:
    """`body` as read through `related`."""
    return {
        "state": state(body, on),
        "start": body.start,
        "end": body.end,
        "before": body.before,
        "after": body.after,
        "below": body.below,
        "plans": [plan | {"day": parse_date(plan["day"])} for plan in body.plans],
        "parent": body.parent,
    }


def state(body: Organisation, on: date) -> str:
    """`ended`, `coming` (not yet begun), `ending` (its end is set), `new` (lately made of others) or blank."""
    if body.end and body.end <= on:
        return "ended"
    if body.start and body.start > on:
        return "coming"
    if body.end:
        return "ending"
    return "new" if body.before and body.start and on - body.start < NEW_FOR else ""

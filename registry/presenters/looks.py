"""A new component as a moderator looks at it: what it says, what is like it, and who added it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalogue.describing import FIELDS, Values, is_blank, recorded
from catalogue.models import Component
from catalogue.similar.registering import already_recorded
from registry.actions.looks import answering
from registry.models import Look, Organisation, Pair, SourceObject, Stewardship
from registry.models.moderation.look import BY_BODIES
from registry.presenters.sources import shown

ALIKE_SHOWN = 5


def page(component: Component) -> dict[str, Any]:
    before = Look.objects.current().filter(component=component).select_related("looked_in__by").first()
    bodies, now = answering(component), recorded(component)
    return {
        "component": component,
        "before": before,
        "facts": facts(now, before),
        "alike": [one.card for one in already_recorded(component, said=now)[:ALIKE_SHOWN]],
        "pairs": list(Pair.objects.listed().open().involving(component).select_related("first", "second")),
        "added": list(added(component)),
        "bodies": bodies,
    }


def facts(now: Values, before: Look | None) -> list[dict[str, Any]]:
    """What it says, field by field; where it was looked at before, only what changed since, with what it said then."""
    then = before.said if before else {}
    return [
        {"name": words, "now": shown(name, now[name]), "then": shown(name, then.get(name)) if before else ""}
        for name, words in FIELDS.items()
        if (now[name] != then.get(name) if before else not is_blank(now[name]))
    ]


def added(component: Component):
    """How it came here: {at, how, where, body, by}."""
    things = SourceObject.objects.filter(component=component, made=True).select_related("source__organisation")
    for thing in things:
        yield {
            "at": component.created_at,
            "how": _("Read from a source"),
            "where": thing.source.address,
            "source": thing.source_id,
            "body": thing.source.organisation,
        }
    kept = Stewardship.objects.filter(component=component, recorded_in__act__in=BY_BODIES)
    for one in kept.select_related("organisation", "recorded_in__by", "recorded_in__token"):
        event = one.recorded_in
        yield {
            "at": event.at,
            "how": event.get_act_display(),
            "where": event.source,
            "body": one.organisation,
            "by": event.by or event.token,
        }


def of_body(body: Organisation) -> QuerySet[Look]:
    """Those of components that the body looks after, which were returned and not changed since."""
    kept = Stewardship.objects.current().filter(organisation=body)
    return Look.objects.returned().filter(component__in=kept.values("component"))

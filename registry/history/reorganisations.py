"""What was planned of bodies, how the plan changed, and who agreed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commons import formatting
from registry.history.acts import Acts, Told, events_of
from registry.history.telling import Row, difference
from registry.models import Act, Event, Organisation, Reorganisation, ReorganisationKind
from registry.presenters.words import listed

ACTS = ("planned_in", "seconded_in", "cancelled_in", "carried_out_in")
FACTS = {
    "area": gettext_lazy("Area"),
    "kind": gettext_lazy("What happens"),
    "vesting_day": gettext_lazy("First day of what comes after"),
    "bodies": gettext_lazy("Bodies"),
}


def of_reorganisation(reorganisation: Reorganisation) -> Acts:
    return Acts(
        name=f"reorganisation-{reorganisation.pk}-history",
        about=reorganisation,
        what="reorganisation",
        events=events_of(reorganisation, ACTS),
        tell=tell,
    )


def tell(events: Iterable[Event]) -> Told:
    events = list(events)
    plans = [plan for event in events for plan in (event.detail, event.detail.get("before", {}))]
    slugs = {slug for plan in plans for slug in plan.get("leavings", {})}
    names = dict(Organisation.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return {event.pk: changed(event, names) for event in events}


def changed(event: Event, names: dict[str, str]) -> Row:
    if event.act in (Act.PLAN_REORGANISATION, Act.CHANGE_REORGANISATION):
        return difference(FACTS, words(event.detail.get("before", {}), names), words(event.detail, names))
    return {"after": event.detail.get("reason") or None}


def words(plan: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    """A plan as an event keeps it (`actions.reorganisations.plans.said`)."""
    if not plan:
        return {}
    return {
        "area": plan["area"],
        "kind": ReorganisationKind(plan["kind"]).label,
        "vesting_day": formatting.plain_date(date.fromisoformat(plan["vesting_day"])),
        "bodies": ", ".join(becoming(plan, names)),
    }


def becoming(plan: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    """“Ash and Elm to Marrow”: what becomes of whom."""
    made = {body["slug"]: body["name"] for body in plan["becomings"]}
    if plan["kind"] == ReorganisationKind.RENAME:  # once that is so, the body has no other name
        yield from made.values()
        return
    passed: dict[tuple[str, ...], list[str]] = {}
    for slug, heirs in plan["leavings"].items():
        passed.setdefault(tuple(heirs), []).append(names.get(slug, slug))
    for heirs, leaving in passed.items():
        bodies = listed(leaving)
        if heirs:
            yield _("%(bodies)s to %(heirs)s") % {"bodies": bodies, "heirs": listed(made.get(to, to) for to in heirs)}
        else:
            yield ngettext("%(bodies)s ends", "%(bodies)s end", len(leaving)) % {"bodies": bodies}
    led_to = {to for heirs in passed for to in heirs}
    yield from (_("%(body)s begins") % {"body": name} for slug, name in made.items() if slug not in led_to)

"""Sources as their pages show them."""

from typing import Any

from django.core.paginator import Page
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import ComponentKind, Lifecycle
from catalogue.presenters.links import external
from commons.formatting import number
from commons.listing import Selection
from registry.models import Difference, Harvest, Source, SourceState, StatedUse, Stewardship
from registry.permissions import Actor, may_choose_difference
from registry.presenters.filtered import filtered

COLOURS = {"new": "blue", "good": "green", "failing": "red", "stopped": "grey", "refused": "red", "missing": "yellow"}
LATEST = 10
DIFFERENCES = 50
USES = 200
WORDS = {"kind": dict(ComponentKind.choices), "lifecycle": dict(Lifecycle.choices)}


def page(selection: Selection, page: Page) -> dict:
    total = selection.total
    heading = ngettext("%(total)s source", "%(total)s sources", total) % {"total": number(total)}
    rows = [row | {"link": external(row["address"]), "colour": COLOURS[row["state"]]} for row in page.object_list]
    return filtered(selection, page, rows, name=_("Sources"), heading=heading, noun=_("sources"), breadcrumbs=crumbs())


def crumbs(*more: dict) -> list[dict]:
    home = {"text": _("Home"), "href": "/"}
    sources = {"text": _("Sources"), "href": reverse("registry:source_list")}
    return [home, *([sources, *more] if more else [{"text": _("Sources")}])]


def one(source: Source, selection: Selection, page: Page, actor: Actor) -> dict:
    """`source` has its `state` (`with_state`)."""
    return {
        "source": source,
        "state": {"text": SourceState(source.state).label, "colour": COLOURS[source.state]},
        "link": external(source.address),
        "facts": facts(source),
        "selection": selection,
        "page": page,
        "rows": [row | {"colour": COLOURS[row["state"]]} for row in page.object_list],
        "differences": differences(source, actor),
        "uses": uses(source),
        "harvests": [said(harvest) for harvest in source.harvests.all()[:LATEST]],
        "breadcrumbs": crumbs({"text": source.address}),
    }


def facts(source: Source) -> list[dict[str, Any]]:
    every = ngettext("every day", "every %(days)s days", source.every_days) % {"days": source.every_days}
    return [
        {"key": _("Is read"), "value": _("no longer") if source.stopped_at else every},
        {"key": _("Read last"), "moment": source.tried_at},
        {"key": _("Last read without errors"), "moment": source.succeeded_at},
        {"key": _("Looked after by the body"), "value": _("yes") if source.looked_after else _("not said")},
    ]


def differences(source: Source, actor: Actor) -> list[dict[str, Any]]:
    """Side by side. `may` says whether the reader may choose."""
    kept = Stewardship.objects.current().select_related("organisation")
    found = Difference.objects.open().listed().filter(thing__source=source)
    found = found.select_related("thing__component").prefetch_related(
        Prefetch("thing__component__stewardships", kept, to_attr="kept")
    )
    return [
        {
            "pk": one.pk,
            "component": one.thing.component,
            "field": one.get_field_display(),
            "ours": shown(one.field, one.ours),
            "theirs": shown(one.field, one.theirs),
            "found": timezone.localdate(one.found_at),
            "may": may_choose_difference(
                actor,
                source.organisation,
                [stewardship.organisation for stewardship in one.thing.component.kept],
                made=one.thing.made,
            ),
        }
        for one in found[:DIFFERENCES]
    ]


def shown(field: str, value: Any) -> str:
    """A value as one text; blank where nothing is stated."""
    if isinstance(value, list):
        return "\n".join(" ".join(one) if isinstance(one, list) else str(one) for one in value)
    return WORDS.get(field, {}).get(value, value or "")


def uses(source: Source) -> list[StatedUse]:
    """Those whose name means a body here."""
    found = StatedUse.objects.filter(thing__source=source, organisation__isnull=False)
    listed = found.exclude(thing__component=None).exclude(thing__component__lifecycle=Lifecycle.DRAFT)
    return list(listed.select_related("organisation", "thing__component")[:USES])


def said(harvest: Harvest) -> dict[str, Any]:
    counts = {_("new"): harvest.new, _("changed"): harvest.changed, _("unchanged"): harvest.unchanged}
    counts |= {_("refused"): harvest.refused, _("no longer there"): harvest.missing}
    words = ", ".join(f"{number(count)} {what}" for what, count in counts.items() if count)
    if harvest.ended_at is None:
        words = _("Going on, or cut off: then it is read again.")
    elif harvest.failure:
        words = f"{harvest.failure} {words}".strip()
    return {"pk": harvest.pk, "began": timezone.localtime(harvest.began_at), "words": words or _("nothing found")}

"""Components that may be one, as moderators compare them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.models import Component
from catalogue.presenters.links import external
from catalogue.presenters.words import bodies
from catalogue.similar.reasons import listed
from commons.formatting import number
from commons.listing import Selection
from registry.actions.merges import looking_after, moving
from registry.models import Pair, PairState, Stewardship
from registry.permissions import Actor
from registry.presenters.filtered import filtered

COLOURS = {PairState.OPEN.value: "yellow", PairState.DISMISSED.value: "grey", PairState.MERGED.value: "blue"}


def sentences(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """What speaks for a pair, in words, the strongest first."""
    return [sentence(one) for one in reasons]


def sentence(reason: Mapping[str, Any]) -> str:
    match reason["kind"]:
        case "repository":
            return _("Both have, or had, the same source code address")
        case "operations":
            return _("%(shared)s operations are the same, of %(first)s and %(second)s") % counts(reason)
        case "columns":
            return _("%(shared)s columns have the same names, of %(first)s and %(second)s") % counts(reason)
        case "name":
            return _("Both have the same name") if reason["same"] else _("Their names are nearly the same")
        case "function":
            names = [_("“%(name)s”") % {"name": name} for name in reason["names"]]
            return _("Both are made for %(names)s") % {"names": _(", ").join(names)}
        case "moderator":
            return _("A moderator says so")
        case _:
            return _("Their texts share %(words)s") % {"words": listed(tuple(reason["words"]))}


def counts(reason: Mapping[str, Any]) -> dict[str, str]:
    return {name: number(reason[name]) for name in ("shared", "first", "second")}


def page(selection: Selection, page: Page) -> dict:
    total = selection.total
    heading = ngettext("%(total)s pair", "%(total)s pairs", total) % {"total": number(total)}
    rows = [row | {"colour": COLOURS[row["state"]]} for row in page.object_list]
    return filtered(
        selection,
        page,
        rows,
        name=_("Components that may be one"),
        heading=heading,
        noun=_("pairs"),
        empty=_("No two components were found to be very alike. The registry looks again every night."),
        private=True,
        breadcrumbs=crumbs(),
    )


def crumbs(*more: dict) -> list[dict]:
    home, pairs = {"text": _("Home"), "href": "/"}, _("Components that may be one")
    return [home, *([{"text": pairs, "href": reverse("registry:pair_list")}, *more] if more else [{"text": pairs}])]


def one(pair: Pair) -> dict:
    """Both components side by side, and what speaks for the pair."""
    kept = Stewardship.objects.current().select_related("organisation")
    found = Component.objects.select_related("entry").prefetch_related(
        "functions", Prefetch("stewardships", kept, to_attr="kept")
    )
    both = found.in_bulk([pair.first_id, pair.second_id])
    sides = [both[pair.first_id], both[pair.second_id]]
    return {
        "pair": pair,
        "sides": sides,
        "reasons": sentences(pair.reasons),
        "facts": list(facts(sides)),
        "is_open": pair.state == PairState.OPEN,
        "is_merged": pair.state == PairState.MERGED,
        "is_proposed": pair.state == PairState.OPEN and pair.kept_id is not None,
        "breadcrumbs": crumbs({"text": str(pair)}),
    }


def facts(sides: list[Component]) -> Iterator[dict[str, Any]]:
    """A row for each fact, with a value for each side; blank where nothing is stated."""
    yield row(_("Kind"), [side.get_kind_display() for side in sides])
    yield row(_("Lifecycle"), [side.get_lifecycle_display() for side in sides])
    yield row(_("What it is for"), [side.summary for side in sides])
    yield row(_("Functions"), [_(", ").join(map(str, side.functions.all())) for side in sides])
    yield {"name": _("Source code"), "links": [external(side.repository) for side in sides]}
    yield row(_("Looked after by"), [_(", ").join(str(one.organisation) for one in side.kept) for side in sides])
    yield row(_("Used by"), [in_use(side) for side in sides])
    yield {"name": _("Added on"), "days": [side.created_at for side in sides]}


def row(name: str, values: list[str]) -> dict[str, Any]:
    return {"name": name, "texts": values}


def in_use(component: Component) -> str:
    entry = getattr(component, "entry", None)
    return bodies(entry.used_by) if entry else ""


KINDS = {
    "adoptions": gettext_lazy("Statements of bodies that use it or plan to"),
    "stewardships": gettext_lazy("Bodies that look after it"),
    "reviews": gettext_lazy("Reviews"),
    "relations": gettext_lazy("Relations to other components"),
    "parts": gettext_lazy("Places in saved assemblies"),
    "contributions": gettext_lazy("Contributions of bodies"),
    "payments": gettext_lazy("Published payments"),
    "challenges": gettext_lazy("Challenges that are under review"),
    "attestations": gettext_lazy("Attestations that are asked or stand"),
    "claims": gettext_lazy("Claims of its stewards who uses it"),
    "things": gettext_lazy("Descriptions that sources give of it"),
    "aliases": gettext_lazy("Former addresses of its repository"),
    "predecessors": gettext_lazy("Components that it succeeds"),
}


def merge(pair: Pair, kept: Component, merged: Component) -> dict:
    """What would move from the one to the other, and which bodies would be written to."""
    counts, bodies = moving(kept, merged), looking_after(kept, merged)
    crumb = {"text": str(pair), "href": pair.get_absolute_url()}
    return {
        "pair": pair,
        "kept": kept,
        "merged": merged,
        "moves": [{"name": name, "count": counts[kind]} for kind, name in KINDS.items()],
        "told": [body.name for body in bodies if body.contact_email],
        "not_told": [body.name for body in bodies if not body.contact_email],
        "breadcrumbs": crumbs(crumb, {"text": _("Merge")}),
    }


def second(pair: Pair, kept: Component, merged: Component, by: Actor) -> dict:
    """What a merge comes to, for who is asked to agree to it."""
    own = by.person is not None and pair.proposed_in.by_id == by.person.pk
    return merge(pair, kept, merged) | {
        "own": own,
        "proposed_by": pair.proposed_in.by,
        "proposed_on": pair.proposed_in.at,
        "on_own_machine": not settings.BEHIND_HTTPS,
    }

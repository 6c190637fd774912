"""Reorganisations as pages show them: what happens, who says so, and what follows."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.presenters.links import external
from commons.formatting import number
from commons.listing import Selection
from commons.listing.expressions import CountOf
from registry.actions.reorganisations.plans import Plan, plan_of
from registry.actions.reorganisations.refusals import ends
from registry.actions.reorganisations.written import written
from registry.history.acts import acts_of
from registry.history.reorganisations import ACTS
from registry.models import (
    Declaration,
    Organisation,
    Reorganisation,
    ReorganisationKind,
    ReorganisationState,
    Source,
    Stewardship,
)
from registry.permissions import Actor, may_plan_reorganisation
from registry.presenters import words
from registry.presenters.filtered import filtered

COLOURS = {
    ReorganisationState.PLANNED.value: "yellow",
    ReorganisationState.SECONDED.value: "blue",
    ReorganisationState.CARRIED_OUT.value: "green",
    ReorganisationState.CANCELLED.value: "grey",
}
OUTCOME = {
    "declarations": gettext_lazy("statements inherited, to be confirmed"),
    "stewardships": gettext_lazy("components whose steward changed"),
    "sources": gettext_lazy("harvested sources that passed on or stopped"),
    "members": gettext_lazy("roles of people that passed on"),
    "tokens": gettext_lazy("tokens revoked"),
    "webhooks": gettext_lazy("webhooks stopped"),
    "notices": gettext_lazy("notices of components that end, given to successors"),
    "code_hosting": gettext_lazy("places of code that passed on"),
    "children": gettext_lazy("bodies that belong to a successor now"),
}


def page(selection: Selection, page: Page, *, may_plan: bool) -> dict[str, Any]:
    total = selection.total
    heading = ngettext("%(total)s reorganisation", "%(total)s reorganisations", total) % {"total": number(total)}
    rows = [row | {"colour": COLOURS[row["state"]]} for row in page.object_list]
    words = filtered(
        selection,
        page,
        rows,
        name=_("Reorganisations"),
        heading=heading,
        noun=_("reorganisations"),
        empty=_("Nothing is planned here. Successors that packs record are among the areas."),
        breadcrumbs=crumbs(),
    )
    return words | {"may_plan": may_plan}


def crumbs(chosen: Reorganisation | None = None, *more: str) -> list[dict]:
    home = {"text": _("Organisations"), "href": reverse("registry:organisation_list")}
    if chosen is None and not more:
        return [home, {"text": _("Reorganisations")}]
    listed = {"text": _("Reorganisations"), "href": reverse("registry:reorganisation_list")}
    own = [] if chosen is None else [{"text": chosen.area, **({"href": chosen.get_absolute_url()} if more else {})}]
    return [home, listed, *own, *({"text": text} for text in more)]


def one(chosen: Reorganisation, actor: Actor) -> dict[str, Any]:
    """Everybody sees what, when and by which role; moderators see who, and what they may do."""
    plan = plan_of(chosen)
    may_plan = may_plan_reorganisation(actor)
    becomings = list(chosen.becomings.select_related("organisation", "peer_group"))
    return {
        "reorganisation": chosen,
        "colour": COLOURS[chosen.state],
        "kind": ReorganisationKind(chosen.kind).label,
        "source": external(chosen.source_url),
        "leavings": leavings(plan, chosen),
        "becomings": becomings,
        "acts": acts_of(chosen, ACTS, inside=may_plan),
        "follows": follows(plan.kind, chosen),
        "outcome": [(OUTCOME[name], count) for name, count in chosen.outcome.items() if count and name in OUTCOME],
        "area": area_of(chosen, becomings),
        "may_change": may_plan and chosen.is_open,
        "may_second": may_plan and chosen.state == ReorganisationState.PLANNED and not is_own(chosen, actor),
        "own": may_plan and is_own(chosen, actor),
        "problem": chosen.problem if may_plan else "",
        "breadcrumbs": crumbs(chosen),
    }


def is_own(chosen: Reorganisation, actor: Actor) -> bool:
    return actor.person is not None and chosen.planned_in.by_id == actor.person.pk


def leavings(plan: Plan, chosen: Reorganisation) -> list[dict[str, Any]]:
    """Each body that it begins with, to whom its work passes, and how much there is to pass."""
    known = counted([leaving.organisation.pk for leaving in plan.leavings])
    return [
        {
            "body": leaving.organisation,
            "ends": ends(leaving.organisation, plan),
            "to": [plan.becomings[place].name for place in leaving.to],
            "heir": plan.becomings[leaving.to[0]].name if len(leaving.to) > 1 else "",
            "has": known[leaving.organisation.pk] if chosen.is_open else "",
        }
        for leaving in plan.leavings
    ]


def counted(bodies: Iterable[int]) -> dict[int, str]:
    """“12 statements, 2 components that it looks after, 1 source”, by body."""

    def of(rows: QuerySet) -> CountOf:
        return CountOf(rows.filter(organisation=OuterRef("pk")))

    found = Organisation.objects.filter(pk__in=list(bodies)).annotate(
        says=of(Declaration.objects.listed().current()),
        holds=of(Stewardship.objects.current()),
        reads=of(Source.objects.filter(stopped_at=None)),
    )
    return {
        body.pk: ", ".join(
            part
            for part in (
                words.statements(body.says),
                _("looks after %(components)s") % {"components": words.components(body.holds)} if body.holds else "",
                ngettext("%(count)s harvested source", "%(count)s harvested sources", body.reads)
                % {"count": number(body.reads)}
                if body.reads
                else "",
            )
            if part
        )
        for body in found
    }


def follows(kind: str, chosen: Reorganisation) -> list[str]:
    """What follows by rule, in words."""
    if kind == ReorganisationKind.RENAME:
        return [
            _("The body stays the same, with all that it has said; its page keeps its address."),
            _("Its old name stays as another name of it, to be found by."),
        ]
    if kind == ReorganisationKind.CREATE:
        return [_("The bodies begin with nothing said: nobody goes before them.")]
    stops = _("Nobody looks after its components from then on, and its sources are read no longer.")
    passes = _("Who looks after its components, and in whose name sources are read, is its heir from then on.")
    stays = _("Old bodies keep their pages, addresses, codes, spending and history for ever.")
    said = _("What it said stays on its page as what it last said.")
    inherits = _(
        "What old bodies say is inherited, with its evidence and the day on which it was confirmed, and waits to be "
        "confirmed."
    )
    dead = _("Programs of bodies that end can write nothing more: their tokens are revoked.")
    people = _(
        "People keep their roles. Where several bodies come together, owners are editors until they are confirmed."
    )
    if kind == ReorganisationKind.ABOLISH:
        return [said, stops, dead]
    return [inherits, passes, people, dead, stays]


def area_of(chosen: Reorganisation, becomings: list) -> str:
    """The slug of its transition view; blank where nothing comes together."""
    if chosen.cancelled_in_id or chosen.kind in (
        ReorganisationKind.RENAME,
        ReorganisationKind.ABOLISH,
        ReorganisationKind.CREATE,
    ):
        return ""
    return min((row.slug for row in becomings), default="")


def initial(plan: Plan) -> dict[str, Any]:
    """A plan as its form shows it."""
    new = next((body for body in plan.becomings if body.organisation is None), None)
    return {
        **{name: getattr(plan, name) for name in ("kind", "area", "vesting_day", "source_url")},
        **written(plan),
        "type": new.type if new else "",
        "peer_group": new.peer_group if new else None,
    }

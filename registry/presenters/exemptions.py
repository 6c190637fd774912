"""Exemptions as everybody reads them, and what whoever looks may do there."""

from collections.abc import Collection
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.presenters.links import external
from commons.formatting import number
from commons.listing import Selection
from registry.actions.exemptions import eligible, open_seat
from registry.models import Exemption, ExemptionOutcome, Organisation, PanelSeat, Stewardship
from registry.models.moderation.exemption import SEATS, STEWARDS_SEAT
from registry.permissions import Actor, may_ask_for_exemption, may_moderate, may_sit
from registry.presenters.filtered import filtered

LISTED = 50
COLOURS = {
    "waiting": "yellow",
    ExemptionOutcome.GRANTED.value: "green",
    ExemptionOutcome.REFUSED.value: "grey",
    ExemptionOutcome.WITHDRAWN.value: "grey",
}


def page(selection: Selection, page: Page) -> dict[str, Any]:
    total = selection.total
    heading = ngettext("%(total)s exemption", "%(total)s exemptions", total) % {"total": number(total)}
    rows = [row | {"colour": COLOURS[row["state"]]} for row in page.object_list]
    return filtered(
        selection,
        page,
        rows,
        name=_("Exemptions"),
        heading=heading,
        noun=_("exemptions"),
        empty=_("No body has asked for one. An owner asks where they say which systems their body runs."),
        breadcrumbs=crumbs(),
    )


def one(found: Exemption, by: Actor) -> dict[str, Any]:
    seats = list(found.seats.select_related("organisation", "voted_in", "taken_in"))
    mine = next((seat for seat in seats if by.person is not None and seat.person_id == by.person.pk), None)
    waiting = not found.outcome
    return {
        "exemption": found,
        "state": found.get_outcome_display() if found.outcome else _("The panel has not decided"),
        "colour": COLOURS[found.outcome or "waiting"],
        "evidence": external(found.evidence_url),
        "seats": [seat_of(seats, place) for place in range(1, SEATS + 1)],
        "mine": mine,
        "may_vote": waiting and mine is not None and mine.voted_in_id is None,
        "chances": chances(found, by) if waiting and mine is None else [],
        "may_free": waiting and may_moderate(by),
        "may_take_back": waiting and may_ask_for_exemption(by, found.organisation),
        "breadcrumbs": crumbs(found.system),
    }


def seat_of(seats: list[PanelSeat], place: int) -> dict[str, Any]:
    """The number of a seat, and who sits there; blank where nobody does."""
    return {"number": place, "seat": next((one for one in seats if one.number == place), None)}


def chances(found: Exemption, by: Actor) -> list[dict[str, Any]]:
    """For which bodies whoever looks could take a seat, as what."""
    if by.person is None or not by.grants:
        return []
    return [
        {"body": body, "as_steward": as_steward}
        for as_steward in (True, False)
        if open_seat(found, as_steward=as_steward) is not None
        for body in eligible(found, by, as_steward=as_steward)
    ]


def panels(by: Actor) -> list[dict[str, Any]]:
    """Exemptions that wait for a panel, the oldest first; those of which one could be part go before all others."""
    waiting = Exemption.objects.waiting().select_related("organisation", "function", "asked_in").order_by("pk")
    own = list(Organisation.objects.existing(timezone.localdate()).filter(pk__in=by.grants.keys()))
    kept = Stewardship.objects.current().filter(organisation__in=own)
    serving = set(kept.values_list("organisation", "component__functions"))
    rows = []
    for one in waiting.prefetch_related("seats")[:LISTED]:
        seats = list(one.seats.all())
        sits = by.person is not None and any(seat.person_id == by.person.pk for seat in seats)
        may = not sits and any(may_join(one, seats, body, own, serving, by) for body in own)
        rows.append({"exemption": one, "seats": taken(seats), "sits": sits, "may_sit": may})
    return sorted(rows, key=lambda row: not (row["may_sit"] or row["sits"]))


def may_join(
    one: Exemption,
    seats: list[PanelSeat],
    body: Organisation,
    own: list[Organisation],
    serving: Collection[tuple[int, int]],
    by: Actor,
) -> bool:
    """As `eligible` has it, without asking for each row; its page has the last word."""
    asking = one.organisation
    groups = {asking.independence_group, *(seat.group for seat in seats)}
    if body.independence_group in groups or any(mine.independence_group == asking.independence_group for mine in own):
        return False
    as_steward = (body.pk, one.function_id) in serving
    places = {STEWARDS_SEAT} if as_steward else set(range(STEWARDS_SEAT + 1, SEATS + 1))
    alike = (body.peer_group_id, body.type if body.peer_group_id is None else "") == (
        asking.peer_group_id,
        asking.type if asking.peer_group_id is None else "",
    )
    free = places - {seat.number for seat in seats}
    return bool(free) and (as_steward or alike) and may_sit(by, body, as_steward=as_steward)


def taken(seats: list[PanelSeat]) -> str:
    return _("%(taken)s of %(all)s seats taken") % {"taken": len(seats), "all": SEATS}


def crumbs(*more: str) -> list[dict[str, str]]:
    home, listed = {"text": _("Home"), "href": "/"}, {"text": _("Exemptions")}
    if not more:
        return [home, listed]
    return [home, listed | {"href": reverse("registry:exemption_list")}, *({"text": text} for text in more)]

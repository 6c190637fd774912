"""What is planned: as whoever plans it says it, as it is recorded, and as an event keeps it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.text import slugify

from catalogue.models import PeerGroup
from registry.models import Becoming, Leaving, Organisation, Passing, Reorganisation, ReorganisationKind


@dataclass(frozen=True, kw_only=True)
class PlannedBody:
    """A body that is led to: one that is there, or all that is known of one to be made. A blank slug is made of the
    name."""

    name: str
    slug: str = ""
    organisation: Organisation | None = None
    type: str = ""
    peer_group: PeerGroup | None = None
    identifiers: tuple[str, ...] = ()
    driver: Decimal | None = None
    homepage: str = ""

    @property
    def key(self) -> str:
        return self.organisation.slug if self.organisation else self.slug or slugify(self.name)[:120].strip("-")


@dataclass(frozen=True, kw_only=True)
class PlannedLeaving:
    """A body that is begun with, and to which of the bodies led to its work passes, by their places in the plan. What
    cannot be had by two goes to the first."""

    organisation: Organisation
    to: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    kind: ReorganisationKind
    area: str
    vesting_day: date
    becomings: tuple[PlannedBody, ...] = ()
    leavings: tuple[PlannedLeaving, ...] = ()
    source_url: str = ""


def tidy(plan: Plan) -> Plan:
    """Each body to be made with a slug, and nothing with blanks around it."""
    bodies = tuple(
        replace(body, name=body.name.strip(), slug=body.key, identifiers=tuple(dict.fromkeys(body.identifiers)))
        for body in plan.becomings
    )
    return replace(plan, area=plan.area.strip(), source_url=plan.source_url.strip(), becomings=bodies)


def facts(plan: Plan) -> dict:
    return {name: getattr(plan, name) for name in ("kind", "area", "vesting_day", "source_url")}


def write_parts(reorganisation: Reorganisation, plan: Plan) -> None:
    becomings = Becoming.objects.bulk_create(
        Becoming(
            reorganisation=reorganisation,
            number=number,
            slug=body.key,
            **{name: getattr(body, name) for name in ("organisation", "name", "type", "peer_group", "driver")},
            identifiers=list(body.identifiers),
            homepage=body.homepage,
        )
        for number, body in enumerate(plan.becomings)
    )
    leavings = Leaving.objects.bulk_create(
        Leaving(reorganisation=reorganisation, organisation=leaving.organisation) for leaving in plan.leavings
    )
    Passing.objects.bulk_create(
        Passing(leaving=row, becoming=becomings[place], heir=place == leaving.to[0])
        for row, leaving in zip(leavings, plan.leavings, strict=True)
        for place in leaving.to
    )


def plan_of(reorganisation: Reorganisation) -> Plan:
    """What was planned, as it was planned."""
    becomings = list(reorganisation.becomings.select_related("organisation", "peer_group"))
    places = {row.pk: place for place, row in enumerate(becomings)}
    leavings = reorganisation.leavings.select_related("organisation").prefetch_related("passings")
    return Plan(
        **{name: getattr(reorganisation, name) for name in ("area", "vesting_day", "source_url")},
        kind=ReorganisationKind(reorganisation.kind),
        becomings=tuple(
            PlannedBody(
                **{name: getattr(row, name) for name in ("organisation", "name", "slug", "type", "peer_group")},
                identifiers=tuple(row.identifiers),
                driver=row.driver,
                homepage=row.homepage,
            )
            for row in becomings
        ),
        leavings=tuple(
            PlannedLeaving(organisation=row.organisation, to=tuple(passed_to(row, places))) for row in leavings
        ),
    )


def passed_to(row: Leaving, places: dict[int, int]) -> Iterator[int]:
    for passing in sorted(row.passings.all(), key=lambda one: (not one.heir, places[one.becoming_id])):
        yield places[passing.becoming_id]


def said(plan: Plan) -> dict:
    """A plan as an event keeps it."""
    names = [body.key for body in plan.becomings]
    return {
        "kind": plan.kind.value,
        "area": plan.area,
        "vesting_day": plan.vesting_day.isoformat(),
        "source_url": plan.source_url,
        "becomings": [
            asdict(replace(body, organisation=None, peer_group=None))
            | {
                "there_already": body.organisation is not None,
                "peer_group": body.peer_group.slug if body.peer_group else "",
                "driver": None if body.driver is None else str(body.driver),
            }
            for body in plan.becomings
        ],
        "leavings": {leaving.organisation.slug: [names[place] for place in leaving.to] for leaving in plan.leavings},
    }


def about(reorganisation: Reorganisation) -> dict:
    return {"reorganisation": reorganisation.pk, **said(plan_of(reorganisation))}


def named(text: str) -> Organisation | None:
    """The body of a slug, a code as scheme:code, or a whole name that one body alone has."""
    scheme, _, code = text.partition(":")
    by_key = Organisation.objects.filter(Q(slug=text) | Q(identifiers__scheme=scheme, identifiers__code=code))
    if found := by_key.first():
        return found
    alike = list(Organisation.objects.filter(name__iexact=text)[:2])
    return alike[0] if len(alike) == 1 else None

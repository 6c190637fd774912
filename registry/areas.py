"""Areas: bodies that pass their work to each other on one day, planned or recorded, with what they become.

Read from the plans and from the successors that packs record. An area's slug is that of the first of its successors;
where these were succeeded to on several days, the later ones carry their year.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from registry.models import Organisation, Passing, Reorganisation, ReorganisationState, Succession
from registry.models.reorganisation import STATES

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Body:
    """A body of an area; `id` is None where it is only planned."""

    slug: str
    name: str
    id: int | None = None
    type: str = ""
    peer_group_id: int | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Edge:
    """Work passes from one body to another on a day. `reorganisation` where it is planned here."""

    before: Body
    after: Body
    day: date | None
    reorganisation: Reorganisation | None = None


@dataclass
class Area:
    slug: str
    day: date | None
    before: list[Body]
    after: list[Body]
    reorganisations: list[Reorganisation] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As whoever planned it calls it, else by what it becomes."""
        planned = list(dict.fromkeys(one.area for one in self.reorganisations))
        return ", ".join(planned or [body.name for body in self.after])

    def is_to_come(self, on: date) -> bool:
        return self.day is not None and self.day > on


def areas() -> list[Area]:
    """All, the last day first. Two queries."""
    found = [area_of(edges) for edges in connected(every_edge())]
    named: set[str] = set()
    for area in sorted(found, key=lambda one: (one.day or date.min, one.slug)):
        if area.slug in named:
            area.slug = f"{area.slug}-{area.day.year if area.day else 0}"
        named.add(area.slug)
    return sorted(found, key=lambda one: (one.day or date.min, one.slug), reverse=True)


def area(slug: str) -> Area | None:
    return next((one for one in areas() if one.slug == slug), None)


def of_body(slug: str, known: Iterable[Area]) -> list[Area]:
    """Those that a body is in, the last day first."""
    return [one for one in known if any(body.slug == slug for body in (*one.before, *one.after))]


def every_edge() -> list[Edge]:
    """A plan says better than a pack on which day its bodies pass to each other."""
    planned = list(planned_edges())
    known = {(edge.before.slug, edge.after.slug) for edge in planned}
    recorded = [edge for edge in recorded_edges() if (edge.before.slug, edge.after.slug) not in known]
    return [*planned, *recorded]


def planned_edges() -> Iterable[Edge]:
    rows = Passing.objects.filter(leaving__reorganisation__in=Reorganisation.objects.standing()).select_related(
        "leaving__reorganisation", "leaving__organisation", "becoming__organisation"
    )
    for row in rows.exclude(leaving__reorganisation__kind="rename").order_by("pk"):
        becoming, plan = row.becoming, row.leaving.reorganisation
        there = becoming.organisation
        after = (
            body_of(there)
            if there
            else Body(becoming.slug, becoming.name, type=becoming.type, peer_group_id=becoming.peer_group_id)
        )
        yield Edge(body_of(row.leaving.organisation), after, plan.vesting_day, plan)


def recorded_edges() -> Iterable[Edge]:
    """A successor that was there before the day goes on: it is among those that come together."""
    for row in Succession.objects.select_related("predecessor", "successor").order_by("pk"):
        before, after = row.predecessor, row.successor
        day = vesting_day(before, after)
        yield Edge(body_of(before), body_of(after), day)
        if day is not None and after.start is not None and after.start < day - ONE_DAY:
            yield Edge(body_of(after), body_of(after), day)


def vesting_day(before: Organisation, after: Organisation) -> date | None:
    """The first day of what comes after. Packs name the last day of a body as its end, or the day after it."""
    if after.start and (before.end is None or abs(after.start - before.end) <= ONE_DAY):
        return after.start
    return before.end


def body_of(body: Organisation) -> Body:
    return Body(body.slug, body.name, body.pk, body.type, body.peer_group_id, body.start, body.end)


def connected(edges: Iterable[Edge]) -> list[list[Edge]]:
    """The edges of one day that hang together."""
    group: dict[tuple[date | None, str], int] = {}
    groups: list[list[Edge]] = []
    for edge in edges:
        ends = [(edge.day, f"from {edge.before.slug}"), (edge.day, f"to {edge.after.slug}")]
        touched = sorted({group[end] for end in ends if end in group})
        kept = touched[0] if touched else len(groups)
        if not touched:
            groups.append([])
        for other in touched[1:]:
            groups[kept] += groups[other]
            groups[other] = []
        groups[kept].append(edge)
        for one in groups[kept]:
            for end in ((one.day, f"from {one.before.slug}"), (one.day, f"to {one.after.slug}")):
                group[end] = kept
    return [edges for edges in groups if edges]


def area_of(edges: list[Edge]) -> Area:
    before = {edge.before.slug: edge.before for edge in edges}
    after = {edge.after.slug: edge.after for edge in edges}
    plans = {edge.reorganisation.pk: edge.reorganisation for edge in edges if edge.reorganisation}
    return Area(
        slug=min(after),
        day=edges[0].day,
        before=sorted(before.values(), key=lambda body: (body.name, body.slug)),
        after=sorted(after.values(), key=lambda body: (body.name, body.slug)),
        reorganisations=[plans[key] for key in sorted(plans)],
    )


def planned_at(slug: str) -> Reorganisation | None:
    """The plan that will make a body at an address where there is none yet."""
    open_plans = STATES[ReorganisationState.PLANNED] | STATES[ReorganisationState.SECONDED]
    made = Q(becomings__slug=slug, becomings__organisation=None)
    return Reorganisation.objects.filter(open_plans, made).first()

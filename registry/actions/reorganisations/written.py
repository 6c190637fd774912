"""A plan as people write it: a body a line.

What it begins with is one body a line, by slug, code or whole name. Where several become several, and where a divided
body has one heir, an arrow says to which its work passes, the heir first: `county-council > North Council; South
Council`. What it leads to is one body a line: one that is there, or the name of a new one with its codes and its size:
`North Council | gss:E06000099; la:NOR | 312400`.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from catalogue.models import PeerGroup
from commons.exceptions import Refused
from registry.actions.reorganisations.plans import Plan, PlannedBody, PlannedLeaving, named
from registry.models import Organisation, ReorganisationKind

ARROW, BAR, BETWEEN = ">", "|", ";"


def read_plan(
    *,
    kind: ReorganisationKind,
    area: str,
    vesting_day: date,
    before: str,
    after: str,
    source_url: str = "",
    type: str = "",
    peer_group: PeerGroup | None = None,
) -> Plan:
    """Raises Refused with the line that cannot be read and what to do. `type` and `peer_group` are of new bodies."""
    lines = [(number, *split_line(line)) for number, line in written_lines(before)]
    leaving = [body_at(number, text) for number, text, _to in lines]
    if kind == ReorganisationKind.RENAME:
        becomings = renamed(leaving, after)
    else:
        becomings = tuple(becoming(number, line, type, peer_group) for number, line in written_lines(after))
    return Plan(
        kind=kind,
        area=area,
        vesting_day=vesting_day,
        source_url=source_url,
        becomings=becomings,
        leavings=tuple(
            PlannedLeaving(organisation=body, to=places(kind, number, to, becomings))
            for body, (number, _text, to) in zip(leaving, lines, strict=True)
        ),
    )


def written_lines(text: str) -> list[tuple[int, str]]:
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


def split_line(line: str) -> tuple[str, list[str]]:
    body, _arrow, to = line.partition(ARROW)
    return body.strip(), [name.strip() for name in to.split(BETWEEN) if name.strip()]


def body_at(number: int, text: str) -> Organisation:
    found = named(text)
    if found is None:
        raise Refused(
            f"Line {number} of what it begins with: there is no body “{text[:120]}”, or several. Give its slug, as in "
            "the address of its page."
        )
    return found


def renamed(leaving: Sequence[Organisation], after: str) -> tuple[PlannedBody, ...]:
    names = [line for _number, line in written_lines(after)]
    return tuple(PlannedBody(name=name, organisation=leaving[0]) for name in names) if leaving else ()


def becoming(number: int, line: str, type: str, peer_group: PeerGroup | None) -> PlannedBody:
    name, codes, size, *more = [part.strip() for part in line.split(BAR)] + ["", ""]
    where = f"Line {number} of what it leads to:"
    if any(more):
        raise Refused(f"{where} write a name, its codes and its size, with {BAR} between them.")
    identifiers = tuple(code.strip() for code in codes.split(BETWEEN) if code.strip())
    if there := named(name):
        return PlannedBody(name=there.name, organisation=there, identifiers=identifiers)
    try:
        driver = Decimal(size.replace(",", "")) if size else None
    except InvalidOperation:
        raise Refused(f"{where} “{size[:40]}” is no size. Write a number, or leave it out.") from None
    if driver is not None and not (driver.is_finite() and 0 <= driver < Decimal(10) ** 12):
        raise Refused(f"{where} “{size[:40]}” is no size. Write a number, or leave it out.")
    return PlannedBody(name=name, type=type, peer_group=peer_group, identifiers=identifiers, driver=driver)


def places(
    kind: ReorganisationKind, number: int, to: Sequence[str], becomings: Sequence[PlannedBody]
) -> tuple[int, ...]:
    """To which of the bodies led to, by their places: those named, the heir first, else all where that can be meant."""
    if not to:
        return () if kind == ReorganisationKind.REDRAW and len(becomings) > 1 else tuple(range(len(becomings)))
    known = {key.casefold(): place for place, body in enumerate(becomings) for key in (body.key, body.name)}
    found = []
    for name in to:
        if name.casefold() not in known:
            raise Refused(f"Line {number} of what it begins with: it leads to no body “{name[:120]}”.")
        found.append(known[name.casefold()])
    # A divided body passes to all; who is named first is its heir.
    rest = [place for place in range(len(becomings)) if place not in found] if kind == ReorganisationKind.SPLIT else []
    return tuple(dict.fromkeys([*found, *rest]))


def written(plan: Plan) -> dict[str, str]:
    """The two texts of a plan, as `read_plan` reads them."""
    before = []
    for leaving in plan.leavings:
        says = plan.kind in (ReorganisationKind.SPLIT, ReorganisationKind.REDRAW)
        to = f" {ARROW} {f'{BETWEEN} '.join(plan.becomings[place].key for place in leaving.to)}" if says else ""
        before.append(f"{leaving.organisation.slug}{to}")
    return {"before": "\n".join(before), "after": "\n".join(line_of(plan, body) for body in plan.becomings)}


def line_of(plan: Plan, body: PlannedBody) -> str:
    if plan.kind == ReorganisationKind.RENAME:
        return body.name
    parts = [body.organisation.slug if body.organisation else body.name, f"{BETWEEN} ".join(body.identifiers)]
    parts.append("" if body.driver is None else format(body.driver, "f"))
    while parts and not parts[-1]:
        parts.pop()
    return f" {BAR} ".join(parts)

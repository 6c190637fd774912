"""What no plan may be: asked when it is made, when it is seconded, and once more on its day."""

import re
from datetime import timedelta

from commons.constraints import SLUG
from commons.exceptions import Refused
from commons.formatting import plain_date
from registry.actions.reorganisations.plans import Plan, PlannedBody
from registry.models import Becoming, Identifier, Leaving, Organisation, Reorganisation, ReorganisationKind, Succession
from registry.models.organisation import RESERVED_SLUGS
from registry.permissions import Actor, may_plan_reorganisation

PASSING_KINDS = (ReorganisationKind.MERGE, ReorganisationKind.SPLIT, ReorganisationKind.REDRAW)
CODE = re.compile(r"[^\s:;|]+:[^\s;|]+")
MOST_BODIES = 100
# How many bodies each kind begins with and leads to: at least and at most.
SHAPES = {
    ReorganisationKind.MERGE: ((2, MOST_BODIES), (1, 1)),
    ReorganisationKind.SPLIT: ((1, 1), (2, MOST_BODIES)),
    ReorganisationKind.REDRAW: ((2, MOST_BODIES), (2, MOST_BODIES)),
    ReorganisationKind.RENAME: ((1, 1), (1, 1)),
    ReorganisationKind.ABOLISH: ((1, MOST_BODIES), (0, 0)),
    ReorganisationKind.CREATE: ((0, 0), (1, MOST_BODIES)),
}


def refuse_planner(by: Actor) -> None:
    if not may_plan_reorganisation(by):
        raise Refused("Only moderators and operators may say what becomes of bodies.")
    if by.person is None:
        raise Refused("A person has to answer for this: sign in, or name who you are with --as.")


def refuse_settled(reorganisation: Reorganisation) -> None:
    if reorganisation.carried_out_in_id:
        raise Refused("This is carried out. What it did can be undone by another reorganisation only.")
    if reorganisation.cancelled_in_id:
        raise Refused("This is cancelled. Plan it anew.")


def refuse_plan(plan: Plan, besides: Reorganisation | None = None) -> None:
    """Raise Refused where a plan could not be carried out. `besides`: the plan's own record."""
    refuse_shape(plan)
    refuse_passings(plan)
    refuse_leavings(plan, besides)
    for body in plan.becomings:
        refuse_becoming(plan, body, besides)
    refuse_circle(plan)


def refuse_shape(plan: Plan) -> None:
    if not plan.area:
        raise Refused("Say what people call it: “Exampleshire”.")
    for most, value, what in ((200, plan.area, "name of the area"), (2_000, plan.source_url, "address of the source")):
        if len(value) > most:
            raise Refused(f"The {what} may have {most:,} characters.")
    if plan.source_url and not re.match(r"https?://\S+$", plan.source_url):
        raise Refused("The source has to be an address that begins with https://.")
    (fewest_left, most_left), (fewest_made, most_made) = SHAPES[plan.kind]
    if not fewest_left <= len(plan.leavings) <= most_left:
        raise Refused(f"“{plan.kind.label}”: name {wanted(fewest_left, most_left)} that it begins with.")
    if not fewest_made <= len(plan.becomings) <= most_made:
        raise Refused(f"“{plan.kind.label}”: name {wanted(fewest_made, most_made)} that it leads to.")
    keys = [leaving.organisation.pk for leaving in plan.leavings]
    if len(set(keys)) < len(keys):
        raise Refused("A body that it begins with is named twice.")
    slugs = [body.key for body in plan.becomings]
    if len(set(slugs)) < len(slugs):
        raise Refused("A body that it leads to is named twice, or two of them would have the same address.")


def wanted(fewest: int, most: int) -> str:
    if most == 0:
        return "no body"
    if fewest == most:
        return "one body"
    return f"at least {fewest} {'body' if fewest == 1 else 'bodies'}, {most} at most,"


def refuse_passings(plan: Plan) -> None:
    """Who passes to whom, for each kind."""
    if plan.kind == ReorganisationKind.RENAME:
        (body,), (leaving,) = plan.becomings, plan.leavings
        if body.organisation != leaving.organisation:
            raise Refused("A body that gets another name stays the same body: choose “several become one” otherwise.")
        if body.name == leaving.organisation.name:
            raise Refused(f"{body.name} has that name already.")
    if plan.kind not in PASSING_KINDS:
        return
    for leaving in plan.leavings:
        if not leaving.to:
            raise Refused(f"Say to which body the work of {leaving.organisation} passes.")
    filled = {place for leaving in plan.leavings for place in leaving.to}
    for place, body in enumerate(plan.becomings):
        if place not in filled:
            raise Refused(
                f"Nobody passes any work to {body.name}. Name it elsewhere: “{ReorganisationKind.CREATE.label}”."
            )
    if len(plan.leavings) == 1 == len(plan.becomings):
        raise Refused("One body that becomes one other is a new name for it.")


def refuse_leavings(plan: Plan, besides: Reorganisation | None) -> None:
    before = plan.vesting_day - timedelta(days=1)
    for body in (leaving.organisation for leaving in plan.leavings):
        # Packs name the last day of a body as its end, or the day after.
        if (body.end and body.end < before) or (body.start and body.start > before):
            raise Refused(f"{body} does not exist on {plain_date(before)}, the day before.")
    concerned = [leaving.organisation for leaving in plan.leavings]
    others = Leaving.objects.filter(organisation__in=concerned, reorganisation__in=Reorganisation.objects.open())
    for other in others.exclude(reorganisation=besides).select_related("reorganisation", "organisation"):
        if ends(other.organisation, plan) or other.reorganisation.kind != ReorganisationKind.RENAME:
            raise Refused(
                f"Another plan concerns {other.organisation} already: “{other.reorganisation}”. "
                "Change or cancel that one first."
            )


def ends(body: Organisation, plan: Plan) -> bool:
    """Whether it is no more from the day on."""
    return all(made.organisation != body for made in plan.becomings)


def refuse_becoming(plan: Plan, body: PlannedBody, besides: Reorganisation | None) -> None:
    if not body.name:
        raise Refused("Give each body a name.")
    if len(body.name) > 300:
        raise Refused("A name may have 300 characters.")
    refuse_codes(body)
    if body.organisation is not None:
        if plan.kind == ReorganisationKind.CREATE:
            raise Refused(f"{body.organisation} is there already.")
        there = body.organisation
        if (there.start and there.start > plan.vesting_day) or (there.end and there.end <= plan.vesting_day):
            raise Refused(f"{there} does not exist on {plain_date(plan.vesting_day)}.")
        return
    if not re.fullmatch(SLUG, body.slug):
        raise Refused(f"“{body.slug}” cannot be part of an address: use small letters, digits and hyphens.")
    if body.slug in RESERVED_SLUGS:
        raise Refused(f"Another page is at the address “{body.slug}”: choose another address.")
    if Organisation.objects.filter(slug=body.slug).exists():
        raise Refused(
            f"There is a body at the address “{body.slug}” already. Name that one, or choose another address."
        )
    planned = Becoming.objects.filter(
        slug=body.slug, organisation=None, reorganisation__in=Reorganisation.objects.open()
    )
    if planned.exclude(reorganisation=besides).exists():
        raise Refused(f"Another plan makes a body at the address “{body.slug}”.")


def refuse_codes(body: PlannedBody) -> None:
    for code in body.identifiers:
        if not CODE.fullmatch(code) or len(code) > 261 or len(code.partition(":")[0]) > 60:
            raise Refused(f"“{code}” is no code: write scheme:code, as in gss:E06000066.")
    for scheme, _, code in (text.partition(":") for text in body.identifiers):
        other = Identifier.objects.filter(scheme=scheme, code=code).exclude(organisation=body.organisation).first()
        if other:
            raise Refused(f"{other} is the code of {other.organisation}. A code stays with its body for ever.")


def refuse_circle(plan: Plan) -> None:
    """No body may succeed one that came from it: its history would have no beginning."""
    after: dict[int, list[int]] = {}
    for predecessor, successor in Succession.objects.values_list("predecessor", "successor"):
        after.setdefault(predecessor, []).append(successor)
    for leaving in plan.leavings:
        for body in (plan.becomings[place] for place in leaving.to):
            there = body.organisation
            if there and there != leaving.organisation and leads_to(there.pk, leaving.organisation.pk, after):
                raise Refused(f"{leaving.organisation} came from {there}: it cannot become a part of it again.")


def leads_to(start: int, goal: int, after: dict[int, list[int]]) -> bool:
    seen, ahead = set(), [start]
    while ahead:
        at = ahead.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            ahead += after.get(at, [])
    return False

"""Small reorganisations made at random: whatever is merged and split, nothing that was said is lost."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from registry.actions.reorganisations import Plan, PlannedBody, PlannedLeaving
from registry.models import (
    Declaration,
    Event,
    Inheritance,
    Organisation,
    Person,
    Reorganisation,
    ReorganisationKind,
    Stewardship,
)
from tests import factories
from tests.registry.reorganisations.plans import Operators, carried_out, made_by

pytestmark = [pytest.mark.django_db, pytest.mark.long]
_numbers = count(1)
DAY = date(2026, 4, 1)
STATEMENT = st.fixed_dictionaries(
    {
        "function": st.integers(0, 2),
        "what": st.sampled_from(["a", "b", "own", "other own", "not_responsible", "not_sure"]),
        "stage": st.sampled_from(["planned", "pilot", "partial", "live", "retired"]),
        "coverage": st.none() | st.floats(0, 1),
        "transactions": st.none() | st.integers(0, 9),
        "annual_cost": st.none() | st.integers(0, 9),
        "price_fy": st.sampled_from(["", "2024-25", "2025-26"]),
        "confirmed": st.none() | st.dates(date(2022, 1, 1), date(2026, 3, 1)),
        "evidence": st.sampled_from(["", "E0", "E1", "E2", "E3"]),
    }
)


@st.composite
def areas(draw):
    """How many bodies become how many, to which each passes, which goes on, and what each says."""
    leaving, becoming = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    if leaving == becoming == 1:
        becoming = 2
    to = [draw(st.permutations(range(becoming)).flatmap(parts)) for _ in range(leaving)]
    missing = set(range(becoming)) - {place for places in to for place in places}
    to[0] = [*to[0], *sorted(missing)]
    return {
        "to": to,
        "becoming": becoming,
        "goes_on": draw(st.booleans()),
        "drivers": [draw(st.none() | st.integers(0, 9)) for _ in range(leaving)],
        "said": [draw(st.lists(STATEMENT, max_size=6)) for _ in range(leaving)],
        "own": draw(st.lists(STATEMENT, max_size=2)),
    }


def parts(places):
    return st.integers(1, len(places)).map(lambda size: list(places[:size]))


def state(body: Organisation, said: list[dict], functions, components) -> None:
    """What a body says; the same thing once."""
    seen = set()
    for one in said:
        function, what = functions[one["function"]], one["what"]
        kind = "answer" if what.startswith("not") else what
        if (function, kind) in seen:
            continue
        seen.add((function, kind))
        amounts = {name: one[name] for name in ("coverage", "transactions", "annual_cost", "price_fy")}
        fields = {"organisation": body, "function": function, "confirmed": one["confirmed"]}
        if what in components:
            factories.adoption(
                component=components[what], stage=one["stage"], evidence=one["evidence"], **fields, **amounts
            )
        elif kind == "answer":
            factories.duplicate(kind=what, system="", evidence="", **fields)
        else:
            factories.duplicate(system=what, evidence=one["evidence"], **fields, **amounts)


def planned(area: dict, leaving: list[Organisation]) -> Plan:
    kinds = {(True, False): ReorganisationKind.SPLIT, (False, True): ReorganisationKind.MERGE}
    kind = kinds.get((len(leaving) == 1, area["becoming"] == 1), ReorganisationKind.REDRAW)
    becomings = [PlannedBody(name=f"New {next(_numbers)}") for _ in range(area["becoming"])]
    if area["goes_on"]:
        becomings[area["to"][0][0]] = PlannedBody(name=leaving[0].name, organisation=leaving[0])
    return Plan(
        kind=kind,
        area="Marrowshire",
        vesting_day=DAY,
        becomings=tuple(becomings),
        leavings=tuple(
            PlannedLeaving(organisation=body, to=tuple(to)) for body, to in zip(leaving, area["to"], strict=True)
        ),
    )


def people() -> Operators:
    found = list(Person.objects.filter(email__startswith="random-").order_by("email"))
    return Operators(*(found or (Person.objects.create_superuser(f"random-{n}@example.org") for n in "12")))


@given(area=areas())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a world of rows takes many minutes
)
def test_nothing_is_lost_in_any_reorganisation(area):
    group = factories.peer_group()
    functions = [factories.function() for _ in range(3)]
    components = {name: factories.component(functions=functions) for name in "ab"}
    leaving = [factories.organisation(driver=size, peer_group=group) for size in area["drivers"]]
    for body, said in zip(leaving, area["said"], strict=True):
        state(body, said, functions, components)
        factories.stewardship(organisation=body)
    before = list(Declaration.objects.current().filter(organisation__in=leaving))
    rows = {row.pk: row for row in Declaration.objects.all()}
    held = set(Stewardship.objects.current().values_list("component", "share"))
    events = Event.objects.count()

    found = carried_out(planned(area, leaving), people())

    new = made_by(found)
    for body, to in zip(leaving, area["to"], strict=True):
        for place in to:
            nothing_is_lost(body, new[place], leaving, area, before)
    nothing_is_invented(new, leaving, before)
    assert set(Stewardship.objects.current().values_list("component", "share")) == held
    assert Event.objects.count() == events + 3  # planned, seconded, carried out
    for row in Declaration.objects.filter(pk__in=rows):  # history: no statement changes, but for what takes its place
        then = rows[row.pk]
        assert all(
            getattr(row, field.attname) == getattr(then, field.attname)
            for field in row._meta.concrete_fields
            if field.name != "superseded_in"
        )
    ended = Organisation.objects.filter(pk__in=[body.pk for body in leaving]).exclude(pk__in=[body.pk for body in new])
    assert set(ended.values_list("end", flat=True)) <= {DAY}


def nothing_is_lost(body, successor, leaving, area, before) -> None:
    """Each system that a body named is reached from what its successor says; what is its own still it says itself."""
    for old in before:
        if old.organisation_id != body.pk or old.kind in ("not_responsible", "not_sure") or old.stage == "retired":
            continue
        now = Declaration.objects.current().filter(organisation=successor, function=old.function)
        if successor == body and now.filter(pk=old.pk).exists():
            continue
        same = now.filter(kind=old.kind, component=old.component, system=old.system)
        assert Inheritance.objects.filter(heir__in=same, origin=old).exists()


def nothing_is_invented(new, leaving, before) -> None:
    keys = {one.pk for one in before}
    for made in Declaration.objects.current().filter(organisation__in=new, inherited_from__isnull=False):
        origins = [one.origin for one in made.origins.select_related("origin")]
        assert {one.pk for one in origins} <= keys
        assert made.inherited_from_id in {one.pk for one in origins}
        assert all(
            (one.function_id, one.component_id, one.system) == (made.function_id, made.component_id, made.system)
            for one in origins
        )
        assert made.coverage is None or 0 <= made.coverage <= 1
        assert (made.evidence or "E0") == min(one.evidence or "E0" for one in origins)
        days = [one.confirmed for one in origins]
        assert made.confirmed == (None if None in days else min(days))
        if made.annual_cost is not None:
            assert made.annual_cost == sum(one.annual_cost for one in origins)
            assert {one.price_fy for one in origins} == {made.price_fy}


def test_a_chain_of_mergers_can_be_followed_to_its_first_statement():
    bodies = [factories.organisation() for _ in range(3)]
    component, function = factories.component(), factories.function()
    first = factories.adoption(
        organisation=bodies[0], component=component, function=function, confirmed=date(2025, 1, 1)
    )
    pairs = people()
    becoming = PlannedBody(name="Middle")
    plan = {"kind": ReorganisationKind.MERGE, "area": "Marrowshire"}
    middle = made_by(
        carried_out(
            Plan(
                **plan,
                vesting_day=DAY,
                becomings=(becoming,),
                leavings=tuple(PlannedLeaving(organisation=body, to=(0,)) for body in bodies[:2]),
            ),
            pairs,
        )
    )[0]
    last = made_by(
        carried_out(
            Plan(
                **plan,
                vesting_day=DAY + timedelta(days=30),
                becomings=(PlannedBody(name="Last"),),
                leavings=tuple(PlannedLeaving(organisation=body, to=(0,)) for body in (middle, bodies[2])),
            ),
            pairs,
        )
    )[0]
    (now,) = Declaration.objects.current().filter(organisation=last)
    assert now.inherited_from.inherited_from == first
    assert now.confirmed == date(2025, 1, 1)
    assert Reorganisation.objects.filter(carried_out_in__isnull=False).count() == 2

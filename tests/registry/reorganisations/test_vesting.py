from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pghistory.models
import pytest
from django.db import connection
from django.utils import timezone

from catalogue.models import SearchEntry
from commons.exceptions import Refused
from registry.actions.declarations import confirm_declarations
from registry.actions.deprecations import deprecate_component
from registry.actions.reorganisations import carry_out, carry_out_due
from registry.actions.reorganisations.vesting import FOLLOWS, STAYS
from registry.actions.tokens import issue_token
from registry.models import (
    Account,
    Act,
    CodeHosting,
    Declaration,
    Delivery,
    Event,
    Identifier,
    Inheritance,
    Membership,
    Notice,
    Organisation,
    Person,
    Role,
    Scope,
    Stewardship,
    Succession,
    Token,
    Volume,
    Webhook,
    Withheld,
)
from registry.models.withheld import NOT_NAMED
from registry.permissions import ANYBODY, COMMAND_LINE
from registry.tasks import carry_out_reorganisations
from tests import factories
from tests.registry.reorganisations.plans import (
    SOON,
    TODAY,
    abolish,
    carried_out,
    made_by,
    merge,
    operators,
    planned,
    rename,
    seconded,
    split,
)

pytestmark = pytest.mark.django_db


def settle() -> None:
    """What a commit would check."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def bodies() -> list[Organisation]:
    return [factories.organisation(nation="Marrow", region=region) for region in ("East", "West")]


def current(body: Organisation) -> list[Declaration]:
    return list(Declaration.objects.current().filter(organisation=body).order_by("pk"))


def test_every_table_that_points_to_a_body_follows_or_stays_for_a_reason():
    pointing = {
        f"{field.related_model._meta.label}.{field.field.name}"
        for field in Organisation._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and not issubclass(field.related_model, pghistory.models.Event)
    }
    assert pointing == {*FOLLOWS, *STAYS}
    assert len(pointing) == len(FOLLOWS) + len(STAYS)


def test_merge_ends_the_old_bodies_and_begins_the_new_one(bodies):
    found = carried_out(merge(bodies, identifiers=("gss:E9",), type="unitary"))
    settle()
    (new,) = made_by(found)
    assert (new.slug, new.name, new.type, new.start, new.end) == (
        "marrow-council",
        "Marrow Council",
        "unitary",
        TODAY,
        None,
    )
    assert (new.nation, new.region) == ("Marrow", "")
    for body in bodies:
        body.refresh_from_db()
        assert body.end == TODAY
        assert list(body.successors.all()) == [new]
    assert [str(code) for code in new.identifiers.all()] == ["gss:E9"]
    event = found.carried_out_in
    assert (event.act, event.by) == (Act.CARRY_OUT_REORGANISATION, None)
    assert event.detail["leavings"] == {body.slug: ["marrow-council"] for body in bodies}


def test_old_codes_stay_with_the_old_body(bodies):
    Identifier.objects.create(organisation=bodies[0], scheme="gss", code="E1")
    carried_out(merge(bodies))
    assert Identifier.objects.get(code="E1").organisation == bodies[0]


def test_a_plan_is_carried_out_once_however_often_it_is_asked_for(bodies):
    factories.adoption(organisation=bodies[0])
    found = seconded(merge(bodies), operators())
    first = carry_out(reorganisation=found, by=COMMAND_LINE)
    assert carry_out(reorganisation=found, by=COMMAND_LINE) == first
    assert carry_out_due(by=COMMAND_LINE) == 0
    assert Event.objects.filter(act=Act.CARRY_OUT_REORGANISATION).count() == 1
    assert Declaration.objects.filter(inherited_from__isnull=False).count() == 1


def test_nothing_happens_before_its_day_or_without_a_second(bodies):
    people = operators()
    early = seconded(merge(bodies, day=SOON), people)
    alone = planned(rename(factories.organisation(), "New"), people)
    carry_out_reorganisations()
    assert not Event.objects.filter(act=Act.CARRY_OUT_REORGANISATION).exists()
    for reorganisation, sentence in ((early, "is planned for"), (alone, "Nobody has seconded")):
        with pytest.raises(Refused, match=sentence):
            carry_out(reorganisation=reorganisation, by=COMMAND_LINE)
    with pytest.raises(Refused, match="Only the registry itself"):
        carry_out(reorganisation=early, by=ANYBODY)


def test_a_late_run_catches_up_with_the_day_of_the_plan(bodies):
    day = date(2026, 4, 1)
    found = seconded(merge(bodies, day=day), operators())
    carry_out_reorganisations()
    found.refresh_from_db()
    (new,) = made_by(found)
    bodies[0].refresh_from_db()
    assert (new.start, bodies[0].end) == (day, day)


def test_an_end_that_a_pack_said_stays_as_it_said(bodies):
    Organisation.objects.filter(pk=bodies[0].pk).update(end=TODAY - timedelta(days=1))
    carried_out(merge(bodies))
    bodies[0].refresh_from_db()
    assert bodies[0].end == TODAY - timedelta(days=1)


def test_what_can_no_longer_be_carried_out_says_why_and_is_tried_again(bodies):
    found = seconded(merge(bodies), operators())
    other = factories.organisation(slug="marrow-council")
    assert carry_out_due(by=COMMAND_LINE) == 0
    found.refresh_from_db()
    assert "a body at the address" in found.problem
    assert found.state == "seconded"
    other.delete()
    assert carry_out_due(by=COMMAND_LINE) == 1
    found.refresh_from_db()
    assert (found.problem, found.state) == ("", "carried_out")


def test_declarations_are_inherited_and_the_old_ones_stay(bodies):
    component, function = factories.component(), factories.function()
    old = factories.adoption(
        organisation=bodies[0], component=component, function=function, evidence="E3", coverage=1.0
    )
    found = carried_out(merge(bodies))
    (new,) = made_by(found)
    (made,) = current(new)
    assert (made.component, made.evidence, made.confirmed, made.inherited_from) == (component, "E3", old.confirmed, old)
    assert made.recorded_in == found.carried_out_in
    assert [origin.origin for origin in made.origins.all()] == [old]
    assert current(bodies[0]) == [old]
    assert found.outcome["declarations"] == 1


def test_what_one_body_keeps_back_its_successor_keeps_back(bodies):
    function = factories.function()
    for body, name in zip(bodies, ("Secret", "Other"), strict=True):
        said = factories.duplicate(organisation=body, function=function, system=NOT_NAMED)
        Withheld.objects.create(declaration=said, field="system", shown_to="own", text=name)
        Withheld.objects.create(declaration=said, field="annual_cost", shown_to="peers", amount=5, until=SOON)
    (new,) = made_by(carried_out(merge(bodies)))
    first, second = current(new)
    assert [first.system, second.system] == [NOT_NAMED, f"{NOT_NAMED} (2)"]
    kept = Withheld.objects.filter(declaration__in=[first, second]).values_list("field", "text", "amount", "until")
    assert set(kept) == {
        ("system", "Secret", None, None),
        ("system", "Other", None, None),
        ("annual_cost", "", Decimal(5), SOON),
    }


def test_what_two_keep_back_of_one_component_is_said_of_neither(bodies):
    component, function = factories.component(), factories.function()
    for body in bodies:
        said = factories.adoption(organisation=body, function=function, component=component)
        Withheld.objects.create(declaration=said, field="annual_cost", shown_to="own", amount=5)
    (new,) = made_by(carried_out(merge(bodies)))
    (made,) = current(new)
    assert made.annual_cost is None
    assert not made.withheld.exists()


def test_confirmed_it_is_the_successor_s_own(bodies):
    factories.adoption(organisation=bodies[0], stage="planned", confirmed=TODAY)
    (new,) = made_by(carried_out(merge(bodies)))
    (inherited,) = current(new)
    (again,) = confirm_declarations(organisation=new, declarations=[inherited.pk], by=COMMAND_LINE)
    assert again.inherited_from is None
    assert inherited.origins.exists()


def test_drafts_and_history_are_left_alone(bodies):
    past = factories.adoption(organisation=bodies[0], superseded_in=factories.event())
    stopped = factories.adoption(organisation=bodies[0], stage="retired")
    found = carried_out(merge(bodies))
    assert current(made_by(found)[0]) == []
    assert not Inheritance.objects.filter(origin__in=[past, stopped]).exists()


def test_a_body_that_goes_on_takes_the_others_in(bodies):
    component, function = factories.component(), factories.function()
    for body, driver in zip(bodies, (300, 100), strict=True):
        Organisation.objects.filter(pk=body.pk).update(driver=driver)
        factories.adoption(organisation=body, component=component, function=function, coverage=1.0)
    mine = factories.duplicate(organisation=bodies[0])
    carried_out(merge(bodies, into=bodies[0]))
    settle()
    bodies[0].refresh_from_db()
    assert bodies[0].end is None
    kept, made = current(bodies[0])
    assert kept == mine
    assert (made.component, made.coverage) == (component, 1.0)
    assert {one.origin.organisation for one in made.origins.all()} == set(bodies)
    assert list(bodies[1].successors.all()) == [bodies[0]]


def test_split_gives_to_all_what_all_can_have_and_to_the_heir_the_rest():
    body = factories.organisation()
    old = factories.duplicate(organisation=body, annual_cost=Decimal(9), transactions=5, contract_end=SOON)
    held = factories.stewardship(organisation=body, share=0.4)
    source = factories.source(organisation=body)
    north, south = made_by(carried_out(split(body)))
    settle()
    for new in (north, south):
        (made,) = current(new)
        assert (made.system, made.annual_cost, made.transactions, made.contract_end) == (old.system, None, None, SOON)
        assert made.inherited_from == old
    (now,) = Stewardship.objects.current()
    assert (now.organisation, now.component, now.share) == (north, held.component, 0.4)
    source.refresh_from_db()
    assert source.organisation == north
    assert set(body.successors.all()) == {north, south}


def test_a_body_that_only_gives_a_part_away_keeps_what_it_has():
    body = factories.organisation()
    old, held = factories.adoption(organisation=body), factories.stewardship(organisation=body)
    plan = split(body, (body.name, "South"))
    plan = replace(plan, becomings=(replace(plan.becomings[0], organisation=body), plan.becomings[1]))
    _same, south = made_by(carried_out(plan))
    body.refresh_from_db()
    assert body.end is None
    assert current(body) == [old]
    assert [one.inherited_from for one in current(south)] == [old]
    assert list(Stewardship.objects.current()) == [held]
    assert list(Succession.objects.values_list("predecessor", "successor")) == [(body.pk, south.pk)]


def test_rename_keeps_the_body_and_its_address_and_remembers_the_old_name():
    body = factories.organisation(slug="old", name="Old Council", aliases=["The Old"])
    said, held = factories.adoption(organisation=body), factories.stewardship(organisation=body)
    token = issue_token(
        organisation=body, name="Crawler", scopes={Scope.DECLARATIONS_WRITE}, days=30, by=COMMAND_LINE
    ).token
    factories.component()
    carried_out(rename(body, "New Council"))
    body.refresh_from_db()
    assert (body.slug, body.name, body.aliases, body.end) == ("old", "New Council", ["The Old", "Old Council"], None)
    assert current(body) == [said]
    token.refresh_from_db()
    assert token.revoked_at is None
    assert "New Council" in SearchEntry.objects.get(component=held.component).document
    assert not Succession.objects.exists()


def test_abolished_body_ends_and_nobody_goes_on():
    body = factories.organisation()
    said, held = factories.adoption(organisation=body), factories.stewardship(organisation=body)
    source = factories.source(organisation=body)
    carried_out(abolish(body))
    body.refresh_from_db()
    source.refresh_from_db()
    assert body.end == TODAY
    assert current(body) == [said]
    assert not Stewardship.objects.current().filter(component=held.component).exists()
    assert source.stopped_at is not None


def test_stewardships_of_two_are_one_with_the_sum_of_their_shares(bodies):
    component = factories.component()
    for body, share in zip(bodies, (0.25, 0.5), strict=True):
        factories.stewardship(component=component, organisation=body, share=share)
    (new,) = made_by(carried_out(merge(bodies)))
    settle()
    assert [(one.organisation, one.share) for one in Stewardship.objects.current()] == [(new, 0.75)]
    assert Stewardship.objects.count() == 3


def test_tokens_of_ended_bodies_are_dead(bodies, client):
    scopes = {Scope.DECLARATIONS_WRITE}
    issued = issue_token(organisation=bodies[0], name="Crawler", scopes=scopes, days=30, by=COMMAND_LINE)
    component = factories.component()
    factories.adoption(organisation=bodies[0], component=component)
    address = f"/api/v1/components/{component.slug}/reviews/{bodies[0].slug}"
    headers = {"authorization": f"Bearer {issued.secret}"}
    body = {"went_well": "It works."}
    assert client.put(address, body, content_type="application/json", headers=headers).status_code == 200
    (new,) = made_by(carried_out(merge(bodies)))
    for slug in (bodies[0].slug, new.slug):
        address = f"/api/v1/components/{component.slug}/reviews/{slug}"
        assert client.put(address, body, content_type="application/json", headers=headers).status_code == 401
    Organisation.objects.filter(pk=bodies[0].pk).update(end=None)
    assert client.put(address, body, content_type="application/json", headers=headers).status_code == 401
    assert Token.objects.get().revoked_at is not None


def member(body: Organisation, role: Role, email: str = "") -> Membership:
    person = Person.objects.get_or_create(email=email or f"{role}-{body.slug}@example.org")[0]
    return Membership.objects.create(person=person, organisation=body, role=role, granted_in=factories.event())


def roles(body: Organisation) -> set[tuple[str, str, bool]]:
    """Who is what, and whether it is granted."""
    found = Membership.objects.filter(organisation=body, ended_in=None).select_related("person")
    return {(one.person.email.partition("@")[0], one.role, one.granted_in_id is not None) for one in found}


def test_members_follow_with_their_roles_and_owners_of_equals_are_asked_for(bodies):
    for role in (Role.READER, Role.EDITOR, Role.OWNER, Role.FINANCE_ATTESTOR, Role.STEWARDS_OFFICER):
        member(bodies[0], role, f"{role}@example.org")
    member(bodies[1], Role.READER, "reader@example.org")
    Membership.objects.create(
        person=Person.objects.create(email="asking@example.org"),
        organisation=bodies[0],
        role=Role.EDITOR,
        asked_in=factories.event(),
    )
    (new,) = made_by(carried_out(merge(bodies)))
    assert roles(new) == {
        ("reader", "reader", True),
        ("editor", "editor", True),
        ("owner", "editor", True),
        ("owner", "owner", False),
        ("finance_attestor", "finance_attestor", True),
        ("stewards_officer", "stewards_officer", True),
    }
    assert not any(roles(body) for body in bodies)


def test_owners_of_a_body_that_goes_on_stay_its_only_owners(bodies):
    member(bodies[0], Role.OWNER, "first@example.org")
    member(bodies[1], Role.OWNER, "second@example.org")
    carried_out(merge(bodies, into=bodies[0]))
    assert roles(bodies[0]) == {("first", "owner", True), ("second", "editor", True), ("second", "owner", False)}


def test_members_of_a_split_body_are_in_both_and_its_stewards_officers_with_the_heir():
    body = factories.organisation()
    member(body, Role.OWNER, "owner@example.org")
    member(body, Role.STEWARDS_OFFICER, "officer@example.org")
    north, south = made_by(carried_out(split(body)))
    assert roles(north) == {("owner", "owner", True), ("officer", "stewards_officer", True)}
    assert roles(south) == {("owner", "owner", True)}


def test_members_of_an_abolished_body_are_members_no_longer():
    body = factories.organisation()
    member(body, Role.OWNER)
    carried_out(abolish(body))
    assert not roles(body)


def test_webhooks_stop_and_code_hosting_and_children_pass_on(bodies):
    hook = Webhook.objects.create(organisation=bodies[0], subject="software", url="https://hook.example/")
    hosting = CodeHosting.objects.create(organisation=bodies[0], url="https://code.example/a")
    child = factories.organisation(parent=bodies[1])
    (new,) = made_by(carried_out(merge(bodies)))
    for row in (hook, hosting, child):
        row.refresh_from_db()
    assert hook.disabled_at is not None
    assert (hosting.organisation, child.parent) == (new, new)


def test_notices_are_given_to_who_goes_on_using_what_ends(bodies):
    ending, other = factories.component(), factories.component()
    factories.adoption(organisation=bodies[0], component=ending)
    deprecate_component(component=ending, successor=other, ends_on=SOON, by=COMMAND_LINE)
    (new,) = made_by(carried_out(merge(bodies)))
    assert set(Notice.objects.values_list("organisation", flat=True)) == {bodies[0].pk, new.pk}


def test_search_knows_the_new_steward_and_webhooks_are_told(bodies):
    held = factories.stewardship(organisation=bodies[0])
    Webhook.objects.create(subject="software", url="https://hook.example/")
    carried_out(merge(bodies))
    document = SearchEntry.objects.get(component=held.component).document
    assert "marrow-council" in document
    assert bodies[0].slug not in document
    assert Delivery.objects.filter(about__contains=str(held.component.uuid)).exists()


def test_spending_volumes_and_reviews_stay_with_the_old_body(bodies):
    Account.objects.create(organisation=bodies[0], financial_year="2025-26", frontline=1)
    Volume.objects.create(organisation=bodies[0], function=factories.function(), transactions=1)
    carried_out(merge(bodies))
    assert Account.objects.get().organisation == bodies[0]
    assert Volume.objects.get().organisation == bodies[0]


def test_number_of_queries_does_not_grow_with_the_statements(django_assert_max_num_queries):
    people = operators()

    def area(bodies: int, each: int):
        leaving = [factories.organisation() for _ in range(bodies)]
        functions = [factories.function() for _ in range(each)]
        for body in leaving:
            for function in functions:
                factories.duplicate(organisation=body, function=function, system="One")
        return seconded(merge(leaving, slug=f"new-{bodies}-{each}"), people)

    small, large = area(2, 2), area(6, 12)
    with django_assert_max_num_queries(52) as counted:
        carry_out(reorganisation=small, by=COMMAND_LINE)
    with django_assert_max_num_queries(len(counted)):
        carry_out(reorganisation=large, by=COMMAND_LINE)


def test_bodies_made_today_exist_today(bodies):
    (new,) = made_by(carried_out(merge(bodies)))
    assert new.exists_on(timezone.localdate())
    assert not any(body.exists_on(timezone.localdate()) for body in Organisation.objects.exclude(pk=new.pk))

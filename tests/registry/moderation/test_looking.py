"""Who looks at an item: one at a time, for half an hour, and nobody else decides it meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.looking import forget_lapsed, look_at, put_back, settle, take_over
from registry.actions.members import grant_role
from registry.actions.pairs import dismiss_pair
from registry.actions.reorganisations import plan_reorganisation, second_reorganisation
from registry.models import Act, Event, Lease, Membership, Pair, Role, Waiting
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories
from tests.constraints import refused_by
from tests.registry.moderation.conftest import acting, moderator
from tests.registry.reorganisations.plans import merge

HALF_AN_HOUR = timedelta(minutes=30)
ITEM = {"kind": Waiting.PAIR, "key": "7"}


def test_first_who_looks_has_it_and_the_second_is_told(mo, nell):
    mine = look_at(**ITEM, by=mo)
    assert (mine.person_id, mine.until - mine.since) == (mo.person.pk, HALF_AN_HOUR)
    theirs = look_at(**ITEM, by=nell)
    assert (theirs.person_id, theirs.named, theirs.since) == (mo.person.pk, "Mo", mine.since)
    assert Lease.objects.count() == 1
    assert not Event.objects.filter(by=mo.person).exists()


def test_looking_again_reads_and_later_gives_more_time(mo, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = look_at(**ITEM, by=mo)
    with django_assert_num_queries(1):
        assert look_at(**ITEM, by=mo).until == first.until
    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False):
        again = look_at(**ITEM, by=mo)
    assert (again.since, again.pk) == (first.since, first.pk)
    assert again.until - first.until > timedelta(minutes=19)


def test_it_lapses_by_itself(mo, nell):
    look_at(**ITEM, by=mo)
    with time_machine.travel(timezone.now() + HALF_AN_HOUR, tick=False):
        settle(Waiting.PAIR, 7, nell)
        look_at(**ITEM, by=mo)
        assert look_at(**ITEM, by=nell).person_id == mo.person.pk
    with time_machine.travel(timezone.now() + 2 * HALF_AN_HOUR, tick=False):
        assert look_at(**ITEM, by=nell).since == timezone.now()


def test_decision_by_another_is_refused_with_name_and_time(mo, nell):
    with time_machine.travel("2026-09-01 09:42", tick=False):
        look_at(**ITEM, by=mo)
        with pytest.raises(Refused, match=r"Mo is looking at this since 09:42 on 1 September 2026\. Wait, or take it"):
            settle(Waiting.PAIR, 7, nell)
        with pytest.raises(Refused, match="Mo is looking"):
            settle(Waiting.PAIR, 7, COMMAND_LINE)
        settle(Waiting.MERGE, 7, nell)
        settle(Waiting.PAIR, 7, mo)
    assert not Lease.objects.exists()


def test_taking_over_is_recorded(mo, nell):
    with pytest.raises(Refused, match="Nobody else is looking"):
        take_over(**ITEM, by=nell)
    look_at(**ITEM, by=mo)
    with pytest.raises(Refused, match="Nobody else is looking"):
        take_over(**ITEM, by=mo)
    taken = take_over(**ITEM, by=nell)
    assert taken.person == nell.person
    event = Event.objects.get(act=Act.TAKE_OVER_ITEM)
    assert (event.by, event.detail) == (nell.person, {"kind": "pair", "key": "7", "from": mo.person.pk})
    with pytest.raises(Refused, match="Nell is looking"):
        settle(Waiting.PAIR, 7, mo)
    with pytest.raises(Refused, match="Only whoever may decide"):
        take_over(**ITEM, by=ANYBODY)


def test_putting_back_frees_only_ones_own(mo, nell):
    look_at(**ITEM, by=mo)
    assert not put_back(**ITEM, by=nell)
    assert not put_back(**ITEM, by=COMMAND_LINE)
    assert put_back(**ITEM, by=mo)
    assert look_at(**ITEM, by=nell).person_id == nell.person.pk


@pytest.mark.parametrize("role", [Role.OWNER, Role.ANALYST])
def test_who_may_not_decide_looks_at_nothing(db, role):
    body = None if role == Role.ANALYST else factories.organisation()
    by = acting(factories.membership(organisation=body, role=role))
    assert look_at(**ITEM, by=by) is None
    assert (look_at(kind=Waiting.EDITION, key="1", by=by) is not None) == (role == Role.ANALYST)


def test_each_decision_asks_who_looks(mo, nell):
    first, second = sorted((factories.component(), factories.component()), key=lambda one: one.pk)
    pair = Pair.objects.create(first=first, second=second, reasons=[], found_on=timezone.localdate())
    body = factories.organisation(homepage="https://birch.example/")
    asked = Membership.objects.create(
        person=factories.person(), organisation=body, role=Role.OWNER, asked_in=factories.event(act=Act.ASK_FOR_ROLE)
    )
    planned = plan_reorganisation(
        plan=merge([factories.organisation(), factories.organisation()]), by=acting(moderator("Pim"))
    )
    for kind, key in ((Waiting.PAIR, pair), (Waiting.OWNER, asked), (Waiting.REORGANISATION, planned)):
        look_at(kind=kind, key=str(key.pk), by=mo)
    acts = (
        lambda by: dismiss_pair(pair=pair, reason="Two", by=by),
        lambda by: grant_role(membership=asked, by=by),
        lambda by: second_reorganisation(reorganisation=planned, by=by),
    )
    for act in acts:
        with pytest.raises(Refused, match="Mo is looking"):
            act(nell)
        act(mo)
    assert not Lease.objects.exists()


def test_lapsed_ones_are_forgotten(mo):
    look_at(**ITEM, by=mo)
    assert forget_lapsed() == 0
    with time_machine.travel(timezone.now() + HALF_AN_HOUR, tick=False):
        assert forget_lapsed() == 1


def test_one_claim_an_item(mo):
    look_at(**ITEM, by=mo)
    now = timezone.now()
    with refused_by("lease_one_of_an_item"), transaction.atomic():
        Lease.objects.create(**ITEM, person=mo.person, since=now, until=now + HALF_AN_HOUR)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_looks():
    people = [acting(moderator(name)) for name in ("Mo", "Nell")]
    together = Barrier(2)

    def look(by) -> int:
        together.wait()
        try:
            return look_at(**ITEM, by=by).person_id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(look, people))) == 1
    assert Lease.objects.count() == 1

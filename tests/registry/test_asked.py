"""Which functions a body could answer for, and how many others of its kind have: counted once for all of a kind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commons.kept import database_version
from public_value.models import Benchmark
from registry.presenters import asked
from tests import factories

TODAY = timezone.localdate()


def others(body, told=(), version: str = "") -> dict[str, int]:
    return {one.name: one.others for one in asked.of(body, TODAY, {function.pk for function in told}, version)}


@pytest.mark.django_db
def test_asked_counts_the_others_and_not_the_body_itself():
    group = factories.peer_group()
    bodies = [factories.organisation(peer_group=group) for _ in range(3)]
    votes, bins, maps = (factories.function(name=name) for name in ("Votes", "Bins", "Maps"))
    for body in bodies:
        factories.adoption(organisation=body, function=votes)
    factories.duplicate(organisation=bodies[0], function=votes)
    factories.duplicate(organisation=bodies[0], function=bins)
    Benchmark.objects.create(peer_group=group, function=maps, ref_cost_per_driver=1)
    factories.adoption(function=factories.function())  # of another kind

    assert list(others(bodies[0], [votes, bins]).items()) == [("Maps", 0), ("Votes", 2)]
    assert others(bodies[1], [votes]) == {"Bins": 1, "Maps": 0, "Votes": 2}
    Benchmark.objects.create(peer_group=group, function=bins, ref_cost_per_driver=1)
    assert others(bodies[0], [votes, bins]) == {"Bins": 0, "Maps": 0, "Votes": 2}


@pytest.mark.django_db
def test_asked_of_a_body_that_ended_counts_all_that_exist():
    group = factories.peer_group()
    ended = factories.organisation(peer_group=group, end=TODAY)
    votes = factories.function(name="Votes")
    for body in (ended, factories.organisation(peer_group=group)):
        factories.adoption(organisation=body, function=votes)

    assert others(ended, [votes]) == {"Votes": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end"), [(None, None), (0, None), (1, None), (None, 0), (None, 1), (-2, -1)])
def test_body_exists_as_the_question_has_it(start, end):
    dates = {"start": start, "end": end}
    body = factories.organisation(
        **{name: None if days is None else TODAY + timedelta(days) for name, days in dates.items()}
    )
    assert body.exists_on(TODAY) is type(body).objects.existing(TODAY).exists()


@pytest.mark.django_db(transaction=True)
def test_asked_is_counted_again_when_anything_is_recorded(django_assert_num_queries):
    body = factories.organisation(type="council")
    other = factories.organisation(type="council")
    votes = factories.function(name="Votes")
    assert others(body, version=database_version()) == {}

    factories.adoption(organisation=other, function=votes)

    version = database_version()
    assert others(body, version=version) == {"Votes": 1}
    with django_assert_num_queries(0):
        assert others(body, version=version) == {"Votes": 1}
        assert others(other, [votes], version=version) == {}

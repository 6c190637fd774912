"""Asking stewards to attest: by itself where a link answers, by hand where nobody was asked, again after a while."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commons.exceptions import Refused
from registry.actions.attestations import ask_for_attestation, lapse_overdue
from registry.actions.attestations.answering import decline
from registry.actions.evidence import check_links
from registry.models import Act, Attestation, Event, EvidenceLink, Letter, LetterKind
from registry.permissions import ANYBODY
from tests import factories
from tests.registry.attestations.conftest import acting, later

pytestmark = pytest.mark.django_db


def ask(world, **given):
    given = {"organisation": world.body, "declaration": world.now().pk, "by": world.owner} | given
    return ask_for_attestation(**given)


def test_use_with_a_link_that_answers_is_asked_about_in_the_act(world):
    before = Event.objects.count()

    world.say(world.said)

    one = Attestation.objects.get()
    assert (world.grade, one.state, one.organisation, one.component) == ("E1", "asked", world.body, world.component)
    assert (one.due_on - one.asked_on).days == 60
    assert one.asked_in.act == Act.DECLARE
    assert Event.objects.count() == before + 1


def test_use_is_asked_about_when_its_link_answers_first(world, site):
    EvidenceLink.objects.all().delete()
    world.say(replace(world.said, source_url=site.at("/contract")))
    assert (world.grade, Attestation.objects.count()) == ("E0", 0)

    check_links()

    assert (world.grade, Attestation.objects.get().asked_in.act) == ("E1", Act.CHECK_EVIDENCE)


@pytest.mark.parametrize(
    "change", [{"source_url": ""}, {"stage": "planned"}, {"stage": "retired"}], ids=["no link", "planned", "stopped"]
)
def test_nobody_is_asked_about_what_is_not_in_use_or_has_no_link(world, change):
    world.say(replace(world.said, **change))
    assert not Attestation.objects.exists()
    with pytest.raises(Refused):
        ask(world)


def test_nobody_is_asked_twice(world):
    world.say(world.said)
    world.say(replace(world.said, annual_cost=Decimal(1000)))
    assert Attestation.objects.count() == 1
    with pytest.raises(Refused, match="was asked already, and can answer until"):
        ask(world)


def test_nobody_is_asked_where_only_the_body_s_own_group_looks_after_it(world):
    world.steward.affiliation_group = world.body.affiliation_group = "woods"
    world.steward.save()
    world.body.save()

    world.say(world.said)

    assert not Attestation.objects.exists()
    with pytest.raises(Refused, match="is Birch itself or of its group"):
        ask(world)


def test_group_may_be_named_after_one_of_its_members(world):
    world.body.affiliation_group = "sorrel"
    world.body.save()
    world.say(world.said)
    assert not Attestation.objects.exists()


def test_other_steward_outside_of_the_group_can_be_asked(world):
    world.steward.affiliation_group = world.body.affiliation_group = "woods"
    world.steward.save()
    world.body.save()
    factories.stewardship(component=world.component, organisation=factories.organisation(slug="alder"), share=0.0001)
    world.component.stewardships.filter(organisation=world.steward).update(share=0.9)

    world.say(world.said)

    assert Attestation.objects.get().state == "asked"
    assert not Attestation.objects.asked_of(world.steward).exists()


def test_officers_are_written_to_once_a_week(world, uses):
    world.say(world.said)
    uses("cedar")

    (letter,) = Letter.objects.exclude(kind=LetterKind.ADOPTED)
    assert letter.to == world.officer.person.email
    assert "/workspace/sorrel/attestations/" in letter.text


def test_what_nobody_answers_lapses_after_60_days_and_can_be_asked_again_90_days_later(world):
    world.say(world.said)
    with later(days=60):
        assert lapse_overdue() == 0
    with later(days=61):
        assert lapse_overdue() == 1
        assert lapse_overdue() == 0
        assert (world.grade, world.asked().state, world.asked().get_state_display()) == (
            "E1", "lapsed", "Not answered by the steward",
        )  # fmt: skip
        with pytest.raises(Refused, match="can be asked again from"):
            ask(world)
    with later(days=150), pytest.raises(Refused):
        ask(world)
    with later(days=152):
        again = ask(world)
        assert (again.state, Attestation.objects.count()) == ("asked", 2)
        assert Event.objects.latest("pk").act == Act.ASK_FOR_ATTESTATION


def test_declined_is_not_asked_again_by_itself(world):
    world.say(world.said)
    decline(steward=world.steward, attestations=[world.asked().pk], reason="They left", by=world.officer)

    world.say(replace(world.said, annual_cost=Decimal(1000)))

    assert Attestation.objects.get().state == "declined"


def test_statement_of_a_pack_is_asked_about_by_hand(world):
    packed = factories.adoption(organisation=world.body, function=world.function, component=world.component)
    assert ask(world, declaration=packed.pk).state == "asked"


def test_only_the_body_s_editors_ask(world):
    world.say(world.said)
    Attestation.objects.all().delete()
    for by in (ANYBODY, world.officer):
        with pytest.raises(Refused, match="may not ask in the name"):
            ask(world, by=by)
    assert ask(world, by=acting(world.body, "editor")).state == "asked"


def test_changed_statement_cannot_be_asked_about(world):
    world.say(world.said)
    gone = world.now().pk
    world.say(replace(world.said, annual_cost=Decimal(1000)))
    with pytest.raises(Refused, match="changed meanwhile"):
        ask(world, declaration=gone)

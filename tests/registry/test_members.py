"""Roles: asked for, granted, refused, given and ended, each in one event and one letter."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import connection, transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry import domains
from registry.actions import members
from registry.actions.members import ask_for_role, end_role, grant_role, invite, refuse_role
from registry.models import Act, Event, Letter, Membership, Person, Role
from registry.models.membership import OF_A_BODY
from registry.permissions import ANYBODY, COMMAND_LINE, of_person
from tests import factories
from tests.constraints import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def birch():
    return factories.organisation(slug="birch", name="Birch Council", homepage="https://www.birch.example/home")


@pytest.fixture
def owner(birch):
    return factories.membership(organisation=birch, person=factories.person(email="owner@birch.example", name="Ada"))


@pytest.fixture
def moderator():
    person = factories.person(email="moderator@registry.example")
    return acting(factories.membership(organisation=None, role=Role.MODERATOR, person=person))


def acting(*memberships: Membership):
    return of_person(memberships[0].person, memberships, second_factor=True)


def asks(body, role=Role.EDITOR, **fields) -> Membership:
    """Somebody who asks, with an address of the body."""
    person = factories.person(**fields)
    return ask_for_role(organisation=body, role=role, reason="I keep it", by=of_person(person))


def told() -> list[tuple[str, str]]:
    return [(one.to, one.subject) for one in Letter.objects.order_by("pk")]


# To ask


def test_asking_is_recorded_once_and_owners_are_told(birch, owner):
    asked = asks(birch, email="bo@birch.example", name="Bo {role}")

    assert (asked.granted_in, asked.ended_in, asked.reason) == (None, None, "I keep it")
    event = Event.objects.get(act=Act.ASK_FOR_ROLE)
    assert (asked.asked_in, event.by) == (event, asked.person)
    assert event.detail == {"person": asked.person.pk, "organisation": "birch", "role": "editor"}
    assert told() == [("owner@birch.example", "Somebody asks to be editor of Birch Council")]
    letter = Letter.objects.get()
    assert "Bo {role} (bo@birch.example) asks" in letter.text
    assert "/workspace/birch/members/" in letter.text


def test_moderators_are_told_where_no_owner_can_answer(birch, owner, moderator):
    Person.objects.filter(pk=owner.person_id).update(is_active=False)
    asks(birch, Role.OWNER)
    assert [to for to, _ in told()] == ["moderator@registry.example"]


def test_nobody_is_told_of_what_only_a_first_owner_can_answer(birch, moderator):
    asks(birch, Role.EDITOR)
    assert told() == []


@pytest.mark.parametrize("role", OF_A_BODY)
def test_every_role_of_a_body_can_be_asked_for(birch, role):
    assert asks(birch, role).role == role


def test_asking_is_refused(birch, owner):
    bo = of_person(factories.person())
    ended = factories.organisation(end=timezone.localdate())
    coming = factories.organisation(start=timezone.localdate() + timedelta(days=1))
    ask_for_role(organisation=birch, role=Role.READER, by=bo)
    refusals = {
        "Sign in first": {"organisation": birch, "role": Role.EDITOR, "by": ANYBODY},
        "no such role": {"organisation": birch, "role": Role.MODERATOR, "by": bo},
        "already": {"organisation": birch, "role": Role.READER, "by": bo},
        "have this role": {"organisation": birch, "role": Role.OWNER, "by": acting(owner)},
        "does not exist today": {"organisation": ended, "role": Role.READER, "by": bo},
        "not exist today": {"organisation": coming, "role": Role.READER, "by": bo},
    }
    for sentence, asked in refusals.items():
        with pytest.raises(Refused, match=sentence):
            ask_for_role(**asked)
    assert Event.objects.filter(act=Act.ASK_FOR_ROLE).count() == 1


def test_nobody_floods_owners_with_letters(birch, owner):
    bo = of_person(factories.person())
    for _turn in range(members.ASKED_A_DAY):
        end_role(membership=ask_for_role(organisation=birch, role=Role.READER, by=bo), by=bo)
    with pytest.raises(Refused, match="many roles today"):
        ask_for_role(organisation=birch, role=Role.READER, by=bo)
    assert asks(birch, Role.READER)


def test_asking_again_after_a_refusal_is_a_new_asking(birch, owner):
    first = asks(birch)
    refuse_role(membership=first, reason="Who are you?", by=acting(owner))
    again = ask_for_role(organisation=birch, role=Role.EDITOR, by=of_person(first.person))
    assert again.pk != first.pk
    assert len(told()) == 3


# The first owner


@pytest.mark.parametrize(
    ("homepage", "added", "email", "is_its_own"),
    [
        ("https://www.birch.example/", [], "bo@birch.example", True),
        ("https://www.birch.example/", [], "bo@BIRCH.example", True),
        ("https://birch.example:8443/x", [], "bo@birch.example", True),
        ("https://BIRCH.example./", [], "bo@birch.example", True),
        ("https://www.birch.example/", [], "bo@mail.birch.example", False),
        ("https://www.birch.example/", [], "bo@notbirch.example", False),
        ("https://www.birch.example/", [], "bo@birch.example.evil.example", False),
        ("https://www.birch.example/", [], '"bo@birch.example"@evil.example', False),
        ("https://www.birch.example/", [], "birch.example", False),
        ("https://www.birch.example/", [" Shared.Example "], "bo@shared.example", True),
        ("", ["shared.example"], "bo@shared.example", True),
        ("", [], "bo@", False),
        ("", [""], "bo@", False),
        ("http://[::1", [], "bo@birch.example", False),
        ("birch.example", [], "bo@birch.example", False),
        ("mailto:bo@birch.example", [], "bo@birch.example", False),
    ],
)
def test_address_is_of_the_body(homepage, added, email, is_its_own):
    body = factories.organisation(homepage=homepage, email_domains=added)
    assert domains.is_of_body(email, body) == is_its_own


def test_first_owner_needs_an_address_of_the_body(birch):
    with pytest.raises(Refused, match=r"\(birch.example\), and bo@elsewhere.example is another"):
        asks(birch, Role.OWNER, email="bo@elsewhere.example")
    assert asks(birch, Role.EDITOR, email="cy@elsewhere.example")
    assert asks(birch, Role.OWNER, email="di@birch.example")


def test_second_owner_may_have_another_address(birch, owner):
    asked = asks(birch, Role.OWNER, email="bo@shared-service.example")
    assert grant_role(membership=asked, by=acting(owner)).granted_in


def test_address_is_looked_at_again_when_the_owners_have_gone(birch, owner, moderator):
    asked = asks(birch, Role.OWNER, email="bo@elsewhere.example")
    end_role(membership=owner, by=moderator)
    with pytest.raises(Refused, match="first owner"):
        grant_role(membership=asked, by=moderator)


def test_moderator_approves_the_first_owner_and_no_other_role(birch, moderator):
    first, editor = asks(birch, Role.OWNER), asks(birch, Role.EDITOR)
    with pytest.raises(Refused, match="first owner is approved by a moderator"):
        grant_role(membership=editor, by=moderator)
    assert grant_role(membership=first, by=moderator).granted_in.by == moderator.person
    second = asks(birch, Role.OWNER)
    with pytest.raises(Refused, match="Only an owner of Birch Council"):
        grant_role(membership=second, by=moderator)


def test_moderator_invites_a_first_owner_of_the_bodys_own_domain_alone(birch, moderator):
    with pytest.raises(Refused, match="first owner"):
        invite(organisation=birch, email="bo@elsewhere.example", role=Role.OWNER, by=moderator)
    assert not Person.objects.filter(email="bo@elsewhere.example").exists()
    assert invite(organisation=birch, email="bo@birch.example", role=Role.OWNER, by=moderator).granted_in
    assert invite(organisation=factories.organisation(), email="cy@elsewhere.example", role=Role.OWNER, by=COMMAND_LINE)


def test_no_moderator_makes_themself_first_owner(birch):
    person = factories.person(email="mo@birch.example")
    mo = acting(factories.membership(organisation=None, role=Role.MODERATOR, person=person))
    asked = ask_for_role(organisation=birch, role=Role.OWNER, by=mo)
    for act in (
        lambda: grant_role(membership=asked, by=mo),
        lambda: invite(organisation=birch, email="MO@birch.example", role=Role.OWNER, by=mo),
    ):
        with pytest.raises(Refused, match="Nobody gives themself a role"):
            act()


# To grant and to refuse


def test_granting_is_one_event_and_one_letter(birch, owner):
    asked = asks(birch, email="bo@birch.example")
    granted = grant_role(membership=asked, by=acting(owner))

    event = Event.objects.get(act=Act.GRANT_ROLE, by=owner.person)
    assert granted.granted_in == event
    assert event.detail == {"person": asked.person.pk, "organisation": "birch", "role": "editor"}
    assert told()[-1] == ("bo@birch.example", "You are now editor of Birch Council")
    assert list(Membership.objects.standing().filter(person=asked.person)) == [granted]


def test_refusing_says_why_whatever_is_in_the_reason(birch, owner):
    asked = asks(birch, email="bo@birch.example")
    refuse_role(membership=asked, reason=" {workspace.x}  {0} %s ", by=acting(owner))

    asked.refresh_from_db()
    assert (asked.reason, asked.granted_in, asked.ended_in.act) == ("{workspace.x} {0} %s", None, Act.REFUSE_ROLE)
    assert "The reason given: {workspace.x} {0} %s" in Letter.objects.get(to="bo@birch.example").text


def test_what_was_answered_is_not_answered_again(birch, owner):
    by = acting(owner)
    granted, refused = asks(birch), asks(birch)
    grant_role(membership=granted, by=by)
    refuse_role(membership=refused, reason="No", by=by)
    for one in (granted, refused):
        with pytest.raises(Refused, match="answered already"):
            grant_role(membership=one, by=by)
        with pytest.raises(Refused, match="answered already"):
            refuse_role(membership=one, reason="No", by=by)


def test_granting_is_refused(birch, owner):
    asked, gone = asks(birch), asks(birch)
    Person.objects.filter(pk=gone.person_id).update(is_active=False)
    editor = factories.membership(organisation=birch, role=Role.EDITOR)
    foreign = factories.membership()
    weak = of_person(owner.person, [owner])
    for by in (ANYBODY, acting(editor), acting(foreign), weak):
        with pytest.raises(Refused, match="Only an owner"):
            grant_role(membership=asked, by=by)
    with pytest.raises(Refused, match="may not sign in"):
        grant_role(membership=gone, by=acting(owner))
    with pytest.raises(Refused, match="Say why"):
        refuse_role(membership=asked, reason=" \n ", by=acting(owner))
    birch.end = timezone.localdate()
    birch.save()
    with pytest.raises(Refused, match="does not exist today"):
        grant_role(membership=asked, by=acting(owner))


# To invite


def test_invited_person_is_made_once_and_has_the_role_at_once(birch, owner):
    made = invite(organisation=birch, email=" Cy@Else.Example ", name="Cy   Dee", role=Role.EDITOR, by=acting(owner))

    assert (made.person.email, made.person.name, made.person.has_usable_password()) == (
        "Cy@else.example",
        "Cy Dee",
        False,
    )
    assert (made.asked_in, made.granted_in.act) == (None, Act.GRANT_ROLE)
    assert told() == [("Cy@else.example", "You are now editor of Birch Council")]
    again = invite(organisation=birch, email="cy@else.example", name="Other", role=Role.READER, by=acting(owner))
    assert again.person == made.person
    assert again.person.name == "Cy Dee"
    with pytest.raises(Refused, match="has this role already"):
        invite(organisation=birch, email="cy@else.example", role=Role.READER, by=acting(owner))


def test_inviting_somebody_who_asked_grants_it(birch, owner):
    asked = asks(birch, email="bo@birch.example")
    granted = invite(organisation=birch, email="bo@birch.example", role=Role.EDITOR, by=acting(owner))
    assert (granted.pk, granted.asked_in, bool(granted.granted_in)) == (asked.pk, asked.asked_in, True)


@pytest.mark.parametrize("email", ["", "bo", "bo@", "bo@birch.example\nBcc: x@y.example", "<b>@birch.example"])
def test_what_is_no_address_is_not_invited(birch, owner, email):
    with pytest.raises(Refused, match="no email address"):
        invite(organisation=birch, email=email, role=Role.EDITOR, by=acting(owner))


def test_inviting_is_refused(birch, owner):
    Person.objects.create_user("gone@birch.example", is_active=False)
    ended = factories.organisation(end=timezone.localdate())
    refusals = [
        ("Nobody gives themself", birch, owner.person.email, Role.FINANCE_ATTESTOR, acting(owner)),
        ("may not sign in", birch, "gone@birch.example", Role.EDITOR, acting(owner)),
        ("Only an owner", birch, "x@birch.example", Role.MODERATOR, acting(owner)),
        ("by an operator", None, "x@birch.example", Role.MODERATOR, acting(owner)),
        ("by an operator", None, "x@birch.example", Role.EDITOR, COMMAND_LINE),
        ("does not exist today", ended, "x@birch.example", Role.OWNER, COMMAND_LINE),
    ]
    for sentence, body, email, role, by in refusals:
        with pytest.raises(Refused, match=sentence):
            invite(organisation=body, email=email, role=role, by=by)
    assert Membership.objects.count() == 1


def test_operators_flag_follows_the_role():
    made = invite(organisation=None, email="op@registry.example", role=Role.OPERATOR, by=COMMAND_LINE)
    made.person.refresh_from_db()
    assert (made.person.is_staff, made.person.is_superuser) == (True, True)
    end_role(membership=made, by=COMMAND_LINE)
    made.person.refresh_from_db()
    assert (made.person.is_staff, made.person.is_superuser) == (False, False)


def test_superuser_without_a_membership_stays_one_when_another_role_ends():
    person = Person.objects.create_superuser("first@registry.example")
    end_role(membership=factories.membership(person=person), by=COMMAND_LINE)
    person.refresh_from_db()
    assert person.is_superuser


# To end


def test_ending_is_one_event_and_whoever_lost_the_role_is_told(birch, owner):
    editor = factories.membership(
        organisation=birch, role=Role.EDITOR, person=factories.person(email="e@birch.example")
    )
    ended = end_role(membership=editor, by=acting(owner))

    assert ended.ended_in == Event.objects.get(act=Act.END_ROLE)
    assert not Membership.objects.standing().filter(pk=editor.pk).exists()
    assert told() == [("e@birch.example", "You are no longer editor of Birch Council")]
    with pytest.raises(Refused, match="has ended already"):
        end_role(membership=editor, by=acting(owner))


def test_own_role_is_given_up_without_a_letter(birch):
    editor = factories.membership(organisation=birch, role=Role.EDITOR)
    assert end_role(membership=editor, by=acting(editor)).ended_in
    assert told() == []


def test_last_owner_stays_unless_a_moderator_ends_it(birch, owner, moderator):
    gone = factories.membership(organisation=birch, person=factories.person(is_active=False))
    with pytest.raises(Refused, match="has no other owner"):
        end_role(membership=owner, by=acting(owner))
    with pytest.raises(Refused, match="has no other owner"):
        end_role(membership=owner, by=of_person(owner.person, [owner]))
    end_role(membership=gone, by=acting(owner))
    assert end_role(membership=owner, by=moderator).ended_in


def test_an_owner_who_asked_to_be_one_takes_it_back(birch):
    asked = asks(birch, Role.OWNER)
    assert end_role(membership=asked, by=of_person(asked.person)).ended_in


def test_ending_is_refused(birch, owner, moderator):
    editor = factories.membership(organisation=birch, role=Role.EDITOR)
    operator = factories.membership(organisation=None, role=Role.OPERATOR)
    for by in (ANYBODY, acting(editor), acting(factories.membership())):
        with pytest.raises(Refused, match="Only an owner, a moderator"):
            end_role(membership=owner, by=by)
    for by in (moderator, acting(owner)):
        with pytest.raises(Refused, match="Only an operator"):
            end_role(membership=operator, by=by)
    assert end_role(membership=operator, by=COMMAND_LINE).ended_in


# What the database keeps


def test_database_keeps_the_rules(birch, owner):
    same = {"person": owner.person, "organisation": birch, "role": Role.OWNER}
    with refused_by("membership_once"), transaction.atomic():
        Membership.objects.create(**same, granted_in=owner.granted_in)
    with refused_by("membership_begins_somewhere"), transaction.atomic():
        Membership.objects.create(**same | {"role": Role.READER})
    for wrong in ({"role": Role.MODERATOR}, {"organisation": None}):
        with refused_by("membership_role_fits"), transaction.atomic():
            Membership.objects.create(**same | wrong, granted_in=owner.granted_in)
    operator = {"person": owner.person, "organisation": None, "role": Role.OPERATOR, "granted_in": owner.granted_in}
    Membership.objects.create(**operator)
    with refused_by("membership_once"), transaction.atomic():
        Membership.objects.create(**operator)


def at_once(*acts) -> list:
    """What each of them came to, at the same time, each in a connection of its own."""

    def run(act):
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_end_each_other_at_once_leave_one():
    for _turn in range(5):
        body = factories.organisation()
        ada, bo = factories.membership(organisation=body), factories.membership(organisation=body)
        by_ada, by_bo = acting(ada), acting(bo)
        outcomes = at_once(
            lambda bo=bo, by=by_ada: end_role(membership=bo, by=by),
            lambda ada=ada, by=by_bo: end_role(membership=ada, by=by),
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Membership", "Refused"]
        assert Membership.objects.standing().owners().filter(organisation=body).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_address_invited_by_many_at_once_is_one_person():
    bodies = [factories.organisation() for _ in range(4)]
    outcomes = at_once(
        *(
            lambda body=body: invite(organisation=body, email="cy@x.example", role=Role.OWNER, by=COMMAND_LINE)
            for body in bodies
        )
    )
    assert {type(outcome) for outcome in outcomes} == {Membership}
    assert Person.objects.count() == 1
    assert not any(one.pk == other.pk for one, other in combinations(outcomes, 2))


@pytest.mark.django_db(transaction=True)
def test_one_role_of_the_registry_granted_twice_at_once_is_one():
    def grant():
        return invite(organisation=None, email="op@x.example", role=Role.OPERATOR, by=COMMAND_LINE)

    outcomes = at_once(grant, grant, grant)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Membership", "Refused", "Refused"]
    assert Event.objects.filter(act=Act.GRANT_ROLE).count() == 1

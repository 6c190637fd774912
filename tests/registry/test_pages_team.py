"""The pages of a body's team: asking for a role, answering, inviting, ending; and names that stay inside."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from registry.actions.members import ask_for_role
from registry.listings.moderation import WaitingListing
from registry.models import Act, Event, Membership, Person, Role
from registry.permissions import of_person
from tests import factories

pytestmark = pytest.mark.django_db
JOIN, TEAM = "/organisations/birch/join/", "/workspace/birch/members/"


@pytest.fixture
def birch():
    return factories.organisation(slug="birch", name="Birch <b>Council", homepage="https://birch.example/")


@pytest.fixture
def owner(birch):
    return factories.membership(organisation=birch, person=factories.person(email="ada@birch.example", name="Ada"))


@pytest.fixture
def asked(birch, owner):
    person = factories.person(email="bo@else.example", name="Bo <i>")
    return ask_for_role(organisation=birch, role=Role.EDITOR, reason="<u> & I", by=of_person(person))


def signed_in(client, person: Person, *, second_factor: bool = False):
    client.force_login(person)
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client


@pytest.fixture
def as_owner(client, owner, settings):
    """With a second factor, where one is needed."""
    return signed_in(client, owner.person, second_factor=True)


def text(response) -> str:
    return response.content.decode()


def member(body, role) -> Person:
    return factories.membership(organisation=body, role=role).person


# To ask


def test_bodys_page_leads_everybody_to_asking(client, birch):
    assert f'href="{JOIN}"' in text(client.get("/organisations/birch/"))
    birch.end = timezone.localdate()
    birch.save()
    assert JOIN not in text(client.get("/organisations/birch/"))
    assert signed_in(client, factories.person()).get(JOIN).status_code == 404


def test_asking_needs_somebody_who_is_signed_in(client, birch):
    for page in (JOIN, f"{JOIN}asked/", TEAM):
        response = client.get(page)
        assert response.status_code == 302
        assert response["Location"].endswith(f"?next={page}")


def test_page_says_each_role_and_who_answers(client, birch, django_assert_max_num_queries):
    signed_in(client, factories.person(email="bo@birch.example"))
    with django_assert_max_num_queries(7):
        page = text(client.get(JOIN))
    for role in ("Reader", "Editor", "Owner", "Finance attestor", "Steward&#x27;s officer"):
        assert role in page or role.replace("&#x27;", "&#39;") in page
    assert "Sees all that the team prepares, and changes nothing." in page
    assert "A moderator of the registry approves the first one, who answers the others." in page
    assert "Addresses of the body end in: birch.example." in page
    assert "Yours is another" not in page
    assert "Birch &lt;b&gt;Council" in page


def test_page_counts_owners_and_names_none(client, birch, owner):
    signed_in(client, factories.person())
    assert "Its owner answers." in text(client.get(JOIN))
    factories.membership(organisation=birch)
    page = text(client.get(JOIN))
    assert "One of its 2 owners answers." in page
    assert "Ada" not in page
    assert "ada@birch.example" not in page


def test_page_says_who_cannot_be_the_first_owner(client, birch):
    signed_in(client, factories.person(email="bo@else.example"))
    assert "Yours is another, so that you cannot be the first owner" in text(client.get(JOIN))
    birch.homepage = ""
    birch.save()
    assert "No domain of it is known here yet" in text(client.get(JOIN))


def test_asking_leads_to_what_happens_next(client, birch, owner):
    bo = factories.person(email="bo@else.example")
    response = signed_in(client, bo).post(JOIN, {"role": "editor", "reason": "I keep it"})
    assert response["Location"] == f"{JOIN}asked/"
    page = text(client.get(f"{JOIN}asked/"))
    asked = Membership.objects.get(person=bo)
    assert "Its owner answers." in page
    assert f"/members/{asked.pk}/end/" in page
    assert "nobody has answered yet" in text(client.get(JOIN))
    assert "Editor: Birch &lt;b&gt;Council" in text(client.get("/workspace/"))
    again = client.post(JOIN, {"role": "editor", "reason": "I keep it"})
    assert again.status_code == 400
    assert "have asked for it, already" in text(again)


def test_next_page_of_who_has_asked_nothing(client, birch):
    signed_in(client, factories.person())
    assert "You have asked for nothing here" in text(client.get(f"{JOIN}asked/"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a role"),
        ({"role": "editor"}, "Say who you are there"),
        ({"role": "editor", "reason": " \r\n "}, "Say who you are there"),
        ({"role": "moderator", "reason": "x"}, "Select a valid choice"),
        ({"role": "editor", "reason": "x" * 1001}, "at most 1000 characters"),
        ({"role": "owner", "reason": "x"}, "The first owner of"),
        ({"role": "editor", "reason": "\x00"}, "Null characters are not allowed"),
    ],
)
def test_faulty_asking_is_told_and_nothing_is_recorded(client, birch, sent, said):
    response = signed_in(client, factories.person(email="bo@else.example")).post(JOIN, sent)
    assert response.status_code == 400
    assert "There is a problem" in text(response)
    assert said in text(response)
    assert not Membership.objects.exists()


def test_whoever_asked_takes_it_back(client, birch, asked):
    address = reverse("registry:end_role", args=["birch", asked.pk])
    page = text(signed_in(client, asked.person).get(address))
    assert "Take back that you asked to be editor" in page
    assert client.post(address)["Location"] == "/workspace/"
    assert Event.objects.filter(act=Act.END_ROLE, by=asked.person).count() == 1
    assert client.post(address).status_code == 404


# The team


def test_team_is_seen_inside_alone(client, birch, owner, asked):
    foreign = factories.membership().person
    for person in (asked.person, foreign, factories.person()):
        assert signed_in(client, person, second_factor=True).get(TEAM).status_code == 404
    for role in (Role.READER, Role.EDITOR, Role.FINANCE_ATTESTOR, Role.STEWARDS_OFFICER):
        page = text(signed_in(client, member(birch, role)).get(TEAM))
        assert "ada@birch.example" in page
        assert "Approve" not in page.replace("Approved by", "")
        assert "Invite somebody" not in page
        assert "End this role" in page  # one's own


def test_team_shows_who_is_what_since_when_and_by_whom(as_owner, birch, asked, django_assert_max_num_queries):
    for _turn in range(3):
        member(birch, Role.READER)
    with django_assert_max_num_queries(6):
        response = as_owner.get(TEAM)
    page = text(response)
    assert "no-store" in response["Cache-Control"]
    assert "Bo &lt;i&gt;" in page
    assert "&lt;u&gt; &amp; I" in page
    assert "not an address of this body" in page
    assert "An operator of the registry made Ada owner" in page
    assert "Bo &lt;i&gt; asked to be editor" in page
    assert len(re.findall(r"End this role", page)) == 4
    assert "<i>" not in page


def test_team_says_who_has_a_second_factor(as_owner, birch, owner):
    reader, editor = member(birch, Role.READER), member(birch, Role.EDITOR)
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={"secret": "not shown"})
    Authenticator.objects.create(user=reader, type=Authenticator.Type.RECOVERY_CODES, data={})
    page = text(as_owner.get(TEAM))
    words = re.findall(r'data-label="Second factor" class="govuk-table__cell">([^<]*)<', page)
    assert sorted(words) == ["No", "Not yet: the role waits for it", "Yes"]
    assert "not shown" not in page


def test_owner_without_a_second_factor_is_not_let_in(client, owner, settings):
    assert signed_in(client, owner.person).get(TEAM).status_code == 404
    assert "counts as soon as you sign in with a second factor" in text(client.get("/workspace/"))


def test_owner_approves(as_owner, asked, owner):
    address = reverse("registry:approve_role", args=["birch", asked.pk])
    assert as_owner.get(address).status_code == 405
    page = text(as_owner.post(address, follow=True))
    assert "Bo &lt;i&gt; is now in the team, and is written to." in page
    assert "Ada made Bo &lt;i&gt; editor" in page
    assert "answered already" in text(as_owner.post(address, follow=True))
    assert Event.objects.filter(act=Act.GRANT_ROLE, by=owner.person).count() == 1


def test_owner_refuses_with_a_reason(as_owner, asked):
    address = reverse("registry:refuse_role", args=["birch", asked.pk])
    assert "They say of themselves: &lt;u&gt; &amp; I" in text(as_owner.get(address))
    empty = as_owner.post(address, {"reason": " "})
    assert (empty.status_code, "Say why: whoever asked is told" in text(empty)) == (400, True)
    page = text(as_owner.post(address, {"reason": "<s>Not known"}, follow=True))
    assert "The reason given: &lt;s&gt;Not known" in page
    late = as_owner.post(address, {"reason": "No"})
    assert (late.status_code, "answered already" in text(late)) == (400, True)


def test_owner_invites(as_owner, birch):
    address = reverse("registry:invite", args=["birch"])
    assert "They have the role at once" in text(as_owner.get(address))
    page = text(as_owner.post(address, {"email": "cy@x.example", "name": "Cy", "role": "reader"}, follow=True))
    assert "Cy is now in the team" in page
    for sent, said in (
        ({"email": "cy@x.example", "role": "reader"}, "has this role already"),
        ({"email": "cy", "role": "reader"}, "Enter a valid email address"),
        ({"email": "ada@birch.example", "role": "editor"}, "Nobody gives themself a role"),
        ({"email": "cy@x.example", "role": "operator"}, "Select a valid choice"),
        ({}, "Enter their email address"),
    ):
        response = as_owner.post(address, sent)
        assert response.status_code == 400
        assert said in text(response)
    assert Membership.objects.count() == 2


def test_owner_ends_a_role_and_is_asked_first(as_owner, birch, owner):
    reader = factories.membership(organisation=birch, role=Role.READER, person=factories.person(name="Rea"))
    address = reverse("registry:end_role", args=["birch", reader.pk])
    assert "End the role of Rea as reader" in text(as_owner.get(address))
    assert Membership.objects.standing().count() == 2
    assert "Ada ended the role of Rea as reader" in text(as_owner.post(address, follow=True))
    assert Membership.objects.standing().count() == 1


def test_last_owner_is_kept(as_owner, owner):
    address = reverse("registry:end_role", args=["birch", owner.pk])
    assert "This is the only owner of" in text(as_owner.get(address))
    refused = as_owner.post(address)
    assert (refused.status_code, "has no other owner" in text(refused)) == (409, True)
    assert Membership.objects.standing().count() == 1


def test_others_may_look_on_and_not_act(client, birch, owner, asked):
    signed_in(client, member(birch, Role.EDITOR))
    acts = [
        ("registry:approve_role", asked.pk),
        ("registry:refuse_role", asked.pk),
        ("registry:end_role", owner.pk),
        ("registry:invite", None),
    ]
    for name, pk in acts:
        address = reverse(name, args=["birch", pk] if pk else ["birch"])
        assert client.post(address, {"reason": "x", "email": "x@x.example", "role": "reader"}).status_code == 403, name
    signed_in(client, factories.person())
    for name, pk in acts:
        address = reverse(name, args=["birch", pk] if pk else ["birch"])
        assert client.post(address).status_code == 404, name
    assert Membership.objects.standing().count() == 2


def test_membership_is_reached_by_its_own_body_alone(as_owner, birch, asked):
    other = factories.organisation(slug="other")
    factories.membership(organisation=other, person=Membership.objects.get(role=Role.OWNER).person)
    for name in ("approve_role", "refuse_role", "end_role"):
        assert as_owner.post(f"/workspace/other/members/{asked.pk}/{name.split('_')[0]}/").status_code == 404


# One's own list


def test_list_leads_straight_into_the_only_body(client, birch):
    person = member(birch, Role.EDITOR)
    factories.membership(organisation=birch, role=Role.FINANCE_ATTESTOR, person=person)
    assert signed_in(client, person).get("/workspace/")["Location"] == "/workspace/birch/"
    gone = factories.organisation(name="A body that is gone", end=timezone.localdate())
    factories.membership(organisation=gone, role=Role.EDITOR, person=person)
    assert client.get("/workspace/")["Location"] == "/workspace/birch/"


def test_list_says_all_that_one_is_for_each_body(client, birch):
    person = member(birch, Role.EDITOR)
    factories.membership(organisation=birch, role=Role.OWNER, person=person)
    factories.membership(organisation=factories.organisation(slug="ash"), role=Role.READER, person=person)
    page = text(signed_in(client, person).get("/workspace/"))
    assert page.count('href="/workspace/birch/"') == 1
    assert "Editor, Owner" in page
    assert "waits for a second factor" in page
    assert 'href="/workspace/ash/"' in page


# Moderators


@pytest.fixture
def as_moderator(client):
    person = factories.membership(organisation=None, role=Role.MODERATOR).person
    return signed_in(client, person, second_factor=True)


def test_moderator_finds_first_owners_who_wait_and_approves(as_moderator, birch):
    bo = factories.person(email="bo@birch.example", name="Bo")
    ask_for_role(organisation=birch, role=Role.OWNER, reason="Me", by=of_person(bo))
    assert "1 thing to review" in text(as_moderator.get("/workspace/"))
    asked = Membership.objects.get(person=bo)
    address = reverse("registry:first_owner", args=[asked.pk])
    assert f'href="{address}"' in text(as_moderator.get("/moderation/"))
    assert "bo@birch.example" in text(as_moderator.get(address))
    team = text(as_moderator.get(TEAM))
    assert "The body has no owner yet" in team
    assert "Tokens, for programs" not in team
    refused = as_moderator.post(address, {"choice": "no"})
    assert refused.status_code == 400
    assert "Say why" in text(refused)
    assert "Bo is owner of Birch" in text(as_moderator.post(address, {"choice": "yes"}, follow=True))
    assert "Nothing to review" in text(as_moderator.get("/workspace/"))
    assert as_moderator.get(address).status_code == 404


def test_moderator_returns_a_first_owner_with_a_reason(as_moderator, birch):
    bo = factories.person(email="bo@birch.example", name="Bo")
    ask_for_role(organisation=birch, role=Role.OWNER, reason="Me", by=of_person(bo))
    asked = Membership.objects.get(person=bo)
    as_moderator.post(reverse("registry:first_owner", args=[asked.pk]), {"choice": "no", "reason": "Nobody knows you"})
    asked.refresh_from_db()
    assert (asked.ended_in.act, asked.reason) == (Act.REFUSE_ROLE, "Nobody knows you")


def test_moderator_answers_no_other_role(as_moderator, birch, owner, asked):
    assert as_moderator.get(TEAM).status_code == 200
    assert as_moderator.post(reverse("registry:approve_role", args=["birch", asked.pk])).status_code == 403
    assert as_moderator.get(reverse("registry:invite", args=["birch"])).status_code == 403


def test_first_owners_wait_where_no_owner_can_answer(birch):
    owned = factories.membership()
    gone = factories.organisation(end=timezone.localdate())
    idle = factories.membership(person=factories.person(is_active=False)).organisation
    event = factories.event(act=Act.ASK_FOR_ROLE)
    for body in (birch, owned.organisation, gone, idle):
        factories.membership(
            organisation=body, asked_in=event, person=factories.person(email=f"x{body.pk}@birch.example")
        )
    factories.membership(organisation=birch, asked_in=event, role=Role.EDITOR)
    assert {row["title"] for row in WaitingListing().select({"kind": "owner"}).rows()} == {birch.name, idle.name}


def test_nobody_else_sees_what_waits_for_moderators(client, birch):
    bo = factories.person(email="bo@birch.example")
    ask_for_role(organisation=birch, role=Role.OWNER, reason="Me", by=of_person(bo))
    page = text(signed_in(client, factories.person()).get("/workspace/"))
    assert "to review" not in page
    assert "You have no role of any public body yet" in page


# What somebody who is out no longer has


@pytest.mark.parametrize("way", ["role ended", "body ended", "deactivated"])
def test_next_request_has_lost_what_was_taken(client, birch, way):
    reader = factories.membership(organisation=birch, role=Role.READER)
    signed_in(client, reader.person)
    assert client.get(TEAM).status_code == 200
    if way == "role ended":
        reader.ended_in = factories.event(act=Act.END_ROLE)
        reader.save()
    elif way == "body ended":
        birch.end = timezone.localdate()
        birch.save()
    else:
        Person.objects.filter(pk=reader.person_id).update(is_active=False)
    response = client.get(TEAM)
    assert response.status_code == (302 if way == "deactivated" else 404)

"""Bodies that are not in the registry: asked for, added as a moderator has them, or returned with a reason."""

import pytest
from django.db import transaction

from commons.exceptions import Refused
from registry.actions.body_requests import ASKED_A_DAY, AskedBody, add_body, ask_for_body, return_body
from registry.models import Act, BodyRequest, Event, Letter, Organisation, Role
from registry.permissions import ANYBODY, of_person
from tests import factories
from tests.constraints import refused_by
from tests.registry.moderation.conftest import acting

pytestmark = pytest.mark.django_db
DUNE = AskedBody(name=" Dune  Council ", homepage="https://www.dune.example/", identifier="gss: E070")


@pytest.fixture
def bo():
    return of_person(factories.person(email="bo@dune.example", name="Bo"))


def test_asking_is_recorded_and_moderators_are_told(bo, mo):
    asked = ask_for_body(body=DUNE, why="I keep its systems", by=bo)
    assert (asked.name, asked.identifier, asked.domain) == ("Dune Council", "gss:E070", "dune.example")
    assert (asked.asked_in.by, asked.asked_in.act) == (bo.person, Act.ASK_FOR_BODY)
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (mo.person.email, "Dune Council is to be added")
    assert f"/moderation/bodies/{asked.pk}/" in letter.text
    assert "bo@dune.example" not in letter.text


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (AskedBody(name=" "), "what the body is called"),
        (AskedBody(name="X", homepage="javascript:1"), "web address"),
        (AskedBody(name="X", identifier="E070"), "with its scheme"),
        (AskedBody(name="birch"), "Birch is in the registry already"),
        (AskedBody(name="X", identifier="gss:E1"), "Birch is in the registry already"),
    ],
)
def test_what_cannot_be_asked(bo, body, why):
    birch = factories.organisation(name="Birch")
    birch.identifiers.create(scheme="gss", code="E1")
    with pytest.raises(Refused, match=why):
        ask_for_body(body=body, by=bo)


def test_it_is_asked_once_and_not_too_often(bo):
    ask_for_body(body=DUNE, by=bo)
    with pytest.raises(Refused, match="asked for already"):
        ask_for_body(body=AskedBody(name="DUNE COUNCIL"), by=of_person(factories.person()))
    for number in range(ASKED_A_DAY - 1):
        ask_for_body(body=AskedBody(name=f"Other {number}"), by=bo)
    with pytest.raises(Refused, match="several bodies today"):
        ask_for_body(body=AskedBody(name="One more"), by=bo)
    with pytest.raises(Refused, match="Sign in first"):
        ask_for_body(body=DUNE, by=ANYBODY)


def test_moderator_adds_it_as_they_have_it(bo, mo):
    asked = ask_for_body(body=DUNE, by=bo)
    group = factories.peer_group(label="District")
    factories.organisation(slug="dune-borough", name="Another")
    body = AskedBody(name="Dune Borough", identifier="gss:E071", peer_group=group)
    made = add_body(request=asked, body=body, own_domain=True, by=mo)
    assert (made.slug, made.name, made.type, made.peer_group) == ("dune-borough-2", "Dune Borough", "District", group)
    assert made.email_domains == ["dune.example"]
    assert str(made.identifiers.get()) == "gss:E071"
    assert Event.objects.get(act=Act.ADD_BODY).detail["organisation"] == made.slug
    letter = Letter.objects.get(to="bo@dune.example")
    assert f"/organisations/{made.slug}/join/" in letter.text
    with pytest.raises(Refused, match="decided already"):
        add_body(request=asked, body=body, by=mo)


def test_domain_that_is_not_the_bodys_own_or_known_by_its_homepage_is_not_kept(bo, mo):
    shared = add_body(request=ask_for_body(body=AskedBody(name="A"), by=bo), body=AskedBody(name="A"), by=mo)
    at_home = AskedBody(name="B", homepage="https://dune.example/")
    known = add_body(request=ask_for_body(body=at_home, by=bo), body=at_home, own_domain=True, by=mo)
    assert (shared.email_domains, known.email_domains) == ([], [])


def test_name_that_an_address_needs_is_not_given(bo, mo):
    made = add_body(request=ask_for_body(body=AskedBody(name="New"), by=bo), body=AskedBody(name="New"), by=mo)
    assert made.slug == "new-2"


def test_moderator_returns_it_with_a_reason(bo, mo):
    asked = ask_for_body(body=DUNE, by=bo)
    with pytest.raises(Refused, match="Say why"):
        return_body(request=asked, reason="", by=mo)
    return_body(request=asked, reason="It is part of Birch", by=mo)
    assert "It is part of Birch" in Letter.objects.get(to="bo@dune.example").text
    assert not Organisation.objects.exists()
    ask_for_body(body=DUNE, by=bo)


def test_only_moderators_add(bo):
    asked = ask_for_body(body=DUNE, by=bo)
    owner = acting(factories.membership(role=Role.OWNER))
    for by in (bo, owner, ANYBODY):
        with pytest.raises(Refused, match="Only a moderator"):
            add_body(request=asked, body=DUNE, by=by)
    with refused_by("body_request_added_or_returned"), transaction.atomic():
        BodyRequest.objects.update(returned="x")


def test_pages_from_asking_to_adding(bo, mo, come, django_assert_max_num_queries):
    client = come(bo.person)
    page = client.get("/workspace/").content.decode()
    assert 'href="/organisations/new/"' in page
    assert "Say what the body is called" in client.post("/organisations/new/", {"name": ""}).content.decode()
    client.post("/organisations/new/", {"name": "Dune <i>", "why": "I keep it"})
    asked = BodyRequest.objects.get()
    assert "Waits for a moderator" in client.get("/organisations/new/").content.decode()
    factories.organisation(name="Dune <i> and Shore")
    client = come(mo.person)
    address = f"/moderation/bodies/{asked.pk}/"
    with django_assert_max_num_queries(8):
        page = client.get(address).content.decode()
    assert "Dune &lt;i&gt; and Shore" in page
    assert "bo@dune.example" in page
    done = client.post(address, {"choice": "yes", "name": "Dune", "own_domain": "on"}, follow=True).content.decode()
    assert "Dune is added" in done
    assert Organisation.objects.get(name="Dune").email_domains == ["dune.example"]
    assert "It was added on" in client.get(address).content.decode()
    mine = come(bo.person).get("/organisations/new/").content.decode()
    assert 'href="/organisations/dune/"' in mine


def test_returned_on_the_page_needs_a_reason_and_no_name(bo, mo, come):
    asked = ask_for_body(body=DUNE, by=bo)
    client = come(mo.person)
    address = f"/moderation/bodies/{asked.pk}/"
    assert client.post(address, {"choice": "no", "name": ""}).status_code == 400
    client.post(address, {"choice": "no", "name": "", "reason": "No such body"})
    assert "No such body" in come(bo.person).get("/organisations/new/").content.decode()

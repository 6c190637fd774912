"""What bodies keep from the public, and who sees it all the same."""

import pytest
from django.utils import timezone

from registry.models import Role, ShownTo, Withheld
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/organisations/birch/statements/"
FOR_PEERS, FOR_OWN = "Hush Supplies", "£98,765"


@pytest.fixture
def group():
    return factories.peer_group()


@pytest.fixture
def birch(group):
    body = factories.organisation(slug="birch", peer_group=group)
    said = factories.duplicate(organisation=body)
    Withheld.objects.create(declaration=said, field="supplier", shown_to=ShownTo.PEERS, text=FOR_PEERS)
    Withheld.objects.create(
        declaration=said, field="annual_cost", shown_to=ShownTo.OWN, amount=98765, price_fy="2026-27"
    )
    return body


def seen(client, body, role=Role.READER) -> set[str]:
    client.force_login(factories.membership(organisation=body, role=role).person)
    page = client.get(PAGE).content.decode()
    return {text for text in (FOR_PEERS, FOR_OWN) if text in page}


def test_public_sees_neither_in_any_form(client, birch):
    page = client.get(PAGE).content.decode()
    assert "Cost kept back" in page
    for address in (PAGE, f"{PAGE}?format=csv", f"{PAGE}?format=json", "/organisations/birch/", "/api/v1/declarations"):
        answer = client.get(address)
        text = b"".join(answer) if answer.streaming else answer.content
        assert FOR_PEERS.encode() not in text
        assert b"98,765" not in text
        assert b"98765" not in text


def test_bodies_of_the_same_kind_see_what_is_for_them(client, birch, group):
    assert seen(client, factories.organisation(peer_group=group)) == {FOR_PEERS}


def test_its_own_people_see_everything(client, birch):
    assert seen(client, birch) == {FOR_PEERS, FOR_OWN}


def test_bodies_of_another_kind_see_nothing(client, birch):
    assert seen(client, factories.organisation(peer_group=factories.peer_group())) == set()
    assert seen(client, factories.organisation()) == set()


def test_bodies_that_have_ended_are_nobody_s_peers(client, birch, group):
    assert seen(client, factories.organisation(peer_group=group, end=timezone.localdate())) == set()


def test_types_are_kinds_where_there_is_no_peer_group(client, birch):
    birch.peer_group = None
    birch.save()
    assert seen(client, factories.organisation(type=birch.type)) == {FOR_PEERS}

    birch.type = ""
    birch.save()
    assert seen(client, factories.organisation(type="")) == set()


def test_files_stay_public_for_whoever_is_signed_in(client, birch):
    client.force_login(factories.membership(organisation=birch, role=Role.READER).person)
    for form in ("csv", "json"):
        assert FOR_PEERS.encode() not in b"".join(client.get(f"{PAGE}?format={form}").streaming_content)


def test_readers_of_the_page_cost_one_query_more_when_signed_in(client, birch, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(PAGE)

"""The pages of sources: their state, what differs, who may choose; the same lists as files."""

import json

import pytest
from django.urls import reverse

from catalogue.models import Component
from registry.models import Choice, Difference, Person, SourceKind
from tests import factories
from tests.registry.harvesting.conftest import offer, publiccode, read, source_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def differing(shop):
    """A source with a difference, users, and a later error."""
    body = factories.organisation(name="Ada County")
    offer(shop, more="usedBy: [Ada County, Nobody]\n")
    source = source_at(shop, "/publiccode.yml", organisation=body)
    read(source)
    Component.objects.update(licence="MIT")
    read(source)
    offer(shop, content=b"publiccodeYmlVersion: [")
    read(source)
    return source


def test_list_shows_every_source_with_its_state(client, differing, django_assert_max_num_queries):
    factories.source(address="https://never.example/read.yml")
    with django_assert_max_num_queries(8):
        page = client.get("/sources/").content.decode()
    assert "2 sources" in page
    assert "Has errors" in page
    assert "Not read yet" in page
    assert "1 difference to choose" in page


def test_list_is_a_file_too(client, differing):
    rows = json.loads(b"".join(client.get("/sources.json").streaming_content))["items"]
    assert rows[0]["state"] == "failing"
    assert "contact" not in rows[0]
    assert b"failing" in b"".join(client.get("/sources/?state=failing&format=csv").streaming_content)


def test_source_shows_both_sides_users_and_readings(client, differing, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = client.get(differing.get_absolute_url()).content.decode()
    assert "Written here otherwise" in page
    assert page.index("MIT") < page.index("EUPL-1.2")
    assert "Ada County</a>: <a" in page
    assert "Nobody" not in page
    assert "Take theirs" not in page
    assert "cannot be read without errors since" in page


def test_log_has_a_line_for_each_thing(client, differing, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get(reverse("registry:source_log", args=[differing.pk])).content.decode()
    assert "2 lines" in page
    rows = json.loads(
        b"".join(client.get(reverse("registry:source_log", args=[differing.pk]), {"format": "json"}).streaming_content)
    )["items"]
    assert [row["outcome"] for row in rows] == ["unchanged", "new"]


def test_operator_chooses(client, differing):
    client.force_login(Person.objects.create_superuser("root@example.org", "x"))
    page = client.get(differing.get_absolute_url()).content.decode()
    assert "Take theirs" in page
    address = reverse("registry:difference", args=[Difference.objects.get().pk])
    client.post(address, {"choice": "nonsense"})
    assert Difference.objects.get().choice == Choice.OPEN
    answer = client.post(address, {"choice": "taken"}, follow=True)
    assert "your choice is recorded" in answer.content.decode()
    assert Component.objects.get().licence == "EUPL-1.2"


def test_nobody_else_chooses(client, differing):
    address = reverse("registry:difference", args=[Difference.objects.get().pk])
    assert client.post(address, {"choice": "taken"}).status_code == 302
    client.force_login(Person.objects.create_user("ada@example.org", "x"))
    assert client.post(address, {"choice": "taken"}).status_code == 403
    assert client.get(address).status_code == 405
    assert Difference.objects.get().choice == Choice.OPEN


def test_draft_does_not_leak(client, shop):
    offer(shop, content=publiccode(name="Secret plan").replace(b"stable", b"concept"))
    source = source_at(shop, "/publiccode.yml")
    read(source)
    assert Component.objects.get().lifecycle == "draft"
    for address in (source.get_absolute_url(), reverse("registry:source_log", args=[source.pk])):
        page = client.get(address).content.decode()
        assert "Secret plan" not in page
        assert b"Secret" not in b"".join(client.get(address, {"format": "json"}).streaming_content)
    assert "0 things described" in client.get("/sources/").content.decode()


def test_empty_pages_say_so(client):
    assert "Nothing has been recorded here yet" in client.get("/sources/").content.decode()
    source = factories.source()
    page = client.get(source.get_absolute_url()).content.decode()
    assert "It has not been read yet" in page
    assert client.get("/sources/999999/").status_code == 404


HOSTILE = "<script>alert(1)</script>[x](javascript:alert(2))"


def test_hostile_words_are_only_words(client, shop):
    offer(shop, content=publiccode(name=f'"{HOSTILE}"', summary=f"'{HOSTILE}'", long=f"'{HOSTILE * 5}'"))
    source = source_at(shop, "/publiccode.yml", SourceKind.FILE)
    read(source)
    made = Component.objects.get()
    for address in (source.get_absolute_url(), "/sources/", reverse("catalogue:component", args=[made.slug])):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page

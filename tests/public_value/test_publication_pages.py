"""What everybody sees of an edition between computed and superseded."""

from datetime import date

import pytest

from public_value.actions import (
    comment_on_edition,
    correct_edition,
    open_reply,
    publish_edition,
    review_change,
)
from public_value.gate import face
from public_value.models import (
    EditionComment,
    HeldChange,
    Score,
)
from registry.models import Act, Event, Person
from tests.public_value.published import published
from tests.public_value.test_evidence import duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_publication import TODAY, compute, events, leap, scored  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db

LATER = date(2026, 12, 31)


def words(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_comment_stands_escaped_beside_the_score_and_in_the_api(world, client) -> None:  # noqa: F811
    duplicate(world, coverage=0.5)
    edition = open_reply(edition=compute(), until=TODAY)
    text = "<script>alert(1)</script> is wrong"
    comment_on_edition(
        edition=edition, organisation=world.body, function=world.function, text=text, disputed=True, by=None
    )
    page = words(client, f"/public-value/2026Q3/{world.body.slug}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; is wrong" in page
    assert "<script>alert(1)" not in page
    assert "Disputed: the body says that this is wrong." in page
    found = client.get(f"/api/v1/editions/2026Q3/scores/{world.body.slug}").json()
    assert found["comments"] == [
        {
            "function": world.function.slug,
            "text": text,
            "disputed": True,
            "at": TODAY.isoformat(),
            "settlement": None,
        }
    ]
    assert [line["disputed"] for line in found["lines"]] == [True]


def test_both_revisions_stay_readable_and_name_each_other(world, client) -> None:  # noqa: F811
    first = published()
    publish_edition(edition=correct_edition(edition=first, erratum="A volume was wrong."))
    newest, oldest = words(client, "/public-value/2026Q3/"), words(client, "/public-value/2026Q3/revisions/1/")
    assert "Revision 2 is a correction. What was wrong before: A volume was wrong." in newest
    assert 'href="/public-value/2026Q3/revisions/1/"' in newest
    assert "This is revision 1. It is superseded by revision 2" in oldest
    assert 'href="/public-value/2026Q3/"' in oldest
    body = words(client, f"/public-value/2026Q3/revisions/1/{world.body.slug}/")
    assert "superseded by revision 2" in body
    assert client.get("/public-value/2026Q3/revisions/1/bundle.zip").content != (
        client.get("/public-value/2026Q3/revisions/2/bundle.zip").content
    )


def test_revision_that_is_not_published_has_no_page(world, client) -> None:  # noqa: F811
    correct_edition(edition=published(), erratum="x")
    assert client.get("/public-value/2026Q3/revisions/2/").status_code == 404
    assert client.get("/public-value/2026Q3/revisions/3/").status_code == 404


@pytest.mark.parametrize("path", ["", "{body}/", "?peer_group={group}"])
def test_label_is_found_in_any_case_and_has_one_address(world, client, path: str) -> None:  # noqa: F811
    compute()
    path = path.format(body=world.body.slug, group=world.group.slug)
    answer = client.get(f"/public-value/2026q3/{path}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/public-value/2026Q3/{path}")
    assert client.get(answer.headers["Location"]).status_code == 200


def test_edition_says_where_it_stands(world, client) -> None:  # noqa: F811
    edition = compute()
    assert "calculated and not published" in words(client, "/public-value/2026Q3/")
    open_reply(edition=edition, until=LATER)
    assert "to 31 December 2026. Figures can change until then." in words(client, "/public-value/2026Q3/")


def test_large_change_is_held_until_somebody_has_looked(leap, scored, client) -> None:  # noqa: F811
    change = HeldChange.objects.get()
    assert (change.edition, change.previous.label, change.organisation) == (leap, "2026Q2", scored.body)
    assert change.points < -15
    assert face(Score.objects.get(edition=leap, organisation=scored.body)).is_held
    address = f"/public-value/2026Q3/{scored.body.slug}/"
    assert "Held for review." in words(client, address)
    assert "Held for review." in words(client, f"/organisations/{scored.body.slug}/")
    listed = words(client, f"/public-value/2026Q3/?peer_group={scored.group.slug}")
    assert "is looked at before it is shown" in listed
    item = client.get("/api/v1/editions/2026Q3/scores").json()["items"][0]
    assert (item["published_as"], item["score"], item["low"], item["S"]) == ("held", None, None, None)
    assert client.get(f"/api/v1/editions/2026Q3/scores/{scored.body.slug}").json()["score"] is None


def test_reviewed_change_is_shown_with_its_note(leap, scored, client) -> None:  # noqa: F811
    person = Person.objects.create(email="a@b.example")
    review_change(change=HeldChange.objects.get(), note="It left the shared service.", by=person)
    shown = face(Score.objects.get(edition=leap, organisation=scored.body))
    assert shown.is_score
    page = words(client, f"/public-value/2026Q3/{scored.body.slug}/")
    assert "It left the shared service." in page
    assert f'<strong class="app-number">{shown.score}</strong>' in page
    assert events(Act.REVIEW_CHANGE)[0]["organisation"] == scored.body.slug


def test_operator_puts_down_a_comment(world, admin_client) -> None:  # noqa: F811
    edition = compute()
    form = {"edition": edition.pk, "organisation": world.body.pk, "text": "No.", "disputed": "on"}
    address = "/admin/public_value/editioncomment/add/"
    assert "not open for reply" in admin_client.post(address, form).content.decode()
    open_reply(edition=edition, until=TODAY)
    assert admin_client.post(address, form).status_code == 302
    comment = EditionComment.objects.get()
    assert (comment.disputed, comment.by.email) == (True, "admin@example.com")
    assert not Event.objects.filter(act=Act.EDIT).exists()


def test_operator_reviews_a_change(leap, admin_client) -> None:  # noqa: F811
    address = f"/admin/public_value/heldchange/{HeldChange.objects.get().pk}/change/"
    assert admin_client.post(address, {"note": ""}).status_code == 200
    assert admin_client.post(address, {"note": "It is right."}).status_code == 302
    assert HeldChange.objects.get().reviewed_by.email == "admin@example.com"


def test_pages_of_a_published_correction_ask_few_questions(world, client, django_assert_max_num_queries) -> None:  # noqa: F811
    publish_edition(edition=correct_edition(edition=published(), erratum="x"))
    for path in ("", "revisions/1/", f"{world.body.slug}/", f"revisions/1/{world.body.slug}/"):
        with django_assert_max_num_queries(8):
            assert client.get(f"/public-value/2026Q3/{path}").status_code == 200

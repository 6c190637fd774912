"""Reviews: of bodies alone that took a component up; superseded, never edited; public with body, day and use."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.reviews import withdraw_review, write_review
from registry.actions.tokens import issue_token
from registry.models import Act, Event, Person, Review, Scope
from registry.permissions import ANYBODY, COMMAND_LINE, of_token
from tests import factories
from tests.constraints import check_deferred, refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def adopted():
    return factories.adoption(
        component=factories.component(slug="pay", name="Pay"),
        organisation=factories.organisation(slug="ash", name="Ash"),
        since=date(2024, 5, 1),
    )


def written(adopted, **said) -> Review:
    made = {"went_well": "It is quick.", "by": COMMAND_LINE, **said}
    return write_review(organisation=adopted.organisation, component=adopted.component, **made)


def operator(client) -> None:
    client.force_login(Person.objects.create_superuser("operator@example.org", "a long enough password"))


def bearer(organisation, *scopes) -> dict[str, str]:
    issued = issue_token(organisation=organisation, name="T", scopes=scopes, by=COMMAND_LINE)
    return {"Authorization": f"Bearer {issued.secret}"}


def text_of(response) -> str:
    return response.content.decode()


# The act


def test_review_is_recorded_with_its_event(adopted):
    review = written(adopted, blocked=" The firewall.\r\n", weeks_to_adopt=6)

    assert (review.went_well, review.blocked, review.weeks_to_adopt) == ("It is quick.", "The firewall.", 6)
    assert review.written_on == timezone.localdate()
    event = Event.objects.get(act=Act.WRITE_REVIEW)
    assert review.recorded_in == event
    assert event.detail == {"organisation": "ash", "component": "pay"}


def test_new_review_supersedes_and_the_same_again_changes_nothing(adopted):
    first = written(adopted)
    assert written(adopted) == first

    second = written(adopted, went_well="It is slow.")

    first.refresh_from_db()
    assert first.superseded_in == second.recorded_in
    assert list(Review.objects.current()) == [second]
    assert Event.objects.filter(act=Act.WRITE_REVIEW).count() == 2


def test_withdrawn_review_is_kept_and_not_shown(adopted):
    written(adopted)

    withdraw_review(organisation=adopted.organisation, component=adopted.component, by=COMMAND_LINE)

    assert not Review.objects.listed().exists()
    assert Review.objects.count() == Event.objects.filter(act=Act.WITHDRAW_REVIEW).count() == 1
    with pytest.raises(Refused, match="has no review"):
        withdraw_review(organisation=adopted.organisation, component=adopted.component, by=COMMAND_LINE)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"by": ANYBODY}, "You may not write in the name of Ash"),
        ({"went_well": " "}, "Say what went well"),
        ({"went_well": "x" * 4_001}, "4,000 characters"),
        ({"went_well": "=1+1"}, "spreadsheet"),
        ({"weeks_to_adopt": 521}, "in weeks"),
        ({"written_on": date(2999, 1, 1)}, "still to come"),
    ],
)
def test_review_is_refused_with_a_sentence(adopted, said, sentence):
    with pytest.raises(Refused, match=sentence):
        written(adopted, **said)
    assert not Review.objects.exists()


@pytest.mark.parametrize("stage", ["pilot", "partial", "live", "retired"])
def test_whoever_took_it_up_may_review_it(stage):
    assert written(factories.adoption(stage=stage)).pk


def test_whoever_plans_it_or_never_said_may_not(adopted):
    planned = factories.adoption(stage="planned")
    with pytest.raises(Refused, match="has not declared"):
        written(planned)
    with pytest.raises(Refused, match="has not declared"):
        write_review(
            organisation=factories.organisation(), component=adopted.component, went_well="Fine", by=COMMAND_LINE
        )


def test_draft_cannot_be_reviewed():
    with pytest.raises(Refused, match="has not declared"):
        written(factories.adoption(component=factories.component(lifecycle="draft")))


def test_database_refuses_a_review_without_an_adoption():
    with refused_by("review_is_of_an_adopter"), transaction.atomic():
        Review.objects.create(
            organisation=factories.organisation(),
            component=factories.component(),
            went_well="Fine",
            written_on=date(2026, 1, 1),
            recorded_in=factories.event(),
        )
        check_deferred()


@pytest.mark.parametrize(("went_well", "constraint"), [("Fine", "review_current_once"), ("", "review_says_something")])
def test_database_refuses_a_second_review_and_an_empty_one(adopted, went_well, constraint):
    written(adopted)
    with refused_by(constraint), transaction.atomic():
        Review.objects.create(
            organisation=adopted.organisation,
            component=adopted.component,
            went_well=went_well,
            written_on=date(2026, 1, 1),
            recorded_in=adopted.recorded_in,
        )


def test_token_writes_for_its_own_body_with_the_right_scope(adopted):
    def by(organisation, scope):
        return of_token(
            issue_token(organisation=organisation, name="T", scopes={scope}, by=COMMAND_LINE).token
        )  # fmt: skip

    assert written(adopted, by=by(adopted.organisation, Scope.DECLARATIONS_WRITE)).pk
    for actor in (
        by(adopted.organisation, Scope.CATALOGUE_WRITE), by(factories.organisation(), Scope.DECLARATIONS_WRITE)
    ):  # fmt: skip
        with pytest.raises(Refused):
            written(adopted, went_well="Other", by=actor)


# What the public sees


def test_component_page_shows_reviews_with_body_day_and_use(client, adopted):
    written(adopted, went_well="**Quick** [x](javascript:alert(1)) <b>", weeks_to_adopt=6, written_on=date(2026, 2, 3))

    page = text_of(client.get("/components/pay/"))

    assert "3 February 2026" in page
    assert "Uses it since 1 May 2024" in page
    assert "6 weeks" in page
    assert "<strong>Quick</strong>" in page
    assert 'href="javascript' not in page
    assert "&lt;b&gt;" in page


def test_component_page_shows_five_reviews_and_leads_to_all(client, adopted, django_assert_max_num_queries):
    written(adopted)
    for number in range(6):
        written(factories.adoption(component=adopted.component), went_well=f"Reason {number}")

    with django_assert_max_num_queries(8):
        page = text_of(client.get("/components/pay/"))
    with django_assert_max_num_queries(5):
        every = text_of(client.get("/components/pay/reviews/"))

    assert "All 7 reviews" in page
    assert every.count("Reason ") == 6


def test_review_leaves_when_its_body_takes_the_adoption_back(client, adopted):
    written(adopted)
    check_deferred()
    adopted.superseded_in = factories.event()
    adopted.save()

    assert "No body that uses it has written a review." in text_of(client.get("/components/pay/"))
    assert client.get("/api/v1/reviews").json()["items"] == []


def test_reviews_of_a_draft_are_nowhere(client, adopted):
    written(adopted)
    adopted.component.lifecycle = "draft"
    adopted.component.save()

    assert client.get("/components/pay/reviews/").status_code == 404
    assert client.get("/api/v1/reviews").json()["items"] == []
    assert client.get("/api/v1/components/pay/reviews/ash").status_code == 404


def test_reviews_are_files_too(client, adopted):
    written(adopted)

    row = client.get("/components/pay/reviews/?format=json")
    text = b"".join(client.get("/components/pay/reviews/?format=csv").streaming_content).decode()

    assert b'"went_well":"It is quick."' in b"".join(row.streaming_content)
    assert text.splitlines()[0].startswith("component,component_name,organisation,organisation_name,written_on")


# The form


def test_form_is_for_who_is_signed_in_and_may(client, adopted):
    address = reverse("catalogue:write_review", args=["pay"])
    assert client.get(address)["Location"].startswith("/sign-in/")
    client.force_login(Person.objects.create_user("somebody@example.org", "a long enough password"))
    assert client.get(address).status_code == 403
    assert "/reviews/write/" not in text_of(client.get("/components/pay/"))


def test_form_writes_and_withdraws(client, adopted):
    operator(client)
    address = reverse("catalogue:write_review", args=["pay"])
    assert address in text_of(client.get("/components/pay/"))
    said = {"organisation": adopted.organisation.pk, "went_well": "Fine", "blocked": "", "weeks_to_adopt": "4"}

    assert client.post(address, said | {"act": "write"})["Location"] == "/components/pay/#reviews"
    assert Review.objects.current().get().weeks_to_adopt == 4
    assert "Withdraw the body’s review" in text_of(client.get(address))
    client.post(address, {"organisation": adopted.organisation.pk, "act": "withdraw"})
    assert not Review.objects.current().exists()


def test_form_says_what_is_missing_and_whose_it_cannot_be(client, adopted):
    operator(client)
    address = reverse("catalogue:write_review", args=["pay"])

    empty = client.post(address, {})
    stranger = client.post(address, {"organisation": factories.organisation().pk, "went_well": "Fine"})

    assert empty.status_code == stranger.status_code == 400
    assert "Error:" in text_of(empty)
    assert "needs an answer" in text_of(empty)
    assert not Review.objects.exists()


# The API


def test_api_writes_reads_and_withdraws(client, adopted):
    address, headers = "/api/v1/components/pay/reviews/ash", bearer(adopted.organisation, Scope.DECLARATIONS_WRITE)
    body = {"went_well": "Fine", "weeks_to_adopt": 3, "written_on": "2026-01-02"}

    put = client.put(address, body, content_type="application/json", headers=headers)

    assert (put.status_code, put.json()) == (200, client.get(address).json())
    assert put.json() | {"went_well": "Fine", "since": "2024-05-01", "stage": "live"} == put.json()
    assert client.get("/api/v1/reviews?component=pay&count=true").json()["total"] == 1
    assert client.delete(address, headers=headers).status_code == 204
    assert client.delete(address, headers=headers).status_code == 409
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "Say what went well"),
        ({"went_well": "x", "stars": 5}, "There is no field “stars”."),
        ({"went_well": "x", "weeks_to_adopt": -1}, "weeks_to_adopt"),
        ({"went_well": "x" * 4_001}, "went_well"),
        ([], "one JSON object"),
    ],
)
def test_api_says_what_is_wrong(client, adopted, body, sentence):
    headers = bearer(adopted.organisation, Scope.DECLARATIONS_WRITE)

    refused = client.put("/api/v1/components/pay/reviews/ash", body, content_type="application/json", headers=headers)

    assert refused.status_code in (400, 409)
    assert refused["Content-Type"] == "application/problem+json"
    assert sentence in refused.json()["detail"]


def test_api_refuses_who_may_not_write(client, adopted):
    address, body = "/api/v1/components/pay/reviews/ash", {"went_well": "x"}
    other = bearer(factories.organisation(), Scope.DECLARATIONS_WRITE)
    wrong = bearer(adopted.organisation, Scope.CATALOGUE_WRITE)

    for headers, status in (({}, 401), ({"Authorization": "Bearer no"}, 401), (other, 403), (wrong, 403)):
        refused = client.put(address, body, content_type="application/json", headers=headers)
        assert refused.status_code == status
    operator(client)
    assert client.put(address, body, content_type="application/json").status_code == 401
    assert client.post(address, body, content_type="application/json").status_code == 405
    assert not Review.objects.exists()


def test_future_day_is_refused_by_the_api_as_by_the_act(client, adopted):
    headers = bearer(adopted.organisation, Scope.DECLARATIONS_WRITE)
    tomorrow = timezone.localdate() + timedelta(days=1)
    body = {"went_well": "x", "written_on": tomorrow.isoformat()}

    refused = client.put("/api/v1/components/pay/reviews/ash", body, content_type="application/json", headers=headers)

    assert refused.status_code == 409

"""The pages of the live preview: watermarked, never ranked, and behind the same gate as every face of the index."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from public_value.gate import face
from public_value.models import Edition, Score
from public_value.preview import rebuilding
from registry.models import Job, JobKind, JobState, Organisation, Person
from tests import factories
from tests.public_value.following import current, settle
from tests.public_value.test_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(demo) -> Edition:
    return settle()


def body_page(client, score: Score) -> str:
    return words(client.get(reverse("public_value:preview_score", args=[score.organisation.slug])).content.decode())


def test_preview_before_the_first_calculation_says_so(client) -> None:
    assert "It has not been calculated yet." in client.get("/public-value/preview/").content.decode()
    assert client.get("/public-value/preview/nobody/").status_code == 404


def test_preview_is_watermarked_and_not_for_search(demo, client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        answer = client.get("/public-value/preview/?peer_group=sorrelmark-unitary")
    page = words(answer.content.decode())
    assert "Live preview, not published" in page
    assert "Measured with the yardstick of edition 2026Q3." in page
    assert "Nothing waits: every statement is in these figures." in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_preview_lists_one_kind_from_a_to_z(demo, client) -> None:
    assert "Brackenholt Council" not in client.get("/public-value/preview/").content.decode()
    page = words(client.get("/public-value/preview/?peer_group=sorrelmark-unitary").content.decode())
    listed = Score.objects.of(demo).listed().filter(peer_group__slug="sorrelmark-unitary")
    places = [page.index(name) for name in sorted(listed.values_list("organisation__name", flat=True))]
    assert places == sorted(places)


@pytest.mark.parametrize("published_as", ["score", "band", "not_published"])
def test_body_shows_what_the_gate_lets_through(demo, client, published_as: str) -> None:
    scores = Score.objects.of(demo).listed().filter(published_as=published_as, pvi__isnull=False)
    for score in scores.select_related("organisation")[:3]:
        page, shown = body_page(client, score), face(score)
        assert "Live preview, not published" in page
        assert ("How the score adds up" in page) is shown.is_score
        if shown.is_score:
            assert f"Live preview {shown.score} between {shown.low} and {shown.high}" in page
        elif shown.is_band:
            assert f"Live preview between {shown.low} and {shown.high}" in page
        else:
            assert "Live preview Not enough confirmed information" in page


def test_body_stands_beside_the_last_edition(demo, client, django_assert_max_num_queries) -> None:
    score = Score.objects.of(demo).listed().filter(published_as="score").select_related("organisation")[0]
    published = Score.objects.get(edition__label="2026Q3", organisation=score.organisation)
    with django_assert_max_num_queries(8):
        page = body_page(client, score)
    assert f"Edition 2026Q3 {face(published).score}" in page
    assert "No edition holds this body yet." not in page


def test_preview_says_who_waits_and_what_is_being_made(demo, client) -> None:
    factories.duplicate(organisation=Organisation.objects.all()[0])
    rebuilding.begin(None)
    page = client.get("/public-value/preview/").content.decode()
    assert "Everything is being calculated anew" in page
    assert Job.objects.get(state="running").get_absolute_url() in page
    factories.duplicate(organisation=Organisation.objects.all()[0])
    assert "1 organisation waits to be calculated again." in client.get("/public-value/preview/").content.decode()


def test_preview_is_in_no_list_of_editions(demo, client) -> None:
    assert current().label not in client.get("/public-value/editions/").content.decode()
    assert client.get(f"/public-value/{current().label}/").status_code == 404
    assert client.get(f"/api/v1/editions/{current().label}").status_code == 404
    assert client.get("/api/v1/editions/preview/scores").status_code == 404


# The job page


@pytest.fixture
def job() -> Job:
    now = timezone.now()
    return Job.objects.create(
        kind=JobKind.PREVIEW,
        state=JobState.RUNNING,
        stage="Calculating",
        done=2,
        total=9,
        started_at=now,
        heartbeat_at=now,
    )


@pytest.fixture
def signed_in(client):
    client.force_login(Person.objects.create_user("somebody@example.org", "a word"))
    return client


def test_job_is_for_everybody_who_is_signed_in(client, job) -> None:
    answer = client.get(f"/jobs/{job.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_running_job_renews_itself_and_says_how_far_it_is(signed_in, job) -> None:
    page = signed_in.get(f"/jobs/{job.pk}/").content.decode()
    assert '<meta http-equiv="refresh" content="5">' in page
    assert '<progress id="progress" max="9" value="2">' in page
    assert "Calculating: 2 of 9 steps." in page


def test_job_that_nobody_works_at_has_failed(signed_in, job) -> None:
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=7))
    page = signed_in.get(f"/jobs/{job.pk}/").content.decode()
    assert "Nobody has worked at it for 7 minutes." in page
    assert "refresh" not in page


def test_finished_job_says_how_it_ended(signed_in, demo) -> None:
    page = signed_in.get(Job.objects.get().get_absolute_url()).content.decode()
    assert "Readers see the new figures." in page
    assert "<progress" not in page

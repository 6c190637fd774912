import psycopg
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.urls import path

from commons import urls
from public_value.models import Edition

SECRET = 'connection to server on socket "/secret/place" failed, user "postgres"'


def count_editions(request):
    return HttpResponse(Edition.objects.count())


def read_rows_raw(request):
    raise psycopg.OperationalError(SECRET)


urlpatterns = [
    path("editions", count_editions),
    path("rows", read_rows_raw),
    path("api/v1/editions", count_editions),
    *urls.urlpatterns,
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def database_away():
    def refuse(*_):
        raise OperationalError(SECRET)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("address", ["/editions", "/rows", "/api/v1/editions"])
def test_every_answer_is_503_with_retry_after_and_names_no_place(client, database_away, address):
    response = client.get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert response.headers["Cache-Control"] == "no-store"
    assert b"secret" not in response.content
    assert b"postgres" not in response.content


def test_page_says_what_to_do(client, database_away):
    assert "Try again in a moment" in client.get("/editions").content.decode()


def test_api_answers_with_a_problem(client, database_away):
    response = client.get("/api/v1/editions")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 503


def test_other_errors_stay_errors(client, monkeypatch):
    def divide(request):
        return 1 / 0

    client.raise_request_exception = False
    monkeypatch.setattr(urlpatterns[0], "callback", divide)
    assert client.get("/editions").status_code == 500


def test_an_answer_passes_unchanged(client):
    assert client.get("/editions").content == b"0"

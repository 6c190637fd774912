import datetime

import pytest
from django.db import OperationalError, connection

from public_value.models import Edition

NOW = datetime.datetime(2026, 9, 30, 12, tzinfo=datetime.UTC)


@pytest.fixture
def broker_away(settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody-listens?db=0"


@pytest.fixture
def database_away():
    def refuse(*_):
        raise OperationalError('connection to server on socket "/secret/place" failed, user "postgres"')

    with connection.execute_wrapper(refuse):
        yield


def test_live_answers_without_the_database(client):
    assert client.get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_ready_names_each_part_and_the_last_edition(client):
    Edition.objects.create(
        label="2026Q3", snapshot_date="2026-09-30", draws=1, started_at=NOW, computed_at=NOW, method_version="PVI-1.0.0"
    )
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json() == {
        "status": "ready",
        "database": "up",
        "broker": "up",
        "last_edition": {"label": "2026Q3", "snapshot_date": "2026-09-30", "computed_at": "2026-09-30T12:00:00Z"},
    }


@pytest.mark.django_db
def test_ready_without_an_edition_says_so(client):
    assert client.get("/health/ready").json()["last_edition"] is None


@pytest.mark.django_db
def test_ready_is_degraded_and_still_200_without_the_broker(client, broker_away):
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")


@pytest.mark.django_db
def test_ready_is_503_without_the_database_and_names_no_place(client, database_away):
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "down", "broker": "up", "last_edition": None}

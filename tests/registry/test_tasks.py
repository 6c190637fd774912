from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import SearchEntry
from commons.celery import app
from registry.actions.search import refresh_search
from registry.models import StaleEntry
from registry.models.declaration import EXPIRES_AFTER
from registry.tasks import refresh_search_entries, refresh_stale_entries
from tests import factories


def test_timetable_names_tasks_that_exist():
    app.loader.import_default_modules()
    assert app.conf.beat_schedule
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


@pytest.mark.django_db
def test_refresh_forgets_a_use_that_grew_too_old(time_machine):
    confirmed = date(2026, 1, 1)
    adoption = factories.adoption(confirmed=confirmed)
    refresh_search(on=confirmed)
    assert SearchEntry.objects.get(component=adoption.component).used_by == 1
    time_machine.move_to(confirmed + EXPIRES_AFTER + timedelta(days=1))
    refresh_search_entries()
    assert SearchEntry.objects.get(component=adoption.component).used_by == 0


@pytest.mark.django_db
def test_what_an_upgrade_leaves_behind_is_caught_up_with():
    component = factories.component()
    with connection.cursor() as cursor:
        cursor.execute(import_module("registry.migrations.0009_catalogue_alive").STALE)
    refresh_stale_entries()
    assert SearchEntry.objects.get().component == component
    assert not StaleEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_refresh_makes_others_wait_for_one_batch_only(monkeypatch):
    monkeypatch.setattr("registry.actions.search.BATCH", 2)
    for _ in range(5):
        factories.component()
    with CaptureQueriesContext(connection) as captured:
        refresh_search_entries()
    said = [query["sql"] for query in captured]
    assert said.count("COMMIT") == 3 + 1  # the batches, and the words of all
    assert SearchEntry.objects.count() == 5

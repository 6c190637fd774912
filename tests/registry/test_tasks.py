from datetime import date, timedelta

import pytest

from catalogue.models import SearchEntry
from commons.celery import app
from registry.actions.search import refresh_search
from registry.models.declaration import EXPIRES_AFTER
from registry.tasks import refresh_search_entries
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

import time

import pytest
from celery import Celery
from django.db import OperationalError

from commons import celery


@pytest.mark.parametrize(
    ("redis_url", "broker_url"),
    [
        ("unix:///srv/data/sockets/valkey?db=0", "redis+socket:///srv/data/sockets/valkey"),
        ("redis://redis:6379/0", "redis://redis:6379/0"),
        ("rediss://user:word@host:6380/2", "rediss://user:word@host:6380/2"),
    ],
)
def test_broker_url_is_in_celerys_form(redis_url, broker_url):
    assert celery.broker_url(redis_url) == broker_url


def task_of(broker: str, runs: list[None]):
    app = Celery("test", task_cls=celery.Doorbell, broker=broker, set_as_current=False)
    app.conf.update(
        broker_transport_options=celery.app.conf.broker_transport_options,
        task_publish_retry_policy=celery.app.conf.task_publish_retry_policy,
    )

    @app.task(shared=False)
    def count_editions():
        runs.append(None)
        if len(runs) < 3:
            raise OperationalError("the database restarts")

    return count_editions


def test_ringing_fails_nobody_while_the_broker_is_away(tmp_path, caplog):
    began = time.monotonic()
    assert task_of(f"redis+socket://{tmp_path}/nobody-listens", []).delay() is None
    assert time.monotonic() - began < 5
    assert "count_editions waits for the timetable" in caplog.text


def test_task_is_tried_again_while_the_database_restarts():
    runs: list[None] = []
    assert task_of("memory://", runs).apply().successful()
    assert len(runs) == 3


def test_ringing_reaches_the_broker():
    with celery.app.connection_for_write() as connection:
        assert connection.ensure_connection(max_retries=1)


def test_every_task_is_a_doorbell():
    celery.app.loader.import_default_modules()
    ours = [task for name, task in celery.app.tasks.items() if not name.startswith("celery.")]
    assert ours
    assert all(isinstance(task, celery.Doorbell) for task in ours)

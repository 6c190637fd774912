"""Celery: the worker, the timetable, and a doorbell that may fail.

Work to do is recorded in PostgreSQL; a message only says that there is some. So a lost message costs time, never work,
and whoever rings while the broker is away goes on (docs/adr/0002).
"""

import logging
import os
from typing import Any
from urllib.parse import urlsplit

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.schedules import crontab
from django import db
from django.conf import settings
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")
logger = logging.getLogger(__name__)

BROKER_SECONDS = 2  # how long a page waits for a broker that does not answer
FOLLOW_SECONDS = 3.0  # how old the live preview may be where no message came; to find nothing takes 5 ms
HARVEST_SECONDS = 300.0  # how late a source may be read; to find none due takes 1 ms
STALE_SECONDS = 60.0  # how long lists may be behind after an upgrade; to find nothing behind takes 1 ms
VESTING_SECONDS = 300.0  # how late after midnight bodies begin and end
DELIVER_SECONDS = 30.0  # how late a webhook is told where no message came
IMPORT_SECONDS = 20.0  # how late a file is read where no message came; to find none due takes 1 ms
LETTER_SECONDS = 20.0  # how late a letter goes; to find none due takes 1 ms
VISIBILITY_SECONDS = 3600  # a task that takes longer may be delivered twice, which every task survives


class Doorbell(DjangoTask):
    """A task that whoever asks for it never fails on: where the broker is away, the timetable finds the work later.

    It is tried again while the database restarts.
    """

    abstract = True
    autoretry_for = (db.OperationalError, db.InterfaceError)
    retry_backoff = 1  # second, doubled each time
    retry_backoff_max = 60

    def apply_async(self, *args: Any, **options: Any) -> Any:
        try:
            return super().apply_async(*args, **options)
        except OperationalError:
            logger.warning("The broker does not answer: %s waits for the timetable", self.name)
            return None


def broker_url(redis_url: str) -> str:
    """Celery's form of a Redis address: `unix:///path?db=0`, as redis-py reads it, is `redis+socket:///path`."""
    parts = urlsplit(redis_url)
    return f"redis+socket://{parts.path}" if parts.scheme == "unix" else redis_url


# Celery advises at every lost connection to cancel long tasks. Ours go on: what they do is in the database, and
# doing it twice is safe.
logging.getLogger("py.warnings").addFilter(lambda record: "worker_cancel_long_running" not in record.getMessage())

app = Celery("commons", task_cls=Doorbell)
app.conf.update(
    broker_url=broker_url(settings.REDIS_URL),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        "socket_connect_timeout": BROKER_SECONDS,
        "socket_timeout": BROKER_SECONDS,
    },
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0.1},
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    timezone=settings.TIME_ZONE,
    # Just after midnight: by then another day has made some declarations too old to be counted.
    beat_schedule={
        "refresh-search": {"task": "registry.tasks.refresh_search_entries", "schedule": crontab(hour=0, minute=5)},
        "refresh-stale": {
            "task": "registry.tasks.refresh_stale_entries",
            "schedule": STALE_SECONDS,
            "options": {"expires": STALE_SECONDS},
        },
        "tell-of-searches": {"task": "registry.tasks.tell_of_searches", "schedule": crontab(hour=6, minute=30)},
        "forget-unconfirmed-alerts": {
            "task": "registry.tasks.forget_unconfirmed_alerts",
            "schedule": crontab(hour=0, minute=35),
        },
        # After the search entries are counted anew, which it reads.
        "find-pairs": {"task": "registry.tasks.find_pairs", "schedule": crontab(hour=1, minute=15)},
        # What is being read is left alone, so that a second ring does no harm.
        "harvest-sources": {
            "task": "registry.tasks.harvest_sources",
            "schedule": HARVEST_SECONDS,
            "options": {"expires": HARVEST_SECONDS},
        },
        # Who reads a source by hand does not ring.
        "tell-likenesses": {
            "task": "registry.tasks.tell_likenesses",
            "schedule": HARVEST_SECONDS,
            "options": {"expires": HARVEST_SECONDS},
        },
        # Often, so that a plan which is seconded late does not wait for another midnight; to find none due takes 1 ms.
        "carry-out-reorganisations": {
            "task": "registry.tasks.carry_out_reorganisations",
            "schedule": VESTING_SECONDS,
            "options": {"expires": VESTING_SECONDS},
        },
        "mail-notices": {"task": "registry.tasks.mail_notices", "schedule": crontab(minute=40)},
        "escalate-challenges": {"task": "registry.tasks.escalate_challenges", "schedule": crontab(hour=0, minute=15)},
        "keep-attestations": {"task": "registry.tasks.keep_attestations", "schedule": crontab(hour=0, minute=20)},
        # Also where nobody reported: six months of silence end a grade.
        "grade-measured-use": {"task": "registry.tasks.grade_measured_use", "schedule": crontab(minute=55)},
        "draw-audits": {"task": "registry.tasks.draw_audits_of_last_year", "schedule": crontab(hour=1, minute=30)},
        "write-quarterly-letters": {
            "task": "registry.tasks.write_quarterly_letters",
            "schedule": crontab(hour=7, minute=10),
        },
        "tell-of-attestations": {"task": "registry.tasks.tell_of_attestations", "schedule": crontab(hour=7, minute=15)},
        "forget-challenges": {"task": "registry.tasks.forget_challenges", "schedule": crontab(hour=0, minute=45)},
        "send-letters": {
            "task": "registry.tasks.send_letters_due",
            "schedule": LETTER_SECONDS,
            "options": {"expires": LETTER_SECONDS},
        },
        "run-imports": {
            "task": "registry.tasks.run_imports",
            "schedule": IMPORT_SECONDS,
            "options": {"expires": IMPORT_SECONDS},
        },
        "forget-imports": {"task": "registry.tasks.forget_old_imports", "schedule": crontab(hour=0, minute=55)},
        "check-evidence": {
            "task": "registry.tasks.check_evidence",
            "schedule": HARVEST_SECONDS,
            "options": {"expires": HARVEST_SECONDS},
        },
        "disclose-withheld": {"task": "registry.tasks.disclose_withheld", "schedule": crontab(hour=0, minute=10)},
        "warn-of-tokens": {"task": "registry.tasks.warn_of_tokens", "schedule": crontab(hour=6, minute=45)},
        "forget-idempotent-answers": {
            "task": "registry.tasks.forget_idempotent_answers",
            "schedule": crontab(hour=0, minute=50),
        },
        "tell-of-waiting": {"task": "registry.tasks.tell_of_waiting", "schedule": crontab(hour=7, minute=20)},
        "forget-leases": {"task": "registry.tasks.forget_leases", "schedule": crontab(hour=0, minute=55)},
        "forget-letters": {"task": "registry.tasks.forget_letters_sent", "schedule": crontab(hour=0, minute=45)},
        "forget-deliveries": {"task": "registry.tasks.forget_deliveries", "schedule": crontab(hour=0, minute=25)},
        "forget-signing-in": {"task": "registry.tasks.forget_signing_in", "schedule": crontab(minute=20)},
        "deliver-webhooks": {
            "task": "registry.tasks.deliver_webhooks",
            "schedule": DELIVER_SECONDS,
            "options": {"expires": DELIVER_SECONDS},
        },
        # Nobody is waited for: what rings while all workers are busy is forgotten, for it rings again.
        "follow-registry": {
            "task": "public_value.tasks.follow_registry",
            "schedule": FOLLOW_SECONDS,
            "options": {"expires": FOLLOW_SECONDS},
        },
    },
    beat_schedule_filename=str(settings.DATA_DIR / "beat"),
)
app.autodiscover_tasks()

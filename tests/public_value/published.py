"""A published edition for tests: computed with as many draws as it takes, replied to, and published the day after."""

from datetime import date, timedelta

import time_machine
from django.utils import timezone

from public_value.actions import PUBLISHED_DRAWS, compute_edition, open_reply, publish_edition
from public_value.models import Edition
from tests.public_value.test_evidence import SNAPSHOT

TOMORROW = timedelta(days=1)


def published(label: str = "2026Q3", snapshot_date: date = SNAPSHOT) -> Edition:
    return publish(compute_edition(label=label, snapshot_date=snapshot_date, draws=PUBLISHED_DRAWS))


def publish(edition: Edition) -> Edition:
    """Publish it on the day after a right of reply of one day."""
    if edition.revision == 1:
        open_reply(edition=edition, until=timezone.localdate())
    with time_machine.travel(timezone.now() + TOMORROW, tick=True):
        return publish_edition(edition=edition)

"""What of the index a worker does."""

import logging
from datetime import date

from celery import shared_task

from commons.exceptions import Refused
from public_value.actions import compute_edition, compute_first_edition

logger = logging.getLogger(__name__)


@shared_task
def compute_edition_task(label: str, snapshot_date_iso: str, draws: int | None = None) -> None:
    compute_edition(label=label, snapshot_date=date.fromisoformat(snapshot_date_iso), draws=draws)


@shared_task
def ensure_first_edition() -> None:
    """Rung again and again until there is an edition: that a second one has to wait is no failure."""
    try:
        compute_first_edition()
    except Refused as refused:
        logger.warning("No first edition: %s", refused)

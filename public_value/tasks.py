"""What of the index a worker does."""

import logging
from datetime import date

from celery import shared_task

from commons.exceptions import Refused
from public_value.actions import Computing, compute_edition, compute_first_edition
from public_value.preview.following import follow
from public_value.preview.refusing import keep_refusal

logger = logging.getLogger(__name__)


@shared_task
def compute_edition_task(label: str, snapshot_date_iso: str, draws: int | None = None) -> None:
    compute_edition(label=label, snapshot_date=date.fromisoformat(snapshot_date_iso), draws=draws)


@shared_task
def ensure_first_edition() -> None:
    """Rung again and again until there is an edition: that a second one has to wait is no failure."""
    try:
        compute_first_edition()
    except Computing:
        return
    except Refused as refused:
        logger.warning("No first edition: %s", refused)


@shared_task
def follow_registry() -> None:
    """Bring the live preview up to date. Rung by the timetable and after writes; rings again itself while there is
    work, so that other work gets a turn. What stands in the way is logged once, and kept for readers."""
    try:
        if follow():
            follow_registry.delay()
    except Refused as refused:
        if keep_refusal(str(refused)):
            logger.warning("No live preview: %s", refused)

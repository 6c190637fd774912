"""What of the registry a worker does."""

from celery import shared_task

from registry.actions.harvests import harvest_due
from registry.actions.search import refresh_search
from registry.permissions import COMMAND_LINE


@shared_task
def refresh_search_entries() -> None:
    """Count anew who uses what: declarations grow old without anybody writing anything."""
    refresh_search()


@shared_task
def harvest_sources() -> None:
    """Read the sources whose turn it is."""
    harvest_due(by=COMMAND_LINE)

"""What of the registry a worker does."""

from celery import shared_task

from registry.actions.search import refresh_search


@shared_task
def refresh_search_entries() -> None:
    """Count anew who uses what: declarations grow old without anybody writing anything."""
    refresh_search()

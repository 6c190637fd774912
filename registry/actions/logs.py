"""Lines that programs write about their work."""

from django.db import transaction

from catalogue.models import Component
from registry.models import Catalog, Log
from registry.permissions import Actor


@transaction.atomic
def write_log(*, message: str, component: Component | None = None, catalog: Catalog | None = None, by: Actor) -> Log:
    """The line is its own record of who wrote it: there is no event beside it, for crawlers write thousands."""
    log = Log.objects.create(message=message, component=component, catalog=catalog, **by.signature)
    log.refresh_from_db()
    return log

"""One worker for an import: who lost the lease writes nothing more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from registry.models import Import, Organisation
from registry.models.portfolio_import import IN_WORK, ImportQuerySet

LEASE = timedelta(minutes=2)  # a batch takes seconds; while it is applied its row is locked besides


class Lost(Exception):
    """Another worker has it, or somebody dropped it."""


@contextmanager
def step(imported: Import, *, body_first: bool = False) -> Iterator[ImportQuerySet]:
    """One transaction of the worker that has the import, which holds its row. Raises Lost.

    `body_first`: the body's row as well, in the order in which everybody locks them.
    """
    with transaction.atomic():
        if body_first:
            Organisation.objects.select_for_update(of=("self",)).get(pk=imported.organisation_id)
        mine = Import.objects.filter(pk=imported.pk, taken=imported.taken, state__in=IN_WORK)
        if mine.select_for_update(of=("self",)).first() is None:
            raise Lost
        mine.update(taken_until=timezone.now() + LEASE)
        yield Import.objects.filter(pk=imported.pk)

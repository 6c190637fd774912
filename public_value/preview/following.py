"""What of the preview is due, found in its tables alone: whatever died or was lost, the next worker goes on."""

import time
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from public_value.models import Edition
from public_value.models.edition import LISTED
from public_value.preview.draining import drain
from public_value.preview.ranking import rank_one
from public_value.preview.rebuilding import READERS_GRACE, begin, forget, month, switch, tell, work_off_chunk

SECONDS = 20
"""How long one task may take before it lets others have its worker."""

PAUSE = 0.1  # seconds, where other workers are at all that is due, until what follows from it may be due

# A rebuild comes before everything: what is marked meanwhile is drained after it. Figures come before ranks.
DUE = """
    WITH building AS (SELECT edition_id FROM public_value_preview WHERE ready_at IS NULL),
    shown AS (
        SELECT edition_id, basis_id FROM public_value_preview WHERE ready_at IS NOT NULL AND replaced_at IS NULL
    ),
    outdated AS (SELECT edition_id FROM public_value_preview WHERE replaced_at < %(grace)s LIMIT 1),
    yardstick AS (
        SELECT id FROM public_value_edition edition
        WHERE state = ANY(%(listed)s) AND (revision = 1 OR state = 'published')
          AND EXISTS (SELECT FROM public_value_editioncomponent WHERE edition_id = edition.id)
        ORDER BY snapshot_date DESC, id DESC LIMIT 1
    )
    SELECT CASE
        WHEN EXISTS (SELECT FROM building) THEN CASE
            WHEN EXISTS (SELECT FROM public_value_previewchunk JOIN building USING (edition_id) WHERE done_at IS NULL)
                THEN 'chunk'
            WHEN EXISTS (SELECT FROM public_value_ranksdue JOIN building USING (edition_id)) THEN 'ranks'
            ELSE 'switch' END
        WHEN NOT EXISTS (
            SELECT FROM shown JOIN public_value_edition edition ON edition.id = shown.edition_id
            WHERE edition.snapshot_date = %(month)s AND shown.basis_id IS NOT DISTINCT FROM (SELECT id FROM yardstick))
            THEN CASE WHEN EXISTS (SELECT FROM registry_organisation) THEN 'begin' ELSE '' END
        WHEN EXISTS (SELECT FROM public_value_dirtyorganisation) THEN 'drain'
        WHEN EXISTS (SELECT FROM public_value_ranksdue JOIN shown USING (edition_id)) THEN 'ranks'
        WHEN EXISTS (SELECT FROM outdated) THEN 'forget'
        ELSE '' END,
        (SELECT id FROM yardstick),
        coalesce((SELECT edition_id FROM building), (SELECT edition_id FROM shown)),
        (SELECT edition_id FROM outdated)
"""


@dataclass(frozen=True)
class Due:
    """The next thing to do; blank where there is none. Editions by their ids, None where there is none."""

    what: str
    yardstick: int | None
    preview: int | None
    outdated: int | None


def due() -> Due:
    """One query, which writes nothing: asking costs no transaction id, however often."""
    bounds = {"month": month(), "grace": timezone.now() - READERS_GRACE, "listed": [str(state) for state in LISTED]}
    with connection.cursor() as cursor:
        cursor.execute(DUE, bounds)
        return Due(*cursor.fetchone())


def follow(seconds: float = SECONDS) -> bool:
    """Do what is due until nothing is, or time is over: True where something may be left.

    Any number of workers may follow at once. Raises Refused as `begin` does.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = due()
        if not found.what:
            return False
        if not do(found):
            time.sleep(PAUSE)
    return True


def do(found: Due) -> bool:
    """Do one thing; False where others are at it."""
    if found.what == "begin":
        return begin(found.yardstick)
    if found.what == "drain":
        return drain()
    if found.what == "forget":
        return forget(Edition.objects.get(pk=found.outdated))
    edition = Edition.objects.filter(pk=found.preview).first()
    if edition is None:
        return False
    if found.what == "chunk":
        return work_off_chunk(edition)
    if found.what == "switch":
        return switch(edition)
    ranked = rank_one(edition)
    if ranked:
        tell(edition, _("Ranking"))
    return ranked

"""Bringing up to date the organisations that writes made dirty."""

from django.db import connection, transaction

from public_value.models import Edition, Preview, RanksDue
from public_value.preview.figures import calculate
from public_value.preview.locking import beside_other_drains

BATCH = 500
# Materialised: within a join the limit would be worked out again and again, each time for other rows.
TAKE = """
    WITH taken AS MATERIALIZED (
        SELECT id FROM public_value_dirtyorganisation ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
    )
    DELETE FROM public_value_dirtyorganisation dirty USING taken WHERE dirty.id = taken.id RETURNING organisation_id
"""
# An organisation that has no score yet gets one to hold: nobody sees it before it is calculated.
FIRST = """
    INSERT INTO public_value_score
        (edition_id, organisation_id, existed, reuse, contribution_units, frontline_stated, grade, published_as,
         missing)
    SELECT %(edition)s, id, false, 0, 0, false, 'E', 'not_published', '{}'
    FROM registry_organisation organisation
    WHERE id = ANY(%(organisations)s) AND NOT EXISTS (
        SELECT FROM public_value_score WHERE edition_id = %(edition)s AND organisation_id = organisation.id)
    ORDER BY id
    ON CONFLICT DO NOTHING
"""
HOLD = """
    SELECT organisation_id, peer_group_id FROM public_value_score
    WHERE edition_id = %(edition)s AND organisation_id = ANY(%(organisations)s)
    ORDER BY organisation_id FOR NO KEY UPDATE
"""


@transaction.atomic
def drain(batch: int | None = None) -> bool:
    """Take the oldest marks, at most `batch` (BATCH), and calculate their organisations anew, in one transaction: a
    worker that dies leaves the marks to the next. False where other workers have all of them, or a rebuild is under
    way.

    Scores are held before anything is read: a slower worker then never overwrites what a later one found.
    """
    beside_other_drains()
    edition = Edition.objects.filter(preview__in=Preview.objects.current()).first()
    if edition is None or Preview.objects.building().exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [batch or BATCH])
        taken = sorted({organisation for (organisation,) in cursor.fetchall()})
        if not taken:
            return False
        bounds = {"edition": edition.pk, "organisations": taken}
        cursor.execute(FIRST, bounds)
        cursor.execute(HOLD, bounds)
        held = dict(cursor.fetchall())
    groups = set(held.values())
    if held:
        groups |= set(calculate(edition, list(held), adopters_now=True)["peer_group_id"])
    groups -= {None}
    RanksDue.objects.bulk_create(RanksDue(edition=edition, peer_group_id=group) for group in sorted(groups))
    return True

"""Which bodies have work that a component could take over: asked of the database in one set."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from public_value.models import Edition, EditionComment, Score

# A cell is open where adoptions and exempt systems leave a part of it; sums of doubles leave 1e-12 of a full one.
OPEN = """
    SELECT score.id
    FROM public_value_score score
    JOIN public_value_editionoffer offer
        ON offer.edition_id = score.edition_id AND offer.peer_group_id = score.peer_group_id
    LEFT JOIN LATERAL (
        SELECT sum(line.share) AS share FROM public_value_scoreline line
        WHERE line.score_id = score.id AND line.function_id = offer.function_id AND line.kind IN ('adoption', 'exempt')
    ) kept ON true
    WHERE score.edition_id = %s AND offer.component_id = %s AND score.pvi IS NOT NULL
      AND 1 - coalesce(kept.share, 0) > 1e-12
"""


def open_to(edition: Edition, component: int) -> QuerySet[Score]:
    """Scores of the listed bodies that could hand something over to the component on offer, by kind and name. Each
    names in `paused` the functions that its body disputes."""
    scores = Score.objects.of(edition).listed().filter(pk__in=RawSQL(OPEN, [edition.pk, component]))
    disputes = EditionComment.objects.about(edition.label, edition.revision).pausing()
    paused = ArraySubquery(disputes.order_by().filter(organisation=OuterRef("organisation")).values("function"))
    related = scores.select_related("organisation", "peer_group").annotate(paused=paused)
    return related.order_by("peer_group__label", "peer_group__slug", "organisation__name", "organisation__slug")

"""Deleting what an edition found, so that it can be found anew."""

from django.db import connection

from public_value.models import Edition

FORGET_TRENDS = (
    "DELETE FROM public_value_scoretrend trend USING public_value_score score"
    " WHERE trend.score_id = score.id AND score.edition_id = %s"
)
FORGET = (
    FORGET_TRENDS,
    "DELETE FROM public_value_scoretrend trend USING public_value_score score"
    " WHERE trend.previous_id = score.id AND score.edition_id = %s",
    "DELETE FROM public_value_realisedsaving saving USING public_value_score score"
    " WHERE saving.score_id = score.id AND score.edition_id = %s",
    "DELETE FROM public_value_scoresaving saving USING public_value_score score"
    " WHERE saving.score_id = score.id AND score.edition_id = %s",
    "DELETE FROM public_value_scoreline line USING public_value_score score"
    " WHERE line.score_id = score.id AND score.edition_id = %s",
    "DELETE FROM public_value_scoredraws drawn USING public_value_score score"
    " WHERE drawn.score_id = score.id AND score.edition_id = %s",
    "DELETE FROM public_value_score WHERE edition_id = %s",
    "DELETE FROM public_value_editionoffer WHERE edition_id = %s",
    "DELETE FROM public_value_editionfunction WHERE edition_id = %s",
    "DELETE FROM public_value_editionsnapshot WHERE edition_id = %s",
    "DELETE FROM public_value_editioncomponent WHERE edition_id = %s",
    # A preview that was measured with it is worked out anew.
    "UPDATE public_value_preview SET basis_id = NULL WHERE basis_id = %s",
)


def forget(edition: Edition) -> None:
    """Delete what an edition found, without bringing a million lines to Python first. Its row and its comments stay."""
    with connection.cursor() as cursor:
        for statement in FORGET:
            cursor.execute(statement, [edition.pk])


def forget_trends(edition: Edition) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FORGET_TRENDS, [edition.pk])

"""Draws as they are kept: points in little-endian float32, one row a score. Ranks that are shown are read off these."""

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from public_value.evidence.bodies import Bodies
from public_value.evidence.transfer import send
from public_value.methodology.evidence import Integers
from public_value.methodology.measures import Floats
from public_value.models import Edition
from public_value.montecarlo import Keep

_POINT = np.dtype("<f4")
# A value that is not compressed is read in slices without the rest of it; draws would not get smaller anyway.
_ASIDE = (
    "DROP TABLE IF EXISTS pg_temp.pv_drawn",
    "CREATE TEMPORARY TABLE pv_drawn (organisation_id bigint, points bytea)",
    "ALTER TABLE pv_drawn ALTER points SET STORAGE EXTERNAL",
)
_RECORD = """
    INSERT INTO public_value_scoredraws (score_id, points)
    SELECT score.id, points
    FROM pv_drawn
    JOIN public_value_score score
        ON score.organisation_id = pv_drawn.organisation_id AND score.edition_id = %(edition)s
    ORDER BY score.id
"""


def columns(key: str, draws: int) -> dict[str, str]:
    """The columns of draws beside their key, with the types that `evidence.transfer` asks for."""
    return {key: "bigint", "points": f"V{_POINT.itemsize * draws}"}


def packed(points: Floats) -> NDArray[np.void]:
    """(m, draws) as m values of the column `points`."""
    return np.ascontiguousarray(points, _POINT).view(f"V{_POINT.itemsize * points.shape[1]}")[:, 0]


def unpacked(column: NDArray[np.void]) -> NDArray[np.float32]:
    """The inverse of `packed`."""
    return np.ascontiguousarray(column).view(_POINT).reshape(len(column), column.itemsize // _POINT.itemsize)


def put_aside(bodies: Bodies, draws: int) -> Keep:
    """Where the Monte Carlo leaves the draws that are kept until there are scores to keep them with: in a temporary
    table, so that memory never holds them all."""
    with connection.cursor() as cursor:
        for statement in _ASIDE:
            cursor.execute(statement)

    def keep(members: Integers, points: Floats) -> None:
        arrays = {"organisation_id": bodies.id[members], "points": packed(points)}
        send("pv_drawn", columns("organisation_id", draws), arrays)

    return keep


def record(edition: Edition) -> None:
    """Keep with the edition's scores the draws that were put aside."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, {"edition": edition.pk})
        cursor.execute("DROP TABLE pv_drawn")

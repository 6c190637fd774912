"""The figures of some organisations of a preview, as the registry stands now."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection

from public_value import draws
from public_value.evidence.frozen import follow
from public_value.evidence.missing import missing_of
from public_value.evidence.transfer import send
from public_value.methodology import Parameters, score
from public_value.methodology.measures import Floats
from public_value.models import Edition, PublishedAs, Score
from public_value.montecarlo import draw
from public_value.results import score_columns

# Columns, not rows: one array a field is read and written many times faster than one object a score. Arrays of arrays
# have one length, so what is missing travels as words.
WRITE = """
    INSERT INTO public_value_score (edition_id, {names})
    SELECT %(edition)s, {read} FROM unnest({arrays}) score ({names}) ORDER BY organisation_id
    ON CONFLICT (edition_id, organisation_id) DO UPDATE SET {replaced}
    RETURNING organisation_id, id
"""
FORGET_DRAWS = "DELETE FROM public_value_scoredraws WHERE score_id = ANY(%s)"


def calculate(edition: Edition, organisations: Sequence[int], *, adopters_now: bool) -> dict[str, list[Any]]:
    """Write the scores of organisations, by their ids, in place of what a preview had for them, and return their fields
    by name. Ranks are left open. `adopters_now` as in `follow`.

    In the caller's transaction. Raises ValueError where an organisation's size changes between two of its statements:
    the caller's work is undone then, and is done again when it is next looked for.
    """
    parameters = Parameters.from_json(edition.parameters)
    found = follow(parameters, edition.pk, edition.snapshot_date, organisations, adopters_now=adopters_now)
    figures = score(parameters, found.evidence)
    spread, points = draw(parameters, found.evidence, figures, seed=edition.seed, draws=edition.draws)
    lacking = missing_of(parameters, found.bodies, figures, spread.half_width, found.groups, found.answers)
    columns = score_columns(found.bodies, figures, spread, lacking, found.own_cost)
    keys = _write(edition, columns)
    _write_draws(keys, np.array(columns["published_as"]) == PublishedAs.SCORE, points)
    return columns


def _write(edition: Edition, columns: dict[str, list[Any]]) -> list[int]:
    """Write scores, and return their keys in the order of the organisations."""
    types = {name: Score._meta.get_field(name).db_type(connection) for name in columns} | {"missing": "text"}
    statement = WRITE.format(
        names=", ".join(f'"{name}"' for name in columns),
        read=", ".join("string_to_array(missing, ' ')" if name == "missing" else f'"{name}"' for name in columns),
        arrays=", ".join(f"%({name})s::{types[name]}[]" for name in columns),
        replaced=", ".join(f'"{name}" = excluded."{name}"' for name in columns),
    )
    bounds = columns | {"edition": edition.pk, "missing": [" ".join(codes) for codes in columns["missing"]]}
    with connection.cursor() as cursor:
        cursor.execute(statement, bounds)
        keys = dict(cursor.fetchall())
    return [keys[organisation] for organisation in columns["organisation_id"]]


def _write_draws(keys: list[int], ranked: np.ndarray, points: Floats) -> None:
    """Keep the draws of what is ranked, and of nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET_DRAWS, [keys])
    if ranked.any():
        kept = {"score_id": np.array(keys)[ranked], "points": draws.packed(points[ranked])}
        send("public_value_scoredraws", draws.columns("score_id", points.shape[1]), kept)

"""What changed a body's score between two editions, split so that the parts add up exactly (specification 1.13).

Telescopic: what the earlier edition recorded is scored with its own yardstick on its own day (that is its score), then
with the later edition's yardstick, then on the later day too; from there to the later score is what the body declared.
The yardstick is everything that is not the body's own word: functions, references, goalposts, prices, which components
are shared, and how many others use them. Everything comes from what the two editions keep, nothing from the registry.
"""

from collections.abc import Iterator
from itertools import batched

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from public_value.evidence.frozen import measure
from public_value.evidence.past import recorded
from public_value.methodology import Evidence, Paired, Parameters, Scores, paired, score
from public_value.methodology.measures import Floats
from public_value.models import Edition, EditionComponent, EditionSnapshot, EditionState, Score, ScoreTrend
from public_value.montecarlo import draw_matrix
from public_value.terms import terms_of

BODIES_AT_ONCE = 500
"""Bodies in memory at a time: 20 MB for each of their two matrices of 5,000 draws."""


def comparable(edition: Edition) -> Edition | None:
    """The latest edition before it that it can be compared with: a published one, or where there is none another that
    everybody may read. Of the same method, parameters and benchmarks (1.13), and with what it was computed from."""
    earlier = _alike(edition)
    return earlier.filter(state=EditionState.PUBLISHED).first() or earlier.first()


def comparable_published(edition: Edition) -> Edition | None:
    """As `comparable`, for an edition that is to be published: what it began at must stay."""
    return _alike(edition).filter(state=EditionState.PUBLISHED).first()


def _alike(edition: Edition) -> QuerySet:
    same = {name: getattr(edition, name) for name in ("method_version", "params_hash", "benchmark_edition")}
    kept = Exists(EditionComponent.objects.filter(edition=OuterRef("pk")))  # editions of before kept no such yardstick
    earlier = Edition.objects.listed().filter(snapshot_date__lt=edition.snapshot_date, snapshot__isnull=False, **same)
    return earlier.filter(kept)


def record_trends(edition: Edition, earlier: Edition) -> None:
    """Write how the scores of an edition came from those of an earlier one that it is `comparable` with.

    Only of bodies of the same peer group with a score in both. In the caller's transaction.
    """
    parameters, snapshots = Parameters.from_json(edition.parameters), EditionSnapshot.objects
    with (
        recorded(snapshots.get(edition=earlier), "pv_then") as then,
        recorded(snapshots.get(edition=edition), "pv_now") as now,
    ):
        for part in batched(_in_both(edition, earlier), BODIES_AT_ONCE):
            ScoreTrend.objects.bulk_create(_trends(parameters, edition, earlier, part, then, now))


def _in_both(edition: Edition, earlier: Edition) -> Iterator[tuple[Score, Score]]:
    """The scores of a body in both, where it was measured beside the same kind of body."""
    before = {score.organisation_id: score for score in Score.objects.of(earlier).scored()}
    for after in Score.objects.of(edition).scored().order_by("organisation_id"):
        found = before.get(after.organisation_id)
        if found and found.peer_group_id == after.peer_group_id:
            yield found, after


def _trends(
    parameters: Parameters,
    edition: Edition,
    earlier: Edition,
    part: tuple[tuple[Score, Score], ...],
    then: str,
    now: str,
) -> Iterator[ScoreTrend]:
    bodies = [after.organisation_id for _, after in part]

    def evidence(yardstick: Edition, day: Edition, records: str) -> tuple[Evidence, Scores]:
        found = measure(parameters, yardstick.pk, day.snapshot_date, bodies, records=records).evidence
        return found, score(parameters, found)

    def draws(found: tuple[Evidence, Scores]) -> Floats:
        members = np.arange(len(bodies))
        return draw_matrix(parameters, terms_of(*found), members, seed=edition.seed, draws=edition.draws)

    yardstick_only = evidence(edition, earlier, then)[1].pvi.tolist()
    day_too = evidence(edition, edition, then)[1].pvi.tolist()
    spread = paired(draws(evidence(earlier, earlier, then)), draws(evidence(edition, edition, now)))
    for place, (before, after) in enumerate(part):
        yield _trend(before, after, yardstick_only[place], day_too[place], spread, place)


def _trend(before: Score, after: Score, yardstick: float, day: float, spread: Paired, place: int) -> ScoreTrend:
    return ScoreTrend(
        score=after,
        previous=before,
        catalogue=yardstick - before.pvi,
        time=day - yardstick,
        declared=after.pvi - day,
        **{name: float(getattr(spread, name)[place]) for name in ("p5", "p95", "higher", "lower")},
    )

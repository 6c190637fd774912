"""Which judgements move an edition's scores most, from bodies with a published score alone."""

import numpy as np

from public_value.methodology import ENOUGH_PEERS, Evidence, Parameters, Scores
from public_value.models import Edition, PublishedAs, Score
from public_value.robustness import stated
from public_value.saltelli import FACTORS, RUNS, sampled, score_variances
from public_value.terms import terms_of


def sensitivity_figures(
    edition: Edition, parameters: Parameters, evidence: Evidence, scores: Scores
) -> dict[str, object]:
    """`bodies`, `runs` and `factors` of an edition whose scores, those of `evidence`, are recorded.

    Counted are at most 500 bodies in lists with a published score (grade A to C). `factors` has for each of FACTORS its
    shares of the variance of their scores, `first` and `total`, 0 to 1; they are None where no score varies, and
    `factors` is None where fewer than 10 bodies count.
    """
    counted = Score.objects.of(edition).listed().filter(published_as=PublishedAs.SCORE)
    chosen = sampled(list(counted.values_list("organisation__slug", flat=True)), edition.seed)
    figures: dict[str, object] = {"bodies": len(chosen), "runs": RUNS, "factors": None}
    if len(chosen) < ENOUGH_PEERS:
        return figures
    place = {uid: number for number, uid in enumerate(evidence.uid)}
    members = np.array([place[uid] for uid in chosen])
    found = score_variances(parameters, terms_of(evidence, scores), members, seed=edition.seed)
    rows = zip(FACTORS, *(order.tolist() for order in found.shares), strict=True)
    shares = {name: {"first": stated(first), "total": stated(total)} for name, first, total in rows}
    return figures | {"factors": shares}

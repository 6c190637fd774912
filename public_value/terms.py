"""An `Evidence` laid out for drawing: everything that no drawn parameter touches is worked out once."""

from dataclasses import dataclass

import numpy as np

from .methodology import ADOPT, CLASSES, DUPLICATE, EVIDENCE_LEVELS, EXEMPT, Evidence, Scores
from .methodology.evidence import summed
from .methodology.indicators import exempt_mass, frontline_share, imputed_mass, normalised_median
from .methodology.measures import Floats


@dataclass(frozen=True, kw_only=True)
class Terms:
    """An `Evidence` laid out for drawing, n organisations: S, R, O, Den are products with drawn coefficients.

    adopted, open_adopted  (n, 24) £ by class × evidence × (full stage, pilot)
    relief                 (n, 15) £ by class × g of the grid, exempt excess included
    published, den, imputed  (n, 3) £ by class
    commons, share, low, high, median  (n) C; φ (NaN missing); goalposts; peer median between nominal goalposts
    """

    uid: tuple[str, ...]
    adopted: Floats
    open_adopted: Floats
    relief: Floats
    published: Floats
    den: Floats
    imputed: Floats
    commons: Floats
    share: Floats
    low: Floats
    high: Floats
    median: Floats


def terms_of(evidence: Evidence, scores: Scores) -> Terms:
    """Lay an `Evidence` out for drawing; ξ, C and the known shares stay as `scores` (of the same evidence) has them."""
    rows, groups, of = evidence.rows, evidence.peer_groups, evidence.group
    xi = np.nan_to_num(scores.xi, nan=1.0)
    counted = np.where(rows.kind == EXEMPT, 1 - xi[rows.organisation], 1.0)
    relief = np.where(np.isin(rows.kind, (DUPLICATE, EXEMPT)), counted, 0.0)[:, None] * rows.relief
    return Terms(
        uid=evidence.uid,
        adopted=_by_quality(evidence, rows.adopted),
        open_adopted=_by_quality(evidence, rows.open_adopted),
        relief=np.stack([evidence.by_class(column) for column in relief.T], axis=2).reshape(len(evidence.uid), -1),
        published=evidence.by_class(counted * rows.published),
        den=evidence.envelope - xi[:, None] * exempt_mass(evidence),
        imputed=imputed_mass(evidence),
        commons=scores.C,
        share=frontline_share(evidence),
        low=groups.frontline_low[of],
        high=groups.frontline_high[of],
        median=normalised_median(evidence),
    )


def _by_quality(evidence: Evidence, amounts: Floats) -> Floats:
    """Adoption amounts by class × evidence × pilot, (n, 24)."""
    rows = evidence.rows
    place = (
        (rows.organisation * len(CLASSES) + rows.evolution) * len(EVIDENCE_LEVELS) + rows.evidence
    ) * 2 + rows.pilot
    width = len(CLASSES) * len(EVIDENCE_LEVELS) * 2
    adoption = np.where(rows.kind == ADOPT, amounts, 0.0)
    return summed(place, adoption, len(evidence.uid) * width).reshape(-1, width)

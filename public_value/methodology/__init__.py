"""The arithmetic of the public value index, method PVI-1.0.0: arrays in, arrays out; no database, no Django.

`evidence.py` works row by row in SQL (shares, partition, freshness, lock relief, cost floor) and hands over sums;
everything that a parameter touches afterwards (κ, ρ, q, g, ξ, weights, p) happens here.
`montecarlo.py` varies those parameters.
"""

from .canonical import canonical_json, sha256_of
from .distributions import (
    Paired,
    blocks,
    intervals,
    paired,
    probability_above,
    quantiles,
    rank_intervals,
    ranks,
    told_apart,
)
from .evidence import ADOPT, DUPLICATE, EXEMPT, Evidence, PeerGroups, Rows
from .grades import GRADES, PUBLISHED_AS, band, grade, published_as
from .indicators import (
    exempt_factor,
    exempt_mass,
    frontline_share,
    normalised_median,
    unknown_mass,
)
from .measures import gini, goalpost, herfindahl, power_mean
from .parameters import CLASSES, DIMENSIONS, EVIDENCE_LEVELS, Confidence, Laws, Parameters, Saving, SavingScenario
from .peers import ENOUGH_PEERS, ShownAmong, shown_among, within
from .robustness import PANEL, Robustness, robustness
from .scores import FunctionContributions, Scores, euler_parts, function_contributions, score
from .sensitivity import Variances, variances
from .streams import splitmix64, stream_key, uniforms

__all__ = [
    "ADOPT",
    "CLASSES",
    "DIMENSIONS",
    "DUPLICATE",
    "ENOUGH_PEERS",
    "EVIDENCE_LEVELS",
    "EXEMPT",
    "GRADES",
    "PANEL",
    "PUBLISHED_AS",
    "Confidence",
    "Evidence",
    "FunctionContributions",
    "Laws",
    "Paired",
    "Parameters",
    "PeerGroups",
    "Robustness",
    "Rows",
    "Saving",
    "SavingScenario",
    "Scores",
    "ShownAmong",
    "Variances",
    "band",
    "blocks",
    "canonical_json",
    "euler_parts",
    "exempt_factor",
    "exempt_mass",
    "frontline_share",
    "function_contributions",
    "gini",
    "goalpost",
    "grade",
    "herfindahl",
    "intervals",
    "normalised_median",
    "paired",
    "power_mean",
    "probability_above",
    "published_as",
    "quantiles",
    "rank_intervals",
    "ranks",
    "robustness",
    "score",
    "sha256_of",
    "shown_among",
    "splitmix64",
    "stream_key",
    "told_apart",
    "uniforms",
    "unknown_mass",
    "variances",
    "within",
]

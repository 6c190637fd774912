from public_value.models.benchmark import Benchmark, BenchmarkEdition, Deflator, FrontlinePost, PeerGroupNorm
from public_value.models.edition import Edition, EditionFunction, EditionState
from public_value.models.score import PublishedAs, RowKind, SavingBasis, Scenario, Score, ScoreLine, ScoreSaving

__all__ = [
    "Benchmark",
    "BenchmarkEdition",
    "Deflator",
    "Edition",
    "EditionFunction",
    "EditionState",
    "FrontlinePost",
    "PeerGroupNorm",
    "PublishedAs",
    "RowKind",
    "SavingBasis",
    "Scenario",
    "Score",
    "ScoreLine",
    "ScoreSaving",
]

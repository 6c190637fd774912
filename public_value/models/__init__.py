from public_value.models.benchmark import Benchmark, BenchmarkEdition, Deflator, FrontlinePost, PeerGroupNorm
from public_value.models.bundle import EditionBundle, EditionSnapshot
from public_value.models.edition import STANDING, Edition, EditionFunction, EditionState
from public_value.models.edition_component import EditionComponent
from public_value.models.line import RowKind, ScoreLine
from public_value.models.offer import EditionOffer
from public_value.models.preview import DirtyOrganisation, Preview, PreviewChunk, PreviewRefusal, RanksDue
from public_value.models.publishing import Publishing
from public_value.models.realised import RealisedSaving
from public_value.models.reply import EditionComment, HeldChange, Settlement
from public_value.models.score import (
    PublishedAs,
    SavingBasis,
    Scenario,
    Score,
    ScoreDraws,
    ScoreSaving,
)
from public_value.models.trend import ScoreTrend

__all__ = [
    "STANDING",
    "Benchmark",
    "BenchmarkEdition",
    "Deflator",
    "DirtyOrganisation",
    "Edition",
    "EditionBundle",
    "EditionComment",
    "EditionComponent",
    "EditionFunction",
    "EditionOffer",
    "EditionSnapshot",
    "EditionState",
    "FrontlinePost",
    "HeldChange",
    "PeerGroupNorm",
    "Preview",
    "PreviewChunk",
    "PreviewRefusal",
    "PublishedAs",
    "Publishing",
    "RanksDue",
    "RealisedSaving",
    "RowKind",
    "SavingBasis",
    "Scenario",
    "Score",
    "ScoreDraws",
    "ScoreLine",
    "ScoreSaving",
    "ScoreTrend",
    "Settlement",
]

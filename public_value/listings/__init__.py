"""The lists of what follows, each behind the gate: the same rows for pages, API and files."""

from public_value.listings.editions import EditionListing, RevisionListing
from public_value.listings.lines import ScoreLineListing
from public_value.listings.scores import (
    PreviewScoreListing,
    RevisionScoreListing,
    ScoreListing,
    ScoresOfOneKind,
)

__all__ = [
    "EditionListing",
    "PreviewScoreListing",
    "RevisionListing",
    "RevisionScoreListing",
    "ScoreLineListing",
    "ScoreListing",
    "ScoresOfOneKind",
]

"""The lists of who says what: the same rows for pages, API and files."""

from registry.listings.attestations import AttestationListing
from registry.listings.challenges import ChallengeListing
from registry.listings.declarations import DeclarationListing
from registry.listings.exemptions import ExemptionListing
from registry.listings.organisations import OrganisationListing
from registry.listings.pairs import PairListing
from registry.listings.payments import PaymentListing
from registry.listings.reorganisations import ReorganisationListing
from registry.listings.reviews import ReviewListing
from registry.listings.sources import SourceListing
from registry.listings.wanted import WantedListing

__all__ = [
    "AttestationListing",
    "ChallengeListing",
    "DeclarationListing",
    "ExemptionListing",
    "OrganisationListing",
    "PairListing",
    "PaymentListing",
    "ReorganisationListing",
    "ReviewListing",
    "SourceListing",
    "WantedListing",
]

"""Search over the catalogue: full text weighted by name, summary, function and steward, every filter counted."""

from catalogue.search.listing import ComponentListing

__all__ = ["ComponentListing"]

"""One query layer, many faces: a page, JSON and CSV of a list come from the same filters, sorts and rows.

selection = OrganisationListing().select(request.GET)
selection.total, selection.page(request.GET.get("page")), selection.facets, selection.chosen
"""

from commons.listing.choices import Choices, Fixed, Rows
from commons.listing.errors import BadParameter, ParameterError
from commons.listing.listing import Asked, Listing
from commons.listing.parts import Chosen, Column, Facet, Filter, Option, Sort
from commons.listing.queries import QueryListing, QuerySelection
from commons.listing.selection import Selection

__all__ = [
    "Asked",
    "BadParameter",
    "Choices",
    "Chosen",
    "Column",
    "Facet",
    "Filter",
    "Fixed",
    "Listing",
    "Option",
    "ParameterError",
    "QueryListing",
    "QuerySelection",
    "Rows",
    "Selection",
    "Sort",
]

"""Reading what others publish, from addresses that they name, without being turned against the inside."""

from commons.fetching.addresses import Unfetchable
from commons.fetching.reading import Fetched, fetch

__all__ = ["Fetched", "Unfetchable", "fetch"]

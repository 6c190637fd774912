"""Reading what others publish, from addresses that they name, without being turned against the inside."""

from commons.fetching.addresses import Unfetchable
from commons.fetching.reading import Fetched, fetch, host_of
from commons.fetching.sending import send

__all__ = ["Fetched", "Unfetchable", "fetch", "host_of", "send"]

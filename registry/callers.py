"""Where a request comes from, as far as it has to be known to tell a flood."""

from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from registry.actions.challenges.secrets import keyed

HOUSEHOLD = 64  # bits of an IPv6 address: the rest is chosen by whoever has it


def caller_of(request: HttpRequest) -> str:
    """The keyed hash of the caller's internet address, with another key each day; blank where it is not known."""
    address = network(address_of(request))
    return keyed(f"registry.caller {timezone.localdate()}", address) if address else ""


def address_of(request: HttpRequest) -> str:
    """Behind our proxy the last address that it wrote down: what comes before it is the caller's own to invent."""
    if settings.BEHIND_HTTPS and (passed := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return passed.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


def network(text: str) -> str:
    try:
        address: IPv4Address | IPv6Address = ip_address(text.strip("[]"))
    except (AddressValueError, ValueError):
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(address if address.version == 4 else ip_network(f"{address}/{HOUSEHOLD}", strict=False))

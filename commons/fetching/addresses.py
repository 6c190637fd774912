"""Which addresses on the network may be asked: public ones, and those that the operator names."""

import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore
from django.conf import settings

# Addresses of the one kind that carry one of the other in their last 32 bits (RFC 6052, RFC 4291).
_CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
# A name server may keep a lookup waiting for longer than anybody waits for a page.
_LOOKUPS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="lookup")


class Unfetchable(Exception):
    """The address cannot, or must not, be read. The message is one sentence that says why.

    `status` is what it answered, where it did; `retry_after` what it then said of when to come back.
    """

    def __init__(self, message: str, *, status: int | None = None, retry_after: str = "") -> None:
        super().__init__(message)
        self.status, self.retry_after = status, retry_after


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, also where it carries another one inside."""
    ip = ip_address(address.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in _carried(ip))


def _carried(ip: IPv4Address | IPv6Address) -> Iterable[IPv4Address | IPv6Address]:
    if isinstance(ip, IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if ip.sixtofour:
        return [ip, ip.sixtofour]
    if any(ip in network for network in _CARRIERS):
        return [ip, IPv4Address(int(ip) & 0xFFFFFFFF)]
    return [ip]


def looked_up(host: str, port: int, timeout: float | None) -> list[str]:
    """The IP addresses to connect to. Every address of the name must be public: one that is not is an attempt.

    `FETCH_ALLOWED` names hosts with their ports, such as git.inside.example:443, that may be anywhere.
    Raises Unfetchable.
    """
    try:
        asked = _LOOKUPS.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = [str(entry[4][0]) for entry in asked.result(timeout)]
    except TimeoutError as error:
        raise Unfetchable(f"Nobody says in time where {host} is.") from error
    except (OSError, UnicodeError) as error:
        raise Unfetchable(f"There is no {host} on the network.") from error
    if f"{host}:{port}" not in settings.FETCH_ALLOWED and not all(map(is_public, found)):
        raise Unfetchable(f"{host} is no public address, and only those are read.")
    return list(dict.fromkeys(found))


class Pinned(httpcore.NetworkBackend):
    """Connects to the very address that was looked at: nobody can answer otherwise when the name is asked again."""

    def __init__(self) -> None:
        self.inner = httpcore.SyncBackend()

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        *others, last = looked_up(host, port, timeout)
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self.inner.connect_tcp(address, port, timeout, local_address, socket_options)
        return self.inner.connect_tcp(last, port, timeout, local_address, socket_options)

    def connect_unix_socket(self, path, timeout=None, socket_options=None):
        raise Unfetchable("A socket of this machine is no public address.")

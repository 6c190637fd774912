"""Telling another site something, by the rules by which it is read: public addresses, no credentials, ten seconds."""

import ssl
from collections.abc import Mapping
from time import monotonic

import httpcore

from commons.fetching.addresses import Pinned, Unfetchable
from commons.fetching.reading import AGENT, MOST_SECONDS, PATIENCE, target_of


def send(url: str, body: bytes, *, headers: Mapping[str, str]) -> int:
    """POST a body, and return the status that is answered. Redirects are not followed, and what is said is not read.

    Raises Unfetchable: it is no http(s) address, is not public, or is too slow.
    """
    asked, host = target_of(url)
    named = {"Host": host, "User-Agent": AGENT, "Content-Length": str(len(body))} | dict(headers)
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), PATIENCE)
    try:
        with (
            httpcore.ConnectionPool(network_backend=Ending(monotonic() + MOST_SECONDS)) as pool,
            pool.stream(
                "POST", asked, headers=list(named.items()), content=body, extensions={"timeout": timeouts}
            ) as response,
        ):
            return response.status
    except httpcore.TimeoutException as error:
        raise Unfetchable(f"{url} does not answer in time.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Unfetchable(f"{url} cannot be told: {type(error).__name__}.") from error


class Ending(Pinned):
    """Connections that end at a time, also where the other side says one letter every few seconds."""

    def __init__(self, ends: float) -> None:
        super().__init__()
        self.ends = ends

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        timeout = min(timeout or PATIENCE, max(self.ends - monotonic(), 0.001))
        return EndingStream(super().connect_tcp(host, port, timeout, local_address, socket_options), self.ends)


class EndingStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, ends: float) -> None:
        self.inner, self.ends = inner, ends

    def left(self, timeout: float | None, error: type[httpcore.TimeoutException]) -> float:
        left = min(timeout or PATIENCE, self.ends - monotonic())
        if left <= 0:
            raise error
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self.left(timeout, httpcore.ConnectTimeout)
        return EndingStream(self.inner.start_tls(ssl_context, server_hostname, left), self.ends)

    def get_extra_info(self, info: str):
        return self.inner.get_extra_info(info)

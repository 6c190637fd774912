"""One file from the network, within bounds: HTTP, public addresses, five megabytes, ten seconds, three redirects."""

import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore
from django.conf import settings

from commons.fetching.addresses import Pinned, Unfetchable

MOST_BYTES = 5_000_000
MOST_SECONDS = 10.0
MOST_REDIRECTS = 3
PATIENCE = 5.0  # seconds for one step: to connect, or for the next bytes
REDIRECTS = (301, 302, 303, 307, 308)
UNCHANGED = 304
PORTS = {"http": 80, "https": 443}
LONGEST_HOST = 253  # letters: the most that a name on the network has
AGENT = "digital-commons-registry"


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """`url` is where the redirects ended; `content` is empty where it `is_unchanged` since the `etag` or the
    `last_modified` that it was asked with."""

    url: str
    status: int
    content: bytes
    content_type: str
    etag: str
    last_modified: str

    @property
    def is_unchanged(self) -> bool:
        return self.status == UNCHANGED


Turn = Callable[[str], AbstractContextManager[None]]


def fetch(
    url: str, *, etag: str = "", last_modified: str = "", accept: str = "*/*", turn: Turn = nullcontext
) -> Fetched:
    """Read an address; with the `etag` or `last_modified` of an earlier reading only where it changed since.

    `turn` goes round each question, that to the address and that to each to which it leads: it may wait, which does not
    count as slow, or refuse. Raises Unfetchable: it is no http(s) address, is not public, answers with an error, is too
    large or too slow.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {"User-Agent": introduction(), "Accept": accept, "Accept-Encoding": "gzip, identity"}
    headers |= {name: value for name, value in conditions.items() if value}
    left = MOST_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        with turn(url):
            began = monotonic()
            answer, further = _ask(url, headers, began + left)
            left -= monotonic() - began
        if answer is not None:
            return answer
        if urlsplit(url).scheme == "https" and urlsplit(further).scheme == "http":
            raise Unfetchable(f"{url} leads to {further}, which anybody on the way could change.")
        url = further
    raise Unfetchable(f"{url} leads on and on: at most {MOST_REDIRECTS} redirects are followed.")


def introduction() -> str:
    """Who asks, and where to complain."""
    return f"{AGENT} ({settings.FEEDBACK_EMAIL})" if settings.FEEDBACK_EMAIL else AGENT


def checked(url: str) -> SplitResult:
    """The parts of an address that may be asked. Raises Unfetchable."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Unfetchable(f"“{url[:200]}” is no address. Write one such as https://example.org/file.yml.") from error
    if parts.scheme not in PORTS or not host or port == 0:
        raise Unfetchable(f"“{url[:200]}” is no web address. Write one that begins with https://.")
    if parts.username is not None or parts.password is not None:
        raise Unfetchable("The address holds a name or a password. Leave them out: only what is public is read.")
    if any(ord(character) <= ord(" ") for character in url):
        raise Unfetchable("The address holds a space or a control character. Write it as %20, or leave it out.")
    return parts


def host_of(url: str) -> str:
    """The scheme, host and port of an address, in one spelling: `https://git.example`. Raises Unfetchable."""
    asked, _ = target_of(url)
    scheme, host, port = asked.scheme.decode(), asked.host.decode().lower(), asked.port
    named = f"[{host}]" if ":" in host else host
    return f"{scheme}://{named}" if port == PORTS[scheme] else f"{scheme}://{named}:{port}"


def _ask(url: str, headers: dict[str, str], ends: float) -> tuple[Fetched | None, str]:
    """The answer, or the address to which it leads."""
    asked, host = target_of(url)
    named = {"Host": host} | headers
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), min(PATIENCE, _left(url, ends)))
    try:
        with (
            httpcore.ConnectionPool(network_backend=Pinned()) as pool,
            pool.stream("GET", asked, headers=list(named.items()), extensions={"timeout": timeouts}) as response,
        ):
            return _read(url, response, ends)
    except httpcore.TimeoutException as error:
        raise Unfetchable(f"{url} does not answer in time.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Unfetchable(f"{url} cannot be read: {type(error).__name__}.") from error


def target_of(url: str) -> tuple[httpcore.URL, str]:
    """The address in letters that the network takes, and the host as it is named to it."""
    parts = checked(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        host, named = ((name or "").encode("idna") for name in (parts.hostname, parts.netloc))
    except UnicodeError as error:
        raise Unfetchable(f"“{url[:200]}” names a host that cannot be one. Check how it is written.") from error
    if len(host) > LONGEST_HOST:
        raise Unfetchable(f"“{url[:200]}” names a host that cannot be one. Check how it is written.")
    port = parts.port or PORTS[parts.scheme]
    path = "".join(map(_quoted, target)).encode("ascii")
    return httpcore.URL(scheme=parts.scheme.encode(), host=host, port=port, target=path), named.decode("ascii")


def _quoted(character: str) -> str:
    return character if character.isascii() else "".join(f"%{byte:02X}" for byte in character.encode())


def _read(url: str, response: httpcore.Response, ends: float) -> tuple[Fetched | None, str]:
    said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    if response.status in REDIRECTS:
        if "location" not in said:
            raise Unfetchable(f"{url} leads elsewhere and does not say where.")
        return None, urljoin(url, said["location"])
    if response.status != UNCHANGED and not 200 <= response.status < 300:
        waits = said.get("retry-after", "")
        raise Unfetchable(f"{url} answers {response.status}.", status=response.status, retry_after=waits)
    content = b"" if response.status == UNCHANGED else _content(url, response, said, ends)
    named = {name: said.get(name.replace("_", "-"), "") for name in ("content_type", "etag", "last_modified")}
    return Fetched(url=url, status=response.status, content=content, **named), ""


def _content(url: str, response: httpcore.Response, said: dict[str, str], ends: float) -> bytes:
    """What it sends, unpacked, within the bounds: a small packet that unpacks to gigabytes is stopped on the way."""
    packing = said.get("content-encoding", "identity").lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise Unfetchable(f"{url} is packed in a way that was not asked for ({packing[:40]}).")
    unpacked = bytearray()
    opened = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    try:
        for part in response.iter_stream():
            _left(url, ends)
            unpacked += opened.decompress(part, MOST_BYTES + 1 - len(unpacked)) if opened else part
            if len(unpacked) > MOST_BYTES:
                raise Unfetchable(f"{url} is larger than {MOST_BYTES // 1_000_000} MB.")
    except zlib.error as error:
        raise Unfetchable(f"{url} says that it is packed, and cannot be unpacked.") from error
    if opened and not opened.eof:
        raise Unfetchable(f"{url} says that it is packed, and ends in the middle: it cannot be unpacked.")
    return bytes(unpacked)


def _left(url: str, ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise Unfetchable(f"{url} takes longer than {MOST_SECONDS:.0f} seconds.")
    return left

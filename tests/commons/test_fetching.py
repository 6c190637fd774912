"""Addresses that others name are read within bounds, and never turn the registry against the inside."""

import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import httpcore
import pytest

from commons.fetching import Unfetchable, fetch, host_of
from commons.fetching.addresses import is_public
from tests.sites import leading, said

MEGABYTE = 1_000_000


# What is read


def test_file_is_read_with_what_says_when_it_changed(site) -> None:
    site.answers["/a.yml"] = said(b"name: A", Content_Type="text/yaml", ETag='"1"', Last_Modified="yesterday")
    found = fetch(site.at("/a.yml?x=1").replace("?x=1", ""), accept="text/yaml")
    assert (found.content, found.content_type, found.etag, found.last_modified) == (
        b"name: A",
        "text/yaml",
        '"1"',
        "yesterday",
    )
    assert found.url == site.at("/a.yml")
    assert not found.is_unchanged
    (_, headers), *_ = site.asked
    assert headers["Accept"] == "text/yaml"
    assert headers["Host"] == f"127.0.0.1:{site.port}"
    assert "Cookie" not in headers
    assert "Authorization" not in headers


def test_file_that_did_not_change_is_not_sent_again(site) -> None:
    site.answers["/"] = said(status=304)
    found = fetch(site.at(), etag='"1"', last_modified="yesterday")
    assert (found.is_unchanged, found.content) == (True, b"")
    (_, headers), *_ = site.asked
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', "yesterday")


def test_redirects_are_followed_three_times(site) -> None:
    for number in range(4):
        site.answers[f"/{number}"] = leading(f"/{number + 1}", status=(301, 302, 307, 308)[number])
    assert fetch(site.at("/1")).url == site.at("/4")
    with pytest.raises(Unfetchable, match="on and on"):
        fetch(site.at("/0"))


def test_packed_file_is_unpacked(site) -> None:
    site.answers["/"] = said(gzip.compress(b"name: A"), Content_Encoding="gzip")
    assert fetch(site.at()).content == b"name: A"


def test_path_may_hold_other_letters(site) -> None:
    fetch(site.at("/straße"))
    assert site.asked[0][0] == "/stra%C3%9Fe"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Git.Example/a?b#c", "https://git.example"),
        ("https://git.example:443", "https://git.example"),
        ("http://git.example:443/", "http://git.example:443"),
        ("http://bücher.example/", "http://xn--bcher-kva.example"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080"),
    ],
)
def test_host_has_one_spelling(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize("address", ["", "ftp://git.example/", "http:///a", f"http://{'a.' * 200}example/"])
def test_what_has_no_host_is_refused(address: str) -> None:
    with pytest.raises(Unfetchable):
        host_of(address)


def test_each_address_on_the_way_has_its_turn(site) -> None:
    site.answers["/"] = leading("/1")
    turns: list[str] = []

    @contextmanager
    def turn(url: str) -> Iterator[None]:
        turns.append(f"before {url}")
        yield
        turns.append(f"after {url}")

    fetch(site.at(), turn=turn)
    assert turns == [f"{when} {url}" for url in (site.at("/"), site.at("/1")) for when in ("before", "after")]


def test_waiting_for_a_turn_is_not_slow(site, monkeypatch) -> None:
    monkeypatch.setattr("commons.fetching.reading.MOST_SECONDS", 0.5)

    @contextmanager
    def turn(_: str) -> Iterator[None]:
        time.sleep(0.6)
        yield

    assert fetch(site.at(), turn=turn).content == b"hello"


# What is too much


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500, 503])
def test_error_is_said(site, status: int) -> None:
    site.answers["/"] = said(b"secret inside", status=status)
    with pytest.raises(Unfetchable, match=f"answers {status}") as refused:
        fetch(site.at())
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("stated", [True, False])
def test_large_file_is_stopped(site, stated: bool) -> None:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if stated:
            handler.send_header("Content-Length", str(50 * MEGABYTE))
        handler.end_headers()
        try:
            for _ in range(50):
                handler.wfile.write(bytes(MEGABYTE))
        except OSError:
            site.stopped = True

    site.answers["/"] = pour
    with pytest.raises(Unfetchable, match="larger than 5 MB"):
        fetch(site.at())


def test_largest_file_is_read_whole(site) -> None:
    site.answers["/"] = said(bytes(5 * MEGABYTE))
    assert len(fetch(site.at()).content) == 5 * MEGABYTE
    site.answers["/"] = said(bytes(5 * MEGABYTE + 1))
    with pytest.raises(Unfetchable, match="larger"):
        fetch(site.at())


def test_bomb_is_stopped_on_the_way(site) -> None:
    site.answers["/"] = said(gzip.compress(bytes(200 * MEGABYTE)), Content_Encoding="gzip")
    began = time.monotonic()
    with pytest.raises(Unfetchable, match="larger than 5 MB"):
        fetch(site.at())
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("headers", "content", "words"),
    [({"Content_Encoding": "br"}, b"x", "not asked for"), ({"Content_Encoding": "gzip"}, b"x", "cannot be unpacked")],
)
def test_other_packing_is_refused(site, headers, content, words) -> None:
    site.answers["/"] = said(content, **headers)
    with pytest.raises(Unfetchable, match=words):
        fetch(site.at())


def test_slow_answer_is_given_up(site, monkeypatch) -> None:
    monkeypatch.setattr("commons.fetching.reading.MOST_SECONDS", 0.6)
    monkeypatch.setattr("commons.fetching.reading.PATIENCE", 0.5)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            try:
                handler.wfile.write(b".")
            except OSError:
                return
            time.sleep(0.1)

    site.answers["/"] = drip
    site.answers["/hang"] = lambda handler: time.sleep(2)
    for path in ("/", "/hang"):
        began = time.monotonic()
        with pytest.raises(Unfetchable, match=r"takes longer|does not answer in time"):
            fetch(site.at(path))
        assert time.monotonic() - began < 2


# What is inside

INSIDE = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://0177.0.0.01:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://①②⑦.0.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://user:secret@127.0.0.1:{port}/",
    "http://example.org@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@example.org/",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_x",
    "unix:///var/run/docker.sock",
    "http:///etc/passwd",
    "//127.0.0.1:{port}/",
    "http://127.0.0.1:99999999/",
    "http://127.0.0.1:{port}/\r\nHost: inside",
    "javascript:alert(1)",
    "",
]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_not_read(canary, address: str) -> None:
    with pytest.raises(Unfetchable):
        fetch(address.format(port=canary.port))


# A header cannot hold a line's end; an address without a host leads on where it came from.
REDIRECTS = [address for address in INSIDE if "\r" not in address and address not in ("", "http:///etc/passwd")]


@pytest.mark.parametrize("address", REDIRECTS)
def test_redirect_does_not_lead_inside(site, canary, address: str) -> None:
    site.answers["/"] = leading(address.format(port=canary.port).encode().decode("latin-1"))
    with pytest.raises(Unfetchable):
        fetch(site.at())


def test_third_redirect_is_looked_at_like_the_first(site, canary) -> None:
    site.answers |= {"/": leading("/1"), "/1": leading("/2"), "/2": leading(canary.at())}
    with pytest.raises(Unfetchable, match="no public address"):
        fetch(site.at())


def test_https_does_not_lead_to_http(site, monkeypatch) -> None:
    monkeypatch.setattr("commons.fetching.reading._ask", lambda url, *_: (None, "http://example.org/"))
    with pytest.raises(Unfetchable, match="anybody on the way"):
        fetch("https://example.org/")


def answering(monkeypatch, *answers: list[str]) -> list[str]:
    """A name server that says these addresses, one answer after the other; and the addresses that are connected to."""
    said_so, connected = iter(answers), []

    def getaddrinfo(host, port, *_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(said_so)]

    def connect_tcp(self, host, *_):
        connected.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    return connected


def test_name_that_changes_its_mind_is_pinned(monkeypatch) -> None:
    connected = answering(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    with pytest.raises(Unfetchable, match="cannot be read"):
        fetch("http://rebinding.example/")
    assert connected == ["93.184.215.14"]


def test_name_with_one_address_inside_is_refused(monkeypatch) -> None:
    connected = answering(monkeypatch, ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(Unfetchable, match="no public address"):
        fetch("http://both.example/")
    assert connected == []


def test_second_address_is_tried_where_the_first_does_not_answer(monkeypatch) -> None:
    connected = answering(monkeypatch, ["93.184.215.14", "93.184.215.15"])
    with pytest.raises(Unfetchable, match="cannot be read"):
        fetch("http://two.example/")
    assert connected == ["93.184.215.14", "93.184.215.15"]


def test_allowed_host_is_allowed_on_its_port_alone(site, canary) -> None:
    assert fetch(site.at()).content == b"hello"
    with pytest.raises(Unfetchable, match="no public address"):
        fetch(canary.at())


def test_name_that_nobody_knows_is_said_to_be_unknown() -> None:
    with pytest.raises(Unfetchable, match=r"There is no nowhere\.invalid"):
        fetch("http://nowhere.invalid/")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_address_is_one(address: str) -> None:
    assert is_public(address)

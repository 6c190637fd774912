"""Web servers on loopback for tests that read addresses: one that answers as a test says, one that nobody may reach."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Site:
    """A web server on loopback that answers as a test says, and counts who came."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.told: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.otherwise = said(b"hello")
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                site.answers.get(self.path, site.otherwise)(self)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                site.told.append((self.path, dict(self.headers), body))
                site.answers.get(self.path, said(status=204))(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def at(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def said(content: bytes = b"", status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def leading(to: str, status: int = 302) -> Callable[[BaseHTTPRequestHandler], None]:
    return said(status=status, Location=to)


@pytest.fixture
def canary() -> Iterator[Site]:
    """What must never be reached."""
    site = Site()
    yield site
    site.stop()
    assert site.asked == []


@pytest.fixture
def site(settings) -> Iterator[Site]:
    """A site that the operator allows, though it is on loopback."""
    site = Site()
    settings.FETCH_ALLOWED = {f"127.0.0.1:{site.port}"}
    yield site
    site.stop()

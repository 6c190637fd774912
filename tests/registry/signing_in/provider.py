"""A small OpenID Connect provider on loopback, which can be told to do wrong."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "registry", "between the two of us"


class FakeProvider:
    """`claims` is whom it says has signed in; `instead` replaces parts of the token, `said` parts of its document."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {"sub": "42", "email": "ada@quillsford.gov.uk", "email_verified": True}
        self.instead: dict[str, Any] = {}
        self.said: dict[str, Any] = {}
        self.info: dict[str, Any] | None = None
        self.signed_with, self.algorithm = self.key, "RS256"
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.status = 200

    def document(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            **self.said,
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorizes(self, address: str) -> dict[str, str]:
        """What somebody who follows the address brings back: the parameters of the way back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        asked = self.codes.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
        assert (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
        assert form["redirect_uri"] == asked["redirect_uri"]
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {name: value for name, value in (claims | self.claims | self.instead).items() if value is not None}
        signed = jwt.encode(claims, self.signed_with, algorithm=self.algorithm, headers={"kid": "one"})
        return {"access_token": "for userinfo", "token_type": "Bearer", "id_token": signed}


def handler_of(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            provider.asked.append(path)
            pages = {"/.well-known/openid-configuration": provider.document, "/keys": provider.keys}
            if path in ("/authorize", "/asked-elsewhere"):
                return self.lead_on(path)
            if path == "/userinfo":
                assert self.headers["Authorization"] == "Bearer for userinfo"
                return self.answer(provider.info)
            return self.answer(pages[path]())

        def lead_on(self, path: str) -> None:
            """By way of another host, as a provider does that asks somebody else who people are; then back."""
            if path == "/authorize":
                there = provider.issuer.replace("127.0.0.1", "localhost")
                return self.send_to(f"{there}/asked-elsewhere?{urlsplit(self.path).query}")
            asked = parse_qs(urlsplit(self.path).query)
            return self.send_to(f"{asked['redirect_uri'][0]}?{urlencode(provider.authorizes(self.path))}")

        def send_to(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def answer(self, said: Any) -> None:
            body = json.dumps(said).encode()
            self.send_response(provider.status)
            self.send_header("Content-Type", "application/json")
            if provider.status in (302, 307):
                self.send_header("Location", f"{provider.issuer}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    return Handler


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = FakeProvider(server.server_port)
    server.RequestHandlerClass = handler_of(provider)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

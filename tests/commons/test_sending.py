"""Telling another site something: it ends in time, whatever the other side does."""

import time
from contextlib import suppress

import pytest

from commons import fetching
from commons.fetching import Unfetchable, sending


def test_send_posts_the_body_and_says_the_status(site):
    assert fetching.send(site.at("/told?x=1"), b"{}", headers={"Content-Type": "application/json"}) == 204
    [(path, headers, body)] = site.told
    assert (path, body) == ("/told?x=1", b"{}")
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_site_that_says_a_letter_at_a_time_is_left(site, monkeypatch):
    monkeypatch.setattr(sending, "MOST_SECONDS", 0.5)

    def dripping(handler):
        with suppress(OSError):  # nobody listens any more
            for _ in range(100):
                handler.wfile.write(b"H")
                time.sleep(0.02)

    site.answers["/told"] = dripping
    begun = time.monotonic()
    with pytest.raises(Unfetchable, match=r"in time|cannot be told"):
        fetching.send(site.at("/told"), b"{}", headers={})
    assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize("url", ["ftp://example.org/", "https://a:b@example.org/", "x", "http://127.0.0.1:1/"])
def test_send_refuses_what_is_not_public(url):
    with pytest.raises(Unfetchable):
        fetching.send(url, b"", headers={})

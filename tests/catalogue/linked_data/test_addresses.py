"""Only addresses that RFC 3986 allows leave the registry, whatever was written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.linked_data.addresses import web_uri
from catalogue.linked_data.licences import licence_uri

# RFC 3986, appendix A: only the characters that each part may have, and percent signs before two digits.
PART = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*"
URI = re.compile(rf"https?://[a-z0-9.-]+(:\d+)?{PART}(\?(?:{PART}|\?)*)?(#(?:{PART}|\?)*)?")


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  HTTPS://A.example/X ", "https://a.example/X"),
        ("https://a.example/a b<c>", "https://a.example/a%20b%3Cc%3E"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%20?q=[1]#a#b", "https://a.example/%20?q=%5B1%5D#a%23b"),
        ("https://a.example/été", "https://a.example/%C3%A9t%C3%A9"),
        ("https://müll.example/", "https://xn--mll-hoa.example/"),
        ("https://a.example:8443/", "https://a.example:8443/"),
        ("https://a.example:99999/", ""),
        ("https://user:secret@a.example/", ""),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/", ""),
        ("https://", ""),
        ("https://a b.example/", ""),
        ("https://a.example/\n<x>", ""),
        ("https://[::1/", ""),
        ("See the website", ""),
        ("", ""),
        ("https://a.example/" + "x" * 3_000, ""),
    ],
)
def test_address_is_encoded_or_left_out(text, uri):
    assert web_uri(text) == uri


@given(st.one_of(st.text(), st.text().map("https://a.example/".__add__), st.text().map("http://".__add__)))
def test_any_text_gives_a_valid_uri_or_none(text):
    uri = web_uri(text)
    assert uri == "" or URI.fullmatch(uri)
    assert web_uri(uri) == uri


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("MIT", "https://spdx.org/licenses/MIT"),
        ("eupl-1.2", "https://spdx.org/licenses/EUPL-1.2"),
        ("https://a.example/terms", "https://a.example/terms"),
        ("MIT OR Apache-2.0", ""),
        ("LicenseRef-Proprietary", ""),
        ("Open Government Licence", ""),
        ("", ""),
    ],
)
def test_licence_has_an_address_where_one_is_known(text, uri):
    assert licence_uri(text) == uri

"""Operators sign in with what `serve` printed and find their pages in order."""

import pytest

pytestmark = pytest.mark.browser

LISTS = [
    "/admin/",
    "/admin/catalogue/component/",
    "/admin/catalogue/component/?q=sorrelpost",
    "/admin/catalogue/function/",
    "/admin/registry/organisation/",
    "/admin/registry/declaration/",
    "/admin/registry/payment/",
    "/admin/registry/event/",
    "/admin/public_value/benchmark/",
    "/admin/public_value/edition/",
    "/admin/public_value/score/",
]


def test_operator_looks_around(demo, reader):
    operator = reader(demo).signs_in(*demo.sign_in())
    for address in LISTS:
        operator.looks_at(address)
    operator.looks_at("/admin/registry/organisation/")
    operator.page.get_by_role("link", name="Quillsford Council", exact=True).click()
    operator.is_watched()
    assert operator.page.locator("#id_name").input_value() == "Quillsford Council"


def test_wrong_password_opens_nothing(demo, reader):
    stranger = reader(demo)
    stranger.signs_in(demo.sign_in()[0], "a guess")
    assert "Please enter the correct" in stranger.page.locator(".errornote").inner_text()
    stranger.looks_at("/admin/registry/organisation/")
    assert "/admin/login/" in stranger.page.url

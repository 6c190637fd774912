"""Whatever a publisher writes is shown as text: nothing runs, nothing is loaded, no element is smuggled in."""

import csv
import io
import re
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest

from commons.formats.books import WRITERS
from commons.formats.negotiation import TYPES
from tests.system.hostile import ADDRESS, ENDED, NUMBER, PAYLOADS
from tests.system.measuring import complaints

SMUGGLED = """
() => {
  const found = [];
  const ours = (address) => !/^\\s*(javascript|data|vbscript)\\s*:/i.test(address);
  for (const each of document.querySelectorAll("*")) {
    const name = each.outerHTML.slice(0, 160);
    if (each.matches("iframe, object, embed, base, style, math, video, noscript, meta[http-equiv], script:not([src])")
        && !each.closest("#django-admin-popup-response-constants")) found.push(name);
    for (const {name: attribute, value} of each.attributes) {
      if (attribute.startsWith("on") || attribute === "srcdoc") found.push(name);
      if (["href", "action", "formaction", "xlink:href"].includes(attribute) && !ours(value)) found.push(name);
      if (["src", "action", "formaction"].includes(attribute) && /evil[.]example/.test(value)) found.push(name);
    }
    if (each.matches("link[href*='evil.example']")) found.push(name);
  }
  return found;
}
"""
LISTS = [
    "/",
    "/components/",
    "/components/?q=script",
    "/components/?q=%22%3E%3Cscript%3Ealert(60)%3C/script%3E",
    "/functions/",
    "/organisations/",
    "/organisations/?q=%22%3E%3Cscript%3Ealert(61)%3C/script%3E",
    "/reports/adoption/",
    "/public-value/",
    "/public-value/method/",
    "/public-value/2026Q1/?peer_group=hostile",
    "/data/",
    "/blueprints/",
    "/wanted/",
]
EACH = {
    "component": [
        "/components/part-{0}/",
        "/components/part-{0}/adopters/",
        "/components/part-{0}/reviews/",
        "/components/compare/?component=part-{0}&component=part-7",
        "/components/part-{0}/dependencies/?depth=3",
        "/components/part-{0}/dependencies.svg",
    ],
    "blueprint": ["/blueprints/pattern-{0}/", "/blueprints/pattern-{0}/assemble/?slot-filled-{0}=part-{0}&body=body-0"],
    "function": ["/functions/task-{0}/"],
    "body": ["/organisations/body-{0}/", "/organisations/body-{0}/statements/", "/organisations/body-{0}/spending/"],
    "score": ["/public-value/2026Q1/body-{0}/"],
}
ADMIN = [
    "/admin/catalogue/component/",
    "/admin/catalogue/function/",
    "/admin/catalogue/peergroup/",
    "/admin/registry/organisation/",
    "/admin/registry/declaration/",
    "/admin/registry/payment/",
    "/admin/registry/event/",
    "/admin/registry/contribution/",
]
FILES = [
    "/components/",
    "/functions/",
    "/organisations/",
    "/api/v1/declarations",
    "/api/v1/reviews",
    "/api/v1/spend",
    "/wanted/",
]


def shows_only_text(somebody, address: str) -> None:
    somebody.looks_at(address)
    assert somebody.page.evaluate(SMUGGLED) == [], address


@pytest.mark.browser
@pytest.mark.parametrize("address", LISTS)
def test_list_shows_hostile_text_as_text(address, hostile, reader):
    shows_only_text(reader(hostile), address)


@pytest.mark.browser
@pytest.mark.parametrize("kind", EACH)
def test_detail_shows_hostile_text_as_text(kind, hostile, reader):
    somebody = reader(hostile)
    for number in set(range(NUMBER)) - ({ENDED} if kind == "score" else set()):
        for address in EACH[kind]:
            shows_only_text(somebody, address.format(number))


@pytest.mark.browser
def test_hostile_text_is_really_shown(hostile, reader):
    """What the tests above look at is there: nothing was lost or refused on the way."""
    somebody = reader(hostile).looks_at("/components/")
    assert PAYLOADS[0] in somebody.page.locator("main").inner_text()
    assert re.search(r"^all +[\d,]+ +[\d,]+ +0 +0 +0 ", hostile.said(), re.M), "every row was taken"


@pytest.mark.browser
def test_chosen_address_fits_a_phone(hostile, reader):
    somebody = reader(hostile, width=320).looks_at(f"/components/?{urlencode({'licence': ADDRESS})}")
    assert "evil.example" in somebody.main.locator(".app-chosen").last.inner_text()
    assert complaints(somebody.page) == []


@pytest.mark.browser
def test_operators_see_hostile_text_as_text(hostile, reader):
    operator = reader(hostile).signs_in(*hostile.sign_in())
    for address in ADMIN:
        shows_only_text(operator, address)
        first = operator.page.locator("#result_list tbody th a").first
        shows_only_text(operator, first.get_attribute("href"))


@pytest.mark.browser
@pytest.mark.parametrize("address", FILES)
def test_files_carry_hostile_text_and_are_not_pages(address, hostile, reader):
    request = reader(hostile).context.request
    for form in ("csv", "json", "xlsx", "ods"):
        answer = request.get(address, params={"format": form})
        assert answer.headers["content-type"].split(";")[0] == TYPES[form]
        assert answer.headers["x-content-type-options"] == "nosniff"
        if form in WRITERS:
            assert answer.headers["content-disposition"].startswith("attachment")
            assert "alert(" in words_of(answer.body())
            continue
        assert "alert(" in answer.text()
        if form == "csv":
            cells = [cell for row in csv.reader(io.StringIO(answer.text())) for cell in row]
            assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")]


def words_of(book: bytes) -> str:
    """Every part of a spreadsheet. No cell of it is a formula, and none a link."""
    with ZipFile(io.BytesIO(book)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    assert not [part for part in parts if re.search(r"<f[ >/]|table:formula|<hyperlink|<text:a ", part)]
    return "".join(parts)

"""On paper a page is what it says, without its controls and with nothing folded away."""

import pytest

pytestmark = pytest.mark.browser

PRINTED = [
    "/",
    "/components/",
    "/components/sm-sorrelpost/",
    "/functions/sm-payments/",
    "/organisations/quillsford-council/",
    "/organisations/quillsford-council/spending/",
    "/reports/adoption/",
    "/areas/marrowdale-council/transition/",
    "/public-value/2026Q3/quillsford-council/",
]
CONTROLS = "nav, form, button, .app-filter, .app-downloads, .govuk-skip-link, .govuk-footer"
FOLDED = """
() => [...document.querySelectorAll("main details:not(.app-filter)")]
  .filter((part) => [...part.children].slice(1).some((inside) => !inside.checkVisibility()))
  .map((part) => part.textContent.trim().slice(0, 80))
"""
OVER_THE_EDGE = """
() => [...document.querySelectorAll("main *")]
  .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => `${part.tagName} ${part.className} “${part.textContent.trim().slice(0, 60)}”`)
"""
A4_WIDTH, A4_HEIGHT = 680, 1000  # CSS pixels between margins of 15 mm


@pytest.mark.parametrize("address", PRINTED)
def test_paper_shows_everything_but_controls(address, demo, reader):
    page = reader(demo).opens(address).page
    page.set_viewport_size({"width": A4_WIDTH, "height": A4_HEIGHT})
    page.emulate_media(media="print")

    shown = [control.evaluate("each => each.outerHTML.slice(0, 120)") for control in visible(page.locator(CONTROLS))]
    assert shown == []
    assert page.evaluate(FOLDED) == []
    assert page.evaluate(OVER_THE_EDGE) == []
    assert address in page.locator(".app-print-line").inner_text()


def test_paper_takes_a_body_on_few_pages(demo, reader):
    printed = reader(demo).opens("/organisations/quillsford-council/").page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert 1 <= printed.count(b"/Type /Page\n") <= 15


def visible(controls):
    return [control for control in controls.all() if control.is_visible()]

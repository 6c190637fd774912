"""Everything can be done without a mouse, and one always sees where one is."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MOST_STOPS = 400
WORKSPACE = "/workspace/quillsford-council/"
# Where the focus is, and what is wrong with how it is shown.
FOCUS = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  // A tick box is drawn around its see-through self.
  const drawn = [[element, null], [element.parentElement, null]];
  if (element.labels?.length) drawn.push([element.labels[0], "::before"], [element.labels[0], null]);
  const marked = drawn.some(([each, part]) => {
    const style = getComputedStyle(each, part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const name = `<${element.tagName.toLowerCase()}> “${element.textContent.trim().slice(0, 60)}”`;
  return [marked || "focus is not shown", inView || "focus is out of sight"]
    .filter((each) => each !== true).map((each) => `${each}: ${name}`);
}
"""


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/components/?q=payments",
        "/components/sm-sorrelpost/",
        "/organisations/quillsford-council/spending/",
        "/reports/adoption/",
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_focus_is_seen_at_every_stop(address, width, demo, reader):
    walks(reader(demo, width=width).opens(address).page)


@pytest.mark.parametrize("place", ["", "?edit=", "confirm/", "functions/sm-payments/", "functions/sm-payments/0/how/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_focus_is_seen_at_every_stop_of_the_workspace(place, width, demo, reader):
    somebody = reader(demo, width=width).signs_in(*demo.sign_in()).opens(WORKSPACE)
    if place == "?edit=":
        somebody.main.locator(".app-portfolio").get_by_role("link", name="Edit").first.click()
        somebody.is_well()
    elif place:
        somebody.opens(WORKSPACE + place)
    walks(somebody.page)


def walks(page) -> None:
    """By Tab, from where one is to the end of the page."""
    stops, wrong = 0, []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops, wrong = stops + 1, wrong + stop
    assert stops > 10
    assert not wrong


def test_skip_link_leads_past_the_navigation(demo, reader):
    page = reader(demo).opens("/components/").page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    assert skip.bounding_box()["height"] >= 24, "the skip link shows when it is reached"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_component_is_found_without_a_mouse(demo, reader):
    somebody = reader(demo).opens("/")
    page = somebody.page

    tab_to(page, "home-q")
    page.keyboard.type("payments")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    everything = somebody.is_well().results()

    tab_to(page, "filter-kind-1")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert 0 < len(somebody.is_well().results()) <= len(everything)

    name = somebody.results()[0]
    tab_to(page, text=name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    somebody.is_well().sees(name)


def test_filters_open_on_a_phone_without_a_mouse(demo, reader):
    page = reader(demo, width=320).opens("/components/").page
    panel = page.locator(".app-filter__body")
    assert not panel.is_visible()
    tab_to(page, text="Filters")
    page.keyboard.press("Enter")
    assert panel.is_visible()


def test_suggestions_are_chosen_without_a_mouse(demo, reader):
    somebody = reader(demo).opens("/privacy/")
    page, field = somebody.page, somebody.page.get_by_role("combobox", name="Search components")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")

    tab_to(page, "site-search")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("sorrel")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text=f"{options.count()} suggestions")).to_have_count(1)
    somebody.is_well()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = options.nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", second.get_attribute("id"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)

    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("sorrel")
    expect(field).to_be_focused()

    page.keyboard.type("p")
    expect(options.first).to_contain_text("Sorrelpost")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    somebody.is_well().sees("Sorrelpost")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_search_field_searches_where_no_suggestion_is_chosen(javascript, demo, reader):
    somebody = reader(demo, javascript=javascript).opens("/privacy/")
    somebody.page.locator("#site-search").press_sequentially("payments")
    with somebody.page.expect_navigation():
        somebody.page.keyboard.press("Enter")
    assert somebody.is_well().results()


def test_row_of_the_portfolio_is_edited_and_left_without_a_mouse(demo, reader):
    somebody = reader(demo).signs_in(*demo.sign_in()).opens(WORKSPACE)
    page, edit = somebody.page, somebody.main.locator(".app-portfolio").get_by_role("link", name="Edit").nth(1)
    name = edit.text_content().strip()

    edit.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    row = page.locator("tr:has(form.app-portfolio__form)")
    page.keyboard.press("Tab")
    expect(row.get_by_role("link").first).to_be_focused()  # one goes on in the row, not at the top of the page
    tab_to(page, text="Cancel")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert somebody.is_well().page.locator("form.app-portfolio__form").count() == 0
    tab_to(page, text=name)


def tab_to(page, id: str = "", *, text: str = "") -> None:
    """Press Tab until the field with the id, or what says the text, has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate("({id: document.activeElement.id, text: document.activeElement.textContent.trim()})")
        if (id and here["id"] == id) or (text and here["text"] == text):
            return
    raise AssertionError(f"{id or text} is not reached by {MOST_STOPS} presses of Tab")

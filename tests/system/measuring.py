"""What a page must be at any width, measured in the browser."""

from playwright.sync_api import Page

LARGEST_HTML = 100_000  # bytes
# Swagger UI; the page on accessibility says what is wrong with it.
MADE_BY_OTHERS = "#api-reference"
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8
MEASURE = """
([smallest, others]) => {
  const found = [];
  const every = (selector) => [...document.querySelectorAll(selector)].filter((each) => !each.closest(others));
  const name = (element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}"> `
    + `“${(element.textContent || element.value || "").trim().slice(0, 60)}”`;
  const boxOf = (element) => element.getBoundingClientRect();
  const shown = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const one = (selector) => {
    const number = every(selector).length;
    if (number !== 1) found.push(`${number} of ${selector} in place of one`);
  };

  ["h1", "main", "body > header", "body > footer", "head > title"].forEach(one);
  if (!document.querySelector("nav[aria-label], nav[aria-labelledby]")) found.push("no named navigation");
  if (!/^en/.test(document.documentElement.lang)) found.push("the page does not say its language");
  if (document.title.split(" – ")[0].trim().length < 3) found.push(`the title is “${document.title}”`);
  if (!document.querySelector("h1")?.textContent.trim()) found.push("the heading is empty");

  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) {
    found.push(`${width} px wide in a window of ${innerWidth}`);
    every("body *").filter((e) => shown(e) && boxOf(e).right > innerWidth + 1)
      .slice(-3).forEach((element) => found.push(`  sticks out: ${name(element)}`));
  }

  for (const element of every("body *")) {
    if (!shown(element)) continue;
    const box = boxOf(element), style = getComputedStyle(element);
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    const said = element.textContent.trim() && box.width > 2 && box.height > 2;
    if (said && !(element instanceof SVGElement)
        && ((hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
         || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1)))
      found.push(`text is cut: ${name(element)}`);
    if (element.tagName === "text" && element.textContent.trim()) {
      const picture = boxOf(element.ownerSVGElement);
      if (box.left < picture.left - 1 || box.right > picture.right + 1 || box.bottom > picture.bottom + 1)
        found.push(`text sticks out of its picture: “${element.textContent}”`);
    }
  }
  for (const table of every("table.app-stack")) {
    if (table.scrollWidth > table.parentElement.clientWidth + 1 && innerWidth < 640)
      found.push(`a table of words is wider than its place: ${name(table)}`);
    const mute = [...table.querySelectorAll("tbody td:not([data-label])")];
    if (mute.length) found.push(`${mute.length} cells do not name their column: ${name(table)}`);
  }
  // A tick box is drawn by its label and is itself see-through, but it is what is pressed.
  for (const element of every("button, input:not([type=hidden]), select, textarea, summary")) {
    const box = boxOf(element);
    if (element.checkVisibility({visibilityProperty: true}) && Math.min(box.width, box.height) < smallest - 0.5)
      found.push(`a target of ${box.width.toFixed(1)} × ${box.height.toFixed(1)} px: ${name(element)}`);
  }
  return found;
}
"""


def complaints(page: Page) -> list[str]:
    """Everything about the page's shape that a reader would stumble over, one line each."""
    return page.evaluate(MEASURE, [SMALLEST_TARGET, MADE_BY_OTHERS])

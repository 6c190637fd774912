"""Somebody who reads the registry in a real Chromium, watched at every step."""

import re
from typing import Any, Self
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Locator, Request, Response, expect

from tests.system.measuring import MADE_BY_OTHERS

PATIENCE_MS = 20_000
HEIGHT = 900
QUIET = "/health/live"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
GRAVE = ("serious", "critical")
WHERE = {"exclude": [MADE_BY_OTHERS]}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')  # another each time
_sound: set[int] = set()  # pages, and how wide, in which axe has found nothing
# Runs in every page before anything of the page's own.
WATCH = """
window.seen = [];
addEventListener("securitypolicyviolation", (event) =>
  window.seen.push(`policy violated: ${event.violatedDirective} by ${event.blockedURI} ${event.sample}`));
"""
# Stands in every page and does nothing until it is called, so that a browser compiles it once. Left alone, axe reads
# the few colours of a page ten thousand times, each time anew.
AXE = f"""
window.loadAxe = () => {{
  {AXE_SCRIPT}
  const colour = axe.commons.color.Color.prototype, parse = colour.parseString, known = new Map();
  colour.parseString = function (text) {{
    if (!known.has(text)) {{
      const {{r, g, b, alpha}} = parse.call(this, text);
      known.set(text, {{r, g, b, alpha}});
    }}
    return Object.assign(this, known.get(text));
  }};
}};
"""
ASK_AXE = "([where, options]) => { window.axe ?? loadAxe(); return axe.run(where, options); }"


class Reader:
    """A browser of one's own on the registry at `root`: no cookies, one tab, every step looked at.

    The steps say what a person does, and return the reader, so that a journey reads as a sentence.
    """

    def __init__(self, browser: Browser, root: str, *, javascript: bool = True, width: int = 1280) -> None:
        self.root, self.javascript = root, javascript
        self.context = browser.new_context(
            base_url=root, java_script_enabled=javascript, viewport={"width": width, "height": HEIGHT}
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_init_script(WATCH + AXE)
        self.page = self.context.new_page()
        self.response: Response | None = None
        self.troubles: list[str] = []
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"a script failed: {error}"))
        self.page.on("dialog", self._note_dialog)

    def opens(self, address: str, status: int = 200) -> Self:
        self.response = self.page.goto(address)
        assert self.response.status == status, f"{address} answers {self.response.status}"
        return self.is_well()

    def looks_at(self, address: str) -> Self:
        """As `opens`, without asking axe: for many pages of one kind, and for those that others made."""
        self.response = self.page.goto(address)
        assert self.response.ok, f"{address} answers {self.response.status}"
        return self.is_watched()

    def signs_in(self, email: str, password: str) -> Self:
        self.page.goto("/admin/login/")
        self.page.locator("#id_username").fill(email)
        self.page.locator("#id_password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        return self.is_watched()

    def types(self, label: str, text: str) -> Self:
        self.main.get_by_label(label, exact=True).first.fill(text)
        return self

    def ticks(self, label: str | re.Pattern[str]) -> Self:
        self.main.get_by_role("checkbox", name=label).first.check()
        return self

    def chooses(self, option: str, within: str) -> Self:
        """One of the options of the question whose legend this is."""
        self.main.get_by_role("group", name=within, exact=True).get_by_label(option, exact=True).first.check()
        return self

    def presses(self, button: str) -> Self:
        self.main.get_by_role("button", name=button, exact=True).first.click()
        return self.is_well()

    def follows(self, link: str | re.Pattern[str]) -> Self:
        self.main.get_by_role("link", name=link).first.click()
        return self.is_well()

    def sees(self, heading: str | re.Pattern[str]) -> Self:
        """The page's one main heading says this."""
        expect(self.page.locator("h1")).to_have_text(heading, timeout=PATIENCE_MS)
        return self

    def downloads(self, link: str) -> str:
        """What the file behind the link says."""
        with self.page.expect_download() as started:
            self.main.get_by_role("link", name=link, exact=True).first.click()
        return started.value.path().read_text(encoding="utf-8-sig")

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def results(self) -> list[str]:
        """The names in the list of results, in their order."""
        return self.main.locator(".app-rows__row > a").all_inner_texts()

    def looks_through(self, width: int) -> Self:
        """A window of this width."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        return self

    def leave(self) -> None:
        self.context.close()

    def forgets(self) -> None:
        """Whoever takes over this browser finds nothing of who had it."""
        if self.page.url.startswith(self.root):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self._rests()
        self.page.emulate_media(media="null")
        self.context.clear_cookies()
        self.response, self.troubles = None, []

    def _rests(self) -> None:
        """On a page that does nothing, of the same site while it answers: another is another, cold process."""
        try:
            self.page.goto(QUIET)
        except Error:
            self.page.goto("about:blank")

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def is_watched(self) -> Self:
        """Nothing has happened so far that should not: no script ran or failed, nobody else was asked."""
        self.page.wait_for_load_state()
        found = self.troubles + (self.page.evaluate("window.seen") if self.javascript else [])
        assert not found, f"{self.page.url}:\n" + "\n".join(found)
        return self

    def is_well(self) -> Self:
        """And the page is for everybody, as far as axe can tell; it is itself a script, and asked once about a page."""
        self.is_watched()
        page = hash((TOKEN.sub("", self.page.content()), self.page.viewport_size["width"]))
        if self.javascript and page not in _sound:
            found = grave(self.page.evaluate(ASK_AXE, [WHERE, OPTIONS]))
            assert not found, f"{self.page.url}:\n" + "\n".join(found)
            _sound.add(page)
        return self

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.root:
            self.troubles.append(f"another address was asked: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        expected = "Failed to load resource: the server responded with a status of 40"  # our own error pages
        if message.type in ("error", "warning") and not message.text.startswith(expected):
            self.troubles.append(f"the console says: {message.text}")

    def _note_dialog(self, dialog: Dialog) -> None:
        self.troubles.append(f"a script ran: {dialog.message}")
        dialog.dismiss()


def grave(results: dict[str, Any]) -> list[str]:
    """What axe finds serious or critical, one line each."""
    return [
        f"axe: {violation['impact']} {violation['id']}: {violation['help']} at "
        + "; ".join(f"{node['target']} {node['html'][:200]}" for node in violation["nodes"][:3])
        for violation in results["violations"]
        if violation["impact"] in GRAVE
    ]

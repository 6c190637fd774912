"""The watch itself: what it is there to find, it finds."""

import pytest

from tests.system.measuring import complaints

pytestmark = pytest.mark.browser

CROOKED = """<!doctype html><html><head><title>x</title></head><body>
<main><h1>One</h1><h1>Two</h1><div style="width: 2000px">Wide</div>
<p style="width: 60px; overflow: hidden; white-space: nowrap">A sentence that is cut off</p>
<svg width="50" height="20"><text x="40" y="15">Sticks out</text></svg>
<table class="app-stack"><tbody><tr><td>?</td></tr></tbody></table>
<button style="width: 10px; height: 10px; padding: 0"></button></main></body></html>"""


def test_measuring_finds_a_crooked_page(demo, reader):
    page = reader(demo).page
    page.goto("about:blank")  # where no policy forbids styles
    page.set_content(CROOKED)
    found = "\n".join(complaints(page))
    for part in ("2 of h1", "0 of body > header", "no named navigation", "does not say its language", "the title is"):
        assert part in found
    for part in (
        "px wide in a window",
        "text is cut",
        "sticks out of its picture",
        "target of 10.0 × 10.0 px",
        "1 cells",
    ):
        assert part in found


@pytest.mark.parametrize(
    ("deed", "noticed"),
    [
        ("document.body.append(document.createElement('script').appendChild(new Text('x')).parentNode)", "policy"),
        ("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/x.png'}))", "policy"),
        ("console.error('something is wrong')", "the console says: something is wrong"),
        ("setTimeout(() => { throw new Error('broken') })", "a script failed"),
        ("setTimeout(() => alert(1))", "a script ran: 1"),
        ("document.querySelector('h1').insertAdjacentHTML('afterend', '<input>')", "axe: critical label"),
        ("document.querySelector('h1').style.color = '#999'", "axe: serious color-contrast"),
    ],
)
def test_watch_notices(deed, noticed, demo, reader):
    somebody = reader(demo).opens("/privacy/")
    somebody.page.evaluate(f"() => {{ {deed} }}")
    somebody.page.wait_for_timeout(300)
    with pytest.raises(AssertionError, match=noticed):
        somebody.is_well()

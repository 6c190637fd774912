"""Every page and state: sound in shape, clear to everybody, silent towards the world; on a phone and on a desk."""

import pytest

from tests.system.measuring import LARGEST_HTML, complaints
from tests.system.pages import PAGES, Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_page_is_sound_on_phone_and_desk(page: Page, demo, reader):
    on_phone = reader(demo, width=320).opens(page.address, page.status)
    weight = len(on_phone.response.body())
    on_desk = reader(demo, width=1280).opens(page.address, page.status)

    found = [f"at 320 px: {each}" for each in complaints(on_phone.page)]
    found += [f"at 1280 px: {each}" for each in complaints(on_desk.page)]
    if weight > LARGEST_HTML:
        found.append(f"the page weighs {weight:,} bytes, more than {LARGEST_HTML:,}")
    assert not found, f"{page.address}\n" + "\n".join(found)

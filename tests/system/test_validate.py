"""The page that checks a description, in a browser: with script and without, and with texts that mean harm."""

import pytest
import yaml

from tests.catalogue.readers.publiccode_files import SOUND, changed
from tests.system.hostile import ADDRESS, PAYLOADS
from tests.system.measuring import complaints
from tests.system.test_hostile_text import SMUGGLED

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_team_checks_the_example_and_then_its_own_text(javascript, reader, demo):
    team = reader(demo, javascript=javascript).opens("/data/").follows("check the description")
    team.sees("Check a description").follows("Begin with an example").presses("Check")
    assert team.main.get_by_role("status").first.inner_text() == "The description is valid"

    team.types("Paste the text", changed("legal.license", "Nonsense")).presses("Check")
    assert "“Nonsense” is no licence" in team.main.locator("table").inner_text()

    team.types("Paste the text", "").presses("Check")
    assert "Paste a text, or choose a file" in team.main.get_by_role("alert").inner_text()


@pytest.mark.parametrize("width", [320, 1280])
def test_hostile_and_long_text_is_shown_as_text_on_phone_and_desk(width, reader, demo):
    words = " ".join(PAYLOADS)
    document = SOUND | {"name": words, "landingURL": ADDRESS, "usedBy": ["x" * 500, words], words: {"x" * 500: words}}
    document |= {payload: payload for payload in PAYLOADS}
    somebody = reader(demo, width=width).opens("/tools/validate")

    somebody.types("Paste the text", yaml.safe_dump(document, allow_unicode=True)).presses("Check")

    assert "What was understood" in somebody.main.inner_text()
    assert somebody.page.evaluate(SMUGGLED) == []
    assert complaints(somebody.page) == []

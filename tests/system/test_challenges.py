"""A citizen says that something is wrong, the council answers, and everybody can follow; on a phone and on a desk."""

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.system.hostile import ADDRESS, MARKDOWN, PAYLOADS
from tests.system.people import is_sound
from tests.system.sharing import ServedPack, Town
from tests.system.sharing import town as served_town
from tests.system.test_hostile_text import shows_only_text
from tests.system.test_print import A4_HEIGHT, A4_WIDTH, CONTROLS, FOLDED, OVER_THE_EDGE, visible

pytestmark = pytest.mark.browser

TABLES = {
    "organisations.csv": "organisation,name,type,peer_group\nquillsford,Quillsford,unitary,councils\n",
    "functions.csv": "function,name,kind,evolution\npayments,Take payments,service,commodity\n"
    "bins,Bin days,service,commodity\n",
    "components.csv": "component,name,kind,functions,summary,lifecycle,stewards\n"
    "sorreltill,Sorreltill,service,payments,Takes payments.,live,quillsford=1\n",
    "adoptions.csv": "organisation,function,component,stage,confirmed,evidence,source_url\n"
    "quillsford,payments,sorreltill,live,2026-06-30,E1,https://www.quillsford.example/minutes\n",
}
CLAIM = "They left it in spring: the new page says so."
TYPING_MS = 3_500  # a form that comes back quicker is taken for a program's


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    with served_town(tmp_path_factory.mktemp("town"), TABLES) as server:
        yield server


def raised(server: ServedPack, **body: Any) -> dict[str, str]:
    """A challenge that a program sends."""
    sent = json.dumps(body).encode()
    request = urllib.request.Request(f"{server.url}/api/v1/challenges", sent, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_citizen_challenges_and_the_council_answers(town, reader, width, javascript):
    citizen = reader(town, width=width, javascript=javascript)
    claim = f"{CLAIM} ({width}, {javascript})"
    citizen.opens("/organisations/quillsford/statements/").follows("Something wrong or missing? Take payments")
    citizen.sees("Something wrong or missing?")
    is_sound(citizen)
    assert "Uses Sorreltill" in citizen.main.inner_text()

    citizen.page.wait_for_timeout(TYPING_MS)
    citizen.presses("Send it")
    assert "Say what is wrong or missing" in citizen.main.inner_text(), "nothing was typed"
    is_sound(citizen)
    citizen.types("What is wrong or missing?", claim)
    citizen.types("Is there evidence for it on the web?", "https://www.quillsford.example/news").presses("Send it")
    citizen.sees("Thank you")
    is_sound(citizen)
    reference = re.search(r"\w{4}-\w{4}", citizen.main.locator(".govuk-panel").inner_text())[0]
    own = path_of(citizen.main.locator("a[href*='/mine/']").get_attribute("href"))

    citizen.follows(f"challenge {reference}").sees("Someone says that this is wrong")
    assert "Quillsford is asked to answer." in citizen.main.inner_text()
    is_sound(citizen)
    citizen.opens("/organisations/quillsford/")
    assert "under review since" in citizen.main.inner_text().lower()
    is_sound(citizen)

    council = reader(town, width=width, javascript=javascript)
    council.signs_in(*town.sign_in()).opens(f"/challenges/{reference}/").presses("Answer this challenge")
    assert claim in council.main.inner_text()
    is_sound(council)
    council.chooses("Ask for more", within="What do you answer?").types("In your words", "Which team?")
    council.presses("Publish this answer").sees("Someone says that this is wrong")

    citizen.opens(own).types("Your answer", "Parking.").presses("Send your answer")
    assert "Your answer is sent." in citizen.main.inner_text()
    is_sound(citizen)
    council.opens(f"/challenges/{reference}/answer/")
    council.chooses("Keep the record, because…", within="What do you answer?")
    council.types("In your words", "The contract runs until 2028.").presses("Publish this answer")
    assert "The record was kept" in council.main.inner_text()
    is_sound(council)

    citizen.opens(own)
    assert "The contract runs until 2028." in citizen.main.inner_text()
    citizen.presses("Ask the moderators")
    assert "The moderators are asked." in citizen.main.inner_text()
    is_sound(citizen)
    council.opens(f"/challenges/{reference}/answer/").chooses("The record stays as it is", within="What do you answer?")
    council.types("In your words", "The contract is in force.").presses("Publish this decision")
    citizen.opens(f"/challenges/{reference}/")
    assert "The moderators decided that the record stays as it is" in citizen.main.inner_text()
    citizen.opens("/challenges/")
    is_sound(citizen)
    assert claim in citizen.main.inner_text()


def test_form_that_comes_too_quickly_is_refused_kindly(town, reader):
    somebody = reader(town).opens("/feedback/organisations/quillsford/")
    somebody.types("What is wrong or missing?", "It moved.").presses("Send it")
    assert "quicker than people type" in somebody.main.inner_text()
    assert somebody.page.locator("#id_claim").input_value() == "It moved."


def test_challenge_on_paper_is_what_it_says(town, reader):
    made = raised(town, about="missing", organisation="quillsford", function="bins", claim="Bin days are on its site.")
    somebody = reader(town).opens(path_of(made["page"]))
    somebody.page.set_viewport_size({"width": A4_WIDTH, "height": A4_HEIGHT})
    somebody.page.emulate_media(media="print")
    assert [control.inner_text() for control in visible(somebody.page.locator(CONTROLS))] == []
    assert somebody.page.evaluate(FOLDED) == []
    assert somebody.page.evaluate(OVER_THE_EDGE) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_hostile_text_is_shown_as_text_on_every_page_of_a_challenge(hostile, reader, width):
    claim = "\n".join([f"Hostile {width}", *PAYLOADS, *MARKDOWN])[:4_000]
    with urllib.request.urlopen(f"{hostile.url}/api/v1/declarations?organisation=body-1", timeout=20) as answer:
        statement = json.loads(answer.read())["items"][0]["id"]
    made = raised(hostile, about="declaration", declaration=statement, claim=claim, evidence_url=ADDRESS)
    reader_of_it = reader(hostile, width=width)
    for address in (
        "/challenges/",
        path_of(made["page"]),
        path_of(made["own_page"]),
        f"/feedback/declarations/{statement}/",
        "/feedback/organisations/body-1/",
        "/feedback/components/part-1/",
        "/organisations/body-1/",
        "/organisations/body-1/statements/",
    ):
        shows_only_text(reader_of_it, address)
        is_sound(reader_of_it)
    assert PAYLOADS[0] in reader_of_it.looks_at(path_of(made["page"])).main.inner_text()

    officer = reader(hostile, width=width).signs_in(*hostile.sign_in())
    shows_only_text(officer, f"{path_of(made['page'])}answer/")
    is_sound(officer)

"""A council asks, a steward attests and claims who else uses its component; on a phone and on a desk."""

from collections.abc import Iterator

import pytest

from tests.served import manage
from tests.system.people import comes_in, is_sound, somebody_new
from tests.system.reader import Reader
from tests.system.sharing import Town
from tests.system.sharing import town as served_town

pytestmark = pytest.mark.browser
TABLES = {
    "organisations.csv": "organisation,name,type,peer_group\nquillsford,Quillsford,unitary,councils\n"
    "larkham-320,Larkham by the Sea,unitary,councils\nlarkham-1280,Larkham on the Hill,unitary,councils\n",
    "functions.csv": "function,name,kind,evolution\npayments,Take payments,service,commodity\n"
    "letters,Send letters,service,commodity\n",
    "components.csv": "component,name,kind,functions,summary,lifecycle,stewards\n"
    "sorreltill,Sorreltill,service,payments,Takes payments.,live,quillsford=1\n"
    "sorrelpost,Sorrelpost,service,letters,Sends letters.,live,quillsford=1\n",
    "adoptions.csv": "organisation,function,component,stage,confirmed,evidence,source_url\n"
    "larkham-320,payments,sorreltill,live,2026-06-30,E1,https://www.larkham.example/minutes\n"
    "larkham-1280,payments,sorreltill,live,2026-06-30,E1,https://www.larkham.example/minutes\n",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    with served_town(tmp_path_factory.mktemp("attesting"), TABLES) as server:
        yield server


def comes_as(town: Town, person: Reader, role: str, body: str) -> Reader:
    email = somebody_new()
    comes_in(town, person, email)
    manage(town.data_dir, "grant_role", email, role, "--organisation", body)
    return person


@pytest.mark.parametrize("width", [320, 1280])
def test_council_asks_and_a_steward_attests(town, reader, width):
    body = f"larkham-{width}"
    council = comes_as(town, reader(town, width=width), "editor", body)
    council.opens(f"/workspace/{body}/attestations/?show=ours").sees("Attestations")
    is_sound(council)
    council.main.locator("button", has_text="Ask the steward").click()
    assert "The steward is asked" in council.page.locator("body").inner_text()
    is_sound(council)

    steward = comes_as(town, reader(town, width=width), "stewards_officer", "quillsford")
    steward.opens("/workspace/quillsford/").follows("1 attestation asked of us").sees("Attestations")
    is_sound(steward)
    steward.main.get_by_role("checkbox").first.check()
    steward.presses("Decline the ticked ones")
    assert "Say why you do not attest this" in steward.main.inner_text()
    is_sound(steward)
    steward.presses("Attest the ticked ones")
    assert "1 statement is attested" in steward.page.locator("body").inner_text()
    steward.opens("/workspace/quillsford/attestations/?show=given")
    is_sound(steward)
    council.opens(f"/organisations/{body}/")
    assert "Attested" in council.main.inner_text()
    is_sound(council)

    steward.opens("/workspace/quillsford/claims/").follows("Say who uses a component").sees("Say who uses a component")
    is_sound(steward)
    steward.main.get_by_label("Which component?").select_option(label="Sorrelpost")
    steward.types("Who uses it?", f"{body}\nLarkham by the See\nNobody at all").presses("Look through it")
    steward.sees("Look through your list")
    is_sound(steward)
    steward.presses("Claim these")
    is_sound(steward)

    council.opens(f"/workspace/{body}/hints/")
    assert "Quillsford, who looks after it, says that you use it." in council.main.inner_text()
    is_sound(council)
    steward.opens("/workspace/quillsford/usage/?whose=ours")
    is_sound(steward)
    council.opens(f"/workspace/{body}/attestations/?show=costs")
    is_sound(council)

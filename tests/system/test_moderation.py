"""A body is asked for and decided, and a component is withdrawn, in a browser; on a phone and on a desk."""

import re
from collections.abc import Iterator

import pytest

from tests.system.sharing import Town
from tests.system.sharing import town as served_town
from tests.system.test_challenges import TABLES

pytestmark = pytest.mark.browser
DECIDE = "What do you decide?"


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    with served_town(tmp_path_factory.mktemp("moderated"), TABLES) as server:
        yield server


@pytest.mark.parametrize(("width", "javascript"), [(320, False), (1280, True)])
def test_body_is_asked_for_looked_at_put_back_and_added(town, reader, width, javascript):
    name = f"Dune {width}"
    somebody = reader(town, width=width, javascript=javascript).signs_in(*town.sign_in())
    somebody.opens("/organisations/new/").types("What is the body called?", name).presses("Ask for it")
    somebody.sees("Add a body")
    somebody.opens("/workspace/").follows("1 thing to review").sees("1 thing to review")
    somebody.follows(name).sees(name).presses("Put it back").sees("1 thing to review")
    somebody.follows(name).chooses("Return it, with a reason", within=DECIDE).presses("Decide").sees(name)
    assert "Say why" in somebody.main.inner_text()
    somebody.chooses("Add it", within=DECIDE).presses("Decide").sees("0 things to review")
    somebody.opens(f"/organisations/dune-{width}/").sees(re.compile(f"^{name}:"))


def test_component_that_is_used_is_withdrawn_after_an_interruption(town, reader):
    operator = reader(town).signs_in(*town.sign_in())
    operator.opens("/components/sorreltill/withdraw/").types("Why is it withdrawn?", "A hole in it")
    operator.presses("See whom this affects").presses("Ask a moderator to withdraw it").sees("Sorreltill")
    operator.opens("/moderation/").follows("Sorreltill").chooses(
        "Withdraw it, and write to every body that uses it", within=DECIDE
    )
    operator.presses("Decide").sees("0 things to review")
    operator.opens("/components/sorreltill/")
    assert "This component is retired" in operator.main.inner_text()

"""Two councils become one: moderators plan and second it, the councils see what they run, the heir keeps or not."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from tests.served import manage
from tests.system.people import comes_with_a_role, given_role, is_sound, somebody_new
from tests.system.reader import Reader
from tests.system.sharing import Town
from tests.system.sharing import town as served_town

pytestmark = pytest.mark.browser

# Two pairs, as what has merged does not merge again: one for each width.
PAIRS = {320: ("ashdale", "birchfold"), 1280: ("cedarham", "dunmere")}
FIRST, SECOND = ([pair[place] for pair in PAIRS.values()] for place in (0, 1))
TABLES = {
    "organisations.csv": "organisation,name,type,peer_group,homepage\n"
    + "".join(
        f"{slug},{slug.capitalize()} Council,district,councils,https://www.{slug}.gov.uk/\n" for slug in FIRST + SECOND
    ),
    "functions.csv": "function,name,kind,evolution\npayments,Take payments,service,commodity\n"
    "bins,Bin days,service,commodity\nbookings,Book a visit,service,product\n",
    "components.csv": "component,name,kind,functions,summary,lifecycle\n"
    "sorreltill,Sorreltill,service,payments,Takes payments.,live\n",
    "adoptions.csv": "organisation,function,component,stage,confirmed,annual_cost,price_fy\n"
    + "".join(f"{slug},payments,sorreltill,live,2026-09-30,4000,2026-27\n" for slug in FIRST + SECOND),
    "duplicates.csv": "organisation,function,system,supplier,annual_cost,price_fy,contract_end,confirmed\n"
    + "".join(f"{slug},bins,Binfinder,Tansy Systems,12000,2026-27,2027-06-30,2026-09-30\n" for slug in FIRST)
    + "".join(f"{slug},bins,Roundabout,Fennel Software,9000,2026-27,2029-03-31,2026-09-30\n" for slug in SECOND),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    with served_town(tmp_path_factory.mktemp("merging"), TABLES) as server:
        yield server


def moderator(town: Town, somebody: Reader, name: str) -> Reader:
    return comes_with_a_role(town, somebody, given_role(town, somebody_new(), "moderator", name=name))


def plans(planner: Reader, area: str, pair: tuple[str, str]) -> None:
    day = timezone.localdate()
    planner.opens("/reorganisations/new/").sees("Plan a reorganisation").presses("Plan it")
    assert "There is a problem" in is_sound(planner).main.inner_text()
    planner.chooses("Several become one", within="What happens?").types("What do people call it?", area)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        planner.types(part, str(value))
    planner.types("Which bodies does it begin with?", "\n".join(pair))
    planner.types("Which bodies does it lead to?", f"{area} Council").types(
        "Of what type are the new bodies?", "unitary"
    )
    planner.types("Where is it decided?", "https://www.law.example/orders/2026/1").presses("Plan it")


@pytest.mark.parametrize("width", [320, 1280])
def test_two_councils_merge(town, reader, width):
    pair, area = PAIRS[width], f"Newfold {width}"
    heir = area.lower().replace(" ", "-") + "-council"
    planner, seconder = (
        moderator(town, reader(town, width=width), name) for name in ("Mona Moderator", "Max Moderator")
    )

    plans(planner, area, pair)
    planner.sees(area)
    assert "Another person has to second it." in is_sound(planner).main.inner_text()
    here = planner.page.url.removeprefix(town.url)
    assert planner.page.goto(f"{here}second/").ok
    planner.presses("Second this reorganisation")
    assert "Ask another person to second it." in is_sound(planner).main.inner_text()

    owner = given_role(town, somebody_new(), "owner", body=pair[0], name="Asha Owner")
    council = comes_with_a_role(town, reader(town, width=width), owner)
    council.opens(here).follows("What comes together: systems, contracts and a checklist")
    is_sound(council)
    matrix = council.main.locator(".app-matrix").inner_text()
    assert all(name in matrix for name in ("Binfinder", "Roundabout", "Sorreltill"))

    seconder.opens(here).main.get_by_role("button", name="Second it").click()
    is_sound(seconder.is_well()).presses("Second this reorganisation").sees(area)
    assert "You have seconded it." in is_sound(seconder).main.inner_text()
    carried_out = manage(town.data_dir, "reorganise", "carry-out")
    assert carried_out.returncode == 0, carried_out.stderr

    council.opens(f"/organisations/{pair[0]}/")
    assert f"{area} Council" in is_sound(council).main.inner_text(), "its page stays, and names who goes on"
    council.opens(f"/workspace/{heir}/").sees(f"{area} Council")
    table = is_sound(council).main.locator(".app-portfolio").inner_text()
    assert all(name in table for name in ("Binfinder", "Roundabout", "Sorreltill")), table
    assert table.count("Edit") == 3, "what both use is one answer"
    assert table.count("From a predecessor, please confirm") == 3

    council.opens(f"/workspace/{heir}/confirm/").sees("Is all of this still so?")
    council.main.get_by_role("checkbox", name="Bin days: Roundabout").uncheck()
    council.presses("Confirm the ticked ones").sees(f"{area} Council")
    is_sound(council)
    council.opens(f"/organisations/{heir}/statements/")
    assert "please confirm" in is_sound(council).main.inner_text(), "what nobody confirmed is still a predecessor's"

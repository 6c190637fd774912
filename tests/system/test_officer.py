"""A council officer becomes the first owner, says how nine functions are done, imports the rest, confirms a quarter."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.system.people import adds_an_app, comes_in, comes_with_a_role, given_role, is_sound, somebody_new
from tests.system.reader import Reader
from tests.system.sharing import Town
from tests.system.sharing import town as served_town

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000

COUNCILS = {320: "quillsford", 1280: "brackenholt"}
SHARED = {"payments": "Sorreltill", "bookings": "Bookwell", "forms": "Formery"}
OWN = {"bins": "Binfinder", "trees": "Treebook", "permits": "Permit register", "payroll": "Paysheet"}
ANSWERS = {"libraries": "It is not our responsibility", "archives": "We are not sure"}
OLDER = ("parking", "markets", "burials")
TASKS = [f"task-{number}" for number in range(61)]
NAMES = {slug: slug.capitalize() for slug in (*SHARED, *OWN, *ANSWERS, *OLDER, *TASKS)}
FAULTS = ["nowhere,Rota,,", "task-1,Rota,lots,2026-27", "task-2,Rota,100,", "task-3,Rota,100,2026-31"]
TABLES = {
    "organisations.csv": "organisation,name,type,peer_group,homepage\n"
    + "".join(
        f"{slug},{slug.capitalize()},unitary,councils,https://www.{slug}.gov.uk/\n" for slug in COUNCILS.values()
    ),
    "functions.csv": "function,name,kind,evolution\n"
    + "".join(f"{slug},{name},service,commodity\n" for slug, name in NAMES.items()),
    "components.csv": "component,name,kind,functions,summary,lifecycle\n"
    + "".join(f"{name.lower()},{name},service,{slug},What it does.,live\n" for slug, name in SHARED.items()),
    "duplicates.csv": "organisation,function,system,annual_cost,price_fy,confirmed\n"
    + "".join(
        f"{body},{slug},{slug.capitalize()} sheet,500,2026-27,2026-06-30\n"
        for body in COUNCILS.values()
        for slug in OLDER
    ),
}


def portfolio() -> bytes:
    """500 rows, of which every 40th is wrong: 12, three of each kind."""
    good = [f"{TASKS[number % len(TASKS)]},Sheet {number},{number},2026-27" for number in range(500)]
    for place in range(12):
        good[40 * place] = FAULTS[place % len(FAULTS)]
    return "\n".join(["Service,System name,Cost a year,Price year", *good]).encode()


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    with served_town(tmp_path_factory.mktemp("officer"), TABLES) as server:
        yield server


def saves(officer: Reader) -> Reader:
    return is_sound(officer.presses("Save and continue"))


def begins(officer: Reader, body: str, function: str, how: str) -> Reader:
    officer.opens(f"/workspace/{body}/functions/{function}/").follows("Say how you do it")
    return saves(officer.chooses(how, within="How do you do it?"))


def publishes(officer: Reader, function: str) -> None:
    officer.sees(NAMES[function]).presses("Publish this")
    assert "Published" in is_sound(officer).main.get_by_role("alert").inner_text()


def shares(officer: Reader, body: str, function: str, component: str) -> None:
    begins(officer, body, function, "We use a shared component")
    officer.chooses(component, within="Which component?")
    saves(officer.chooses("Live", within="How far is it?"))
    saves(officer.types("Cost a year", "4000").types("In the prices of the financial year", "2026-27"))
    saves(officer.types("Where can others check it?", f"https://www.{body}.gov.uk/contracts/{function}"))
    publishes(officer, function)


def runs(officer: Reader, body: str, function: str, system: str) -> None:
    begins(officer, body, function, "We run a system of our own")
    saves(officer.types("What is the system called?", system))
    saves(officer.types("Cost a year", "12000").types("In the prices of the financial year", "2026-27"))
    saves(officer)
    publishes(officer, function)


def imports(officer: Reader, body: str) -> None:
    officer.opens(f"/workspace/{body}/").follows("Upload your portfolio").sees("Upload your portfolio")
    sent = {"name": "portfolio.csv", "mimeType": "text/csv", "buffer": portfolio()}
    officer.page.locator("input[type=file]").set_input_files(sent)
    officer.presses("Check the table")
    turns_into(officer, "488 new, 0 changed, 12 problems, 0 unchanged")
    told = officer.main.inner_text()
    assert told.count("There is no function “nowhere”") == 3
    officer.presses("Import the 488 good rows")
    turns_into(officer, "Your portfolio is imported")


def turns_into(officer: Reader, heading: str) -> None:
    """A worker does its part meanwhile."""
    expect(officer.page.locator("h1")).to_have_text(heading, timeout=PATIENCE_MS)
    is_sound(officer.is_well())


@pytest.mark.parametrize("width", [320, 1280])
def test_officer_registers_declares_and_confirms(town, reader, width):
    body, name = COUNCILS[width], COUNCILS[width].capitalize()
    officer = comes_in(town, reader(town, width=width), somebody_new(f"{body}.gov.uk"))
    adds_an_app(officer)
    officer.opens(f"/organisations/{body}/").follows("Do you work here?").sees(f"Ask to be in the team of {name}")
    is_sound(officer).chooses("Owner", within="What do you want to do?")
    officer.types("Who are you there?", "I keep the list of our systems.").presses("Ask")
    is_sound(officer)
    officer.opens(f"/workspace/{body}/", status=404)

    moderator = reader(town, width=width)
    comes_with_a_role(town, moderator, given_role(town, somebody_new(), "moderator", name="Mona Moderator"))
    moderator.opens(f"/workspace/{body}/members/").main.get_by_role("button", name="Approve").click()
    is_sound(moderator.is_well())

    is_sound(officer.opens(f"/workspace/{body}/").sees(name))
    for function, component in SHARED.items():
        shares(officer, body, function, component)
    for function, system in OWN.items():
        runs(officer, body, function, system)
    for function, how in ANSWERS.items():
        begins(officer, body, function, how)
        publishes(officer, function)

    is_sound(officer.opens(f"/workspace/{body}/"))
    for status, names in (("used", SHARED.values()), ("own", OWN.values())):
        table = officer.opens(f"/workspace/{body}/?status={status}").main.locator(".app-portfolio").inner_text()
        assert all(name in table for name in names), table
    officer.presses("Take it back")
    assert "taken back" in is_sound(officer).main.get_by_role("alert").inner_text()
    officer.opens(f"/workspace/{body}/functions/archives/")
    assert "You have not said how you do this." in officer.main.inner_text()

    imports(officer, body)

    officer.opens(f"/workspace/{body}/confirm/").sees("Is all of this still so?")
    assert is_sound(officer).main.get_by_role("checkbox").count() == len(OLDER), "what was said today is confirmed"
    officer.main.get_by_role("checkbox", name="Markets: Markets sheet").uncheck()
    officer.presses("Confirm the ticked ones")
    assert "2" in is_sound(officer).main.get_by_role("alert").inner_text()
    officer.opens(f"/workspace/{body}/confirm/")
    assert officer.main.get_by_role("checkbox").count() == 1

    everybody = reader(town, width=width).opens(f"/organisations/{body}/statements/")
    said = is_sound(everybody).main.inner_text()
    assert all(name in said for name in ("Sorreltill", "Binfinder"))

"""To an OpenID Connect provider and back in a real browser, whose policy for forms lets them go nowhere else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests import tables
from tests.registry.signing_in.provider import CLIENT, SECRET, FakeProvider, fake_provider
from tests.served import Served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def county() -> Iterator[FakeProvider]:
    with fake_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def served(county, tmp_path_factory) -> Iterator[Served]:
    said = {"ISSUER": county.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "NAME": "the County"}
    environment = {f"OIDC_COUNTY_{name}": value for name, value in said.items()}
    folder = tmp_path_factory.mktemp("provider")
    tables.copy_to(folder / "data")
    with Served(folder, OIDC_PROVIDERS="county", **environment) as served:
        yield served


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_officer_goes_there_by_way_of_another_host_and_comes_back_signed_in(county, served, browser, javascript):
    county.claims |= {"email": f"officer-{javascript}@quillsford.gov.uk".lower(), "name": "Olu"}
    context = browser.new_context(base_url=served.url, java_script_enabled=javascript)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/sign-in/?next=/privacy/")
    page.get_by_role("button", name="Sign in with the County").click()
    expect(page.locator("h1")).to_have_text("What is your name?", timeout=20_000)
    page.get_by_label("Your name").fill("Olu Officer")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("h1")).to_have_text("Privacy and cookies")
    assert page.get_by_role("link", name="Your account").is_visible()
    assert "/asked-elsewhere" in county.asked
    assert not [text for text in said if "Content Security Policy" in text]
    context.close()

"""People sign in, protect their account, see where they are signed in, and leave: with script and without."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.system.people import codes_for, comes_in, is_sound, shown, somebody_new, types_mailed_code
from tests.system.reader import Reader

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "javascript"), [(320, True), (1280, True), (1280, False)])
def test_officer_signs_in_protects_the_account_and_ends_another_session(demo, reader, width, javascript):
    email = somebody_new()
    officer = comes_in(demo, reader(demo, width=width, javascript=javascript), email)

    officer.main.get_by_role("button", name="Add an app that shows codes").click()
    is_sound(officer.is_well().sees("Add an app that shows codes"))
    secret = officer.main.locator(".app-secret").inner_text()
    officer.types("The code that your app shows", "000000").presses("Add the app")
    assert "This code is not right" in officer.main.get_by_role("alert").inner_text()
    secret = officer.main.locator(".app-secret").inner_text()
    officer.types("The code that your app shows", shown(secret)).presses("Add the app").sees("Recovery codes")
    is_sound(officer)
    assert len(officer.main.locator(".app-recovery li").all()) == 10
    officer.follows("I have kept them: on to your account").sees("Your account")
    assert "App that shows codes" in is_sound(officer).main.inner_text()

    elsewhere = reader(demo, width=width, javascript=javascript).opens("/account/").sees("Sign in")
    types_mailed_code(demo, elsewhere, email)
    is_sound(elsewhere.sees("One more step"))
    elsewhere.types("The code that your app shows, or one of your recovery codes", shown(secret, 1)).presses("Sign in")
    elsewhere.sees("Your account")
    assert "You have used one to sign in here." in elsewhere.main.inner_text()

    is_sound(officer.opens("/account/"))
    officer.main.get_by_role("button", name=re.compile("^End Chrome")).click()
    officer.is_well()
    assert "is signed out." in officer.main.get_by_role("alert").inner_text()
    elsewhere.opens("/account/").sees("Sign in")

    officer.presses("Sign out").sees("Sign in")
    assert "You are signed out." in officer.main.get_by_role("alert").inner_text()
    officer.opens("/account/").sees("Sign in")


@pytest.mark.parametrize("width", [320, 1280])
def test_officer_adds_a_passkey_and_signs_in_with_nothing_else(demo, browser, width):
    """At localhost: an address of numbers is no name that a passkey could be for."""
    officer = Reader(browser, demo.url.replace("127.0.0.1", "localhost"), width=width)
    cdp = officer.context.new_cdp_session(officer.page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    key = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    comes_in(demo, officer, somebody_new())
    officer.main.get_by_role("button", name="Add a passkey").click()
    is_sound(officer.is_well().sees("Add a passkey"))
    officer.main.get_by_role("button", name="Make a passkey").click()
    is_sound(officer.sees("Recovery codes").is_well())
    assert len(cdp.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1
    is_sound(officer.opens("/account/"))
    officer.presses("Sign out").sees("Sign in")

    is_sound(officer)
    officer.main.get_by_role("button", name="Sign in with a passkey").click()
    officer.sees("Your workspaces").opens("/account/")
    assert "You have used one to sign in here." in officer.main.inner_text()

    officer.main.get_by_role("link", name=re.compile("^Remove")).first.click()
    is_sound(officer.is_well().sees("Remove this second factor?")).presses("Remove it").sees("Your account")
    assert "You have none yet." in officer.main.inner_text()
    officer.presses("Sign out").sees("Sign in")
    officer.main.get_by_role("button", name="Sign in with a passkey").click()
    expect(officer.main.get_by_role("region").first).to_contain_text("This passkey is not known here")
    officer.is_well().leave()


def test_a_passkey_that_is_not_there_is_said_on_the_page(demo, browser):
    officer = Reader(browser, demo.url.replace("127.0.0.1", "localhost"), width=320)
    cdp = officer.context.new_cdp_session(officer.page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    officer.opens("/sign-in/")
    expect(officer.main.get_by_text("The passkey was not used.")).to_be_hidden()
    officer.main.get_by_role("button", name="Sign in with a passkey").click()
    expect(officer.main.get_by_text("The passkey was not used.")).to_be_visible()
    is_sound(officer.is_well()).leave()


def test_without_script_no_passkey_is_offered(demo, reader):
    visitor = reader(demo, javascript=False).opens("/sign-in/")
    assert not visitor.main.get_by_role("button", name="Sign in with a passkey").is_visible()


def test_guest_of_no_public_body_is_told_the_same(demo, reader):
    guest = reader(demo, width=320).opens("/sign-in/").types("Your work email address", "guest@example.com")
    is_sound(guest.presses("Send me a code").sees("Enter the code"))
    guest.types("The code from the email", "BCD-234").presses("Sign in")
    assert "This code is not right" in guest.main.get_by_role("alert").inner_text()
    is_sound(guest)
    time.sleep(4)  # longer than the web process waits for a worker
    assert codes_for(demo, "guest@example.com") == []

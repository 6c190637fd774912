"""People who work with the registry: they sign in by a mailed code, protect their account, and hold roles."""

import itertools
import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.served import Served, eventually, manage
from tests.system.measuring import complaints
from tests.system.reader import Reader

LETTER = r"To: {email}\n(?:.*\n){{1,9}}?.*?([A-Z2-9]{{3}}-[A-Z2-9]{{3}})$"
PATIENCE_SECONDS = 20
_numbers = itertools.count(1)


def somebody_new(at: str = "quillsford.gov.uk") -> str:
    """Addresses of one run never meet those of another: five codes in ten minutes go to one address."""
    return f"officer-{time.time_ns()}-{next(_numbers)}@{at}"


def codes_for(server: Served, email: str) -> list[str]:
    """What was mailed to an address, first to last: without a mail server letters are in the worker's log."""
    return re.findall(LETTER.format(email=re.escape(email)), server.said(), re.M)


def shown(secret: str, steps: int = 0) -> str:
    """What an app shows that was given this secret, so many half minutes from now."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + steps))


def is_sound(person: Reader) -> Reader:
    found = complaints(person.page)
    assert not found, f"{person.page.url}\n" + "\n".join(found)
    return person


def types_mailed_code(server: Served, person: Reader, email: str) -> None:
    """From the first page to past the second."""
    before = len(codes_for(server, email))
    person.types("Your work email address", email).presses("Send me a code").sees("Enter the code")
    is_sound(person)
    mailed = eventually(lambda: codes_for(server, email)[before:], PATIENCE_SECONDS, "the code is mailed")
    person.types("The code from the email", mailed[0]).presses("Sign in")


def comes_in(server: Served, person: Reader, email: str, name: str = "Olu Officer") -> Reader:
    """Somebody new, from the front page to their own."""
    person.opens("/").page.get_by_role("link", name="Sign in", exact=True).click()
    is_sound(person.is_well().sees("Sign in"))
    types_mailed_code(server, person, email)
    is_sound(person.sees("What is your name?")).types("Your name", name).presses("Save and continue")
    return finds_the_account(person)


def comes_with_a_role(server: Served, person: Reader, email: str) -> Reader:
    """Somebody whom others have named already, to their account, which they protect."""
    types_mailed_code(server, person.opens("/sign-in/"), email)
    finds_the_account(person)
    adds_an_app(person)
    return person


def finds_the_account(person: Reader) -> Reader:
    person.sees("Your workspaces").page.get_by_role("link", name="Your account", exact=True).click()
    return is_sound(person.is_well().sees("Your account"))


def adds_an_app(person: Reader) -> str:
    """From the account's page and back to it: the secret that the app was given."""
    person.presses("Add an app that shows codes").sees("Add an app that shows codes")
    secret = person.main.locator(".app-secret").inner_text()
    person.types("The code that your app shows", shown(secret)).presses("Add the app").sees("Recovery codes")
    person.follows("I have kept them: on to your account").sees("Your account")
    return secret


def given_role(server: Served, email: str, role: str, *, name: str, body: str = "") -> str:
    """An operator gives somebody a role, by the command line."""
    where = ["--organisation", body] if body else []
    done = manage(server.data_dir, "grant_role", email, role, "--name", name, *where)
    assert done.returncode == 0, done.stderr
    return email

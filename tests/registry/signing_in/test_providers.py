"""Through an OpenID Connect provider: real questions and answers over HTTP, to a provider of the tests' own."""

import html
import re
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from commons.providers import providers
from registry.models import Act, Event, Person
from tests.registry.signing_in.provider import CLIENT, SECRET, FakeProvider, fake_provider
from tests.registry.signing_in.test_factors import adds_app

pytestmark = pytest.mark.django_db
BACK = "/sign-in/with/county/back/"


@pytest.fixture
def county(settings) -> Iterator[FakeProvider]:
    with fake_provider() as provider:
        said = {
            "OIDC_PROVIDERS": "county",
            "OIDC_COUNTY_ISSUER": provider.issuer,
            "OIDC_COUNTY_CLIENT_ID": CLIENT,
            "OIDC_COUNTY_CLIENT_SECRET": SECRET,
            "OIDC_COUNTY_NAME": "the County",
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers(said)}}
        yield provider


def leaves(client: Client, **more: str) -> str:
    """Where the page sends somebody."""
    answer = client.post("/sign-in/with/county/", more)
    assert answer.status_code == 200, answer.content.decode()
    return html.unescape(re.search('http-equiv="refresh" content="0; url=([^"]+)"', answer.content.decode())[1])


def comes_back(client: Client, provider: FakeProvider, **instead: str):
    return client.get(BACK, provider.authorizes(leaves(client)) | instead)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def said(client: Client) -> str:
    return client.get("/sign-in/").content.decode()


def test_the_first_page_offers_it(client, county):
    page = client.get("/sign-in/").content.decode()
    assert "Sign in with the County" in page
    assert 'action="/sign-in/with/county/"' in page
    assert county.asked == [], "nobody is asked before somebody wants it"


def test_without_providers_none_is_offered(client):
    assert "Through your organisation" not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/with/county/").status_code == 404
    assert client.get(BACK).status_code == 404


def test_leaving_is_a_post(client, county):
    assert client.get("/sign-in/with/county/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/with/county/").status_code == 403


def test_the_policy_for_forms_stays_narrow(client, county):
    """A page leads on; a redirect would be part of the form."""
    answer = client.post("/sign-in/with/county/")
    assert "form-action 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_somebody_known_signs_in(client, county, person):
    address = leaves(client, next="/wanted/")
    assert address.startswith(f"{county.issuer}/authorize?")
    answer = client.get(BACK, county.authorizes(address))
    assert answer["Location"] == "/wanted/"
    assert client.session["_auth_user_id"] == str(person.pk)
    event = Event.objects.get()
    assert (event.act, event.by, event.detail) == (Act.SIGN_IN, person, {"with": ["county"]})


def test_somebody_new_of_the_public_sector_becomes_a_person(client, county):
    county.claims["email"] = "New@Wrenquarry.gov.uk"
    comes_back(client, county)
    person = Person.objects.get()
    assert person.email == "new@wrenquarry.gov.uk"
    assert list(Event.objects.order_by("id").values_list("act", flat=True)) == [Act.SIGN_UP, Act.SIGN_IN]


def test_a_second_factor_of_ours_is_asked_for(client, county, person, signs_in):
    adds_app(signs_in())
    other = Client()
    assert comes_back(other, county)["Location"] == "/sign-in/second/"
    assert not is_in(other)


@pytest.mark.parametrize("verified", [False, None, "false", 0, "yes"])
def test_an_address_that_is_not_verified_opens_nothing(client, county, person, verified):
    county.claims["email_verified"] = verified
    assert comes_back(client, county)["Location"] == "/sign-in/"
    assert not is_in(client)
    assert "vouches for no address that may sign in here" in said(client)


@pytest.mark.parametrize("email", ["ada@example.com", "", None, "ada@evilgov.uk", "ada@gov.u\u212a"])
def test_a_foreign_domain_or_no_address_makes_nobody(client, county, email):
    county.claims["email"] = email
    county.info = {"sub": "42", "email_verified": True}
    assert comes_back(client, county)["Location"] == "/sign-in/"
    assert not Person.objects.exists()
    assert not is_in(client)


def test_a_closed_account_is_not_signed_in(client, county, person):
    Person.objects.update(is_active=False)
    comes_back(client, county)
    assert not is_in(client)


def test_a_provider_may_be_limited_to_its_own_domains(client, county, person, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["domains"] = ("wrenquarry.gov.uk",)
    comes_back(client, county)
    assert not is_in(client)
    app["settings"]["domains"] = ("quillsford.gov.uk",)
    comes_back(client, county)
    assert is_in(client)


def test_an_address_may_come_from_userinfo_of_the_same_person(client, county, person):
    county.claims = {"sub": "42"}
    county.info = {"sub": "42", "email": person.email, "email_verified": True}
    comes_back(client, county)
    assert is_in(client)


def test_userinfo_of_somebody_else_opens_nothing(client, county, person):
    county.claims = {"sub": "42"}
    county.info = {"sub": "43", "email": person.email, "email_verified": True}
    comes_back(client, county)
    assert not is_in(client)
    assert "did not work" in said(client)


@pytest.mark.parametrize(
    "instead",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody else"},
        {"iss": "https://evil.example"},
        {"exp": 1_000_000_000},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_for_this_journey_opens_nothing(client, county, person, instead):
    county.instead = instead
    assert comes_back(client, county)["Location"] == "/sign-in/"
    assert not is_in(client)
    assert not Event.objects.exists()


def test_a_token_that_somebody_else_signed_opens_nothing(client, county, person):
    county.signed_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    comes_back(client, county)
    assert not is_in(client)


@pytest.mark.parametrize(("algorithm", "key"), [("HS256", f"{SECRET}, made long enough"), ("none", "")])
def test_a_token_that_is_not_signed_with_the_providers_key_opens_nothing(client, county, person, algorithm, key):
    county.algorithm, county.signed_with = algorithm, key
    comes_back(client, county)
    assert not is_in(client)


@pytest.mark.parametrize("state", ["", "another"])
def test_a_wrong_state_opens_nothing(client, county, person, state):
    answer = comes_back(client, county, state=state)
    assert answer["Location"] == "/sign-in/"
    assert not is_in(client)
    assert "/token" not in county.asked, "what was brought is not even shown to the provider"


def test_what_was_brought_back_works_once_and_in_its_own_browser(client, county, person):
    brought = county.authorizes(leaves(client))
    thief = Client()
    thief.get(BACK, brought)
    assert not is_in(thief)
    client.get(BACK, brought)
    client.post("/sign-out/")
    client.get(BACK, brought)
    assert not is_in(client)


def test_somebody_who_refuses_there_is_told_here(client, county):
    state = county.authorizes(leaves(client))["state"]
    client.get(BACK, {"state": state, "error": "access_denied"})
    assert "the County did not sign you in." in said(client)


def test_a_document_of_another_issuer_is_not_believed(client, county):
    county.said = {"issuer": "https://evil.example"}
    assert client.post("/sign-in/with/county/")["Location"] == "/sign-in/"
    assert "did not work" in said(client)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_provider_that_fails_or_leads_elsewhere_is_said(client, county, status):
    county.status = status
    assert client.post("/sign-in/with/county/")["Location"] == "/sign-in/"
    assert "/elsewhere" not in county.asked


def test_a_provider_that_is_away_is_said_and_nothing_secret_is_logged(client, county, settings, caplog):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    client.post("/sign-in/with/county/")
    page = said(client)
    assert "Signing in through the County did not work. Try again, or use a code." in page
    assert "127.0.0.1:9" not in page
    assert SECRET not in caplog.text
    assert "Sign-in through county failed: ConnectionError" in caplog.text


def test_an_answer_without_a_token_opens_nothing(client, county, person, monkeypatch):
    monkeypatch.setattr(county, "token", lambda form: {"access_token": "x"})
    comes_back(client, county)
    assert not is_in(client)

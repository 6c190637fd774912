import pytest
from django.core.exceptions import ImproperlyConfigured

from commons.providers import domains, providers
from registry.signing_in.domains import is_listed


@pytest.mark.parametrize(
    "email",
    [
        "a@gov.uk",
        "a@quillsford.gov.uk",
        "a@it.quillsford.gov.uk",
        "A@QUILLSFORD.GOV.UK",
        "a@nhs.scot",
        "a@demo.example",
    ],
)
def test_public_sector_addresses_are_listed(email):
    assert is_listed(email)


@pytest.mark.parametrize(
    "email",
    [
        "a@evilgov.uk",
        "a@gov.uk.com",
        "a@gov.ukx",
        "a@uk",
        "a@",
        "gov.uk",
        "a@gov.u\u212a",
        "á@gov.uk",
        "a@.gov.uk.evil",
    ],
)
def test_others_and_look_alikes_are_not(email):
    assert email == "gov.uk" or not is_listed(email)


def test_the_list_is_a_setting(settings):
    settings.SIGN_IN_DOMAINS = domains("council.test,  Agency.test. ")
    assert settings.SIGN_IN_DOMAINS == ["council.test", "agency.test"]
    assert is_listed("a@it.agency.test")
    assert not is_listed("a@gov.uk")


SAID = {
    "OIDC_PROVIDERS": "county one-login",
    "OIDC_COUNTY_ISSUER": "https://id.county.example/",
    "OIDC_COUNTY_CLIENT_ID": "registry",
    "OIDC_COUNTY_CLIENT_SECRET": "s",
    "OIDC_COUNTY_NAME": "the County",
    "OIDC_COUNTY_DOMAINS": "county.gov.uk",
    "OIDC_ONE_LOGIN_ISSUER": "http://localhost:9000",
    "OIDC_ONE_LOGIN_CLIENT_ID": "registry",
    "OIDC_ONE_LOGIN_CLIENT_SECRET": "s",
}


def test_providers_are_read_from_the_environment():
    county, one = providers(SAID)
    assert (county["provider_id"], county["name"], county["client_id"]) == ("county", "the County", "registry")
    assert county["settings"]["server_url"] == "https://id.county.example"
    assert county["settings"]["domains"] == ("county.gov.uk",)
    assert one["name"] == "one-login"
    assert providers({}) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"OIDC_COUNTY_ISSUER": "http://id.county.example"}, "must begin with https"),
        ({"OIDC_COUNTY_CLIENT_SECRET": " "}, "set OIDC_COUNTY_CLIENT_SECRET"),
        ({"OIDC_PROVIDERS": "the_county"}, "single hyphens"),
    ],
)
def test_what_is_missing_or_unsafe_stops_the_start(changed, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        providers(SAID | changed)

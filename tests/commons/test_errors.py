"""What people and programs are told when something went wrong."""

import json
import logging
import re

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import Client, RequestFactory
from django.urls import path

from commons import urls
from commons.errors import searched
from commons.listing import BadParameter, ParameterError


def raise_(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


BAD = BadParameter(
    [ParameterError("knd", "unknown_parameter", "There is no parameter “knd” here. Did you mean “kind”?")]
)
FAILING = {
    "bad": BAD,
    "request": BadRequest("Give a date such as 2026-03-31."),
    "forbidden": PermissionDenied("for developers only"),
    "broken": RuntimeError("a secret detail"),
}
urlpatterns = [
    *urls.urlpatterns,
    *[path(f"{prefix}{name}/", raise_(error)) for prefix in ("", "api/v1/") for name, error in FAILING.items()],
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bad/", 400, "Did you mean “kind”?"),
        ("/request/", 400, "Give a date such as 2026-03-31."),
        ("/forbidden/", 403, "You are not allowed to see this page"),
        ("/nowhere/", 404, "Page not found"),
        ("/broken/", 500, "Sorry, there is a problem with the service"),
    ],
)
def test_error_page_says_what_to_do_in_the_services_own_frame(visitor, address, status, words):
    response = visitor.get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert "Digital commons registry" in page
    assert "developers only" not in page
    assert "secret" not in page


@pytest.mark.parametrize(
    ("address", "status"), [("bad", 400), ("request", 400), ("forbidden", 403), ("nowhere", 404), ("broken", 500)]
)
def test_error_of_the_api_is_a_problem_document(visitor, address, status):
    response = visitor.get(f"/api/v1/{address}/")
    document = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.status_code == document["status"] == status
    assert {"type", "title", "detail"} <= set(document)
    assert "secret" not in response.content.decode()


def test_bad_parameters_are_listed_one_by_one_in_the_api(visitor):
    document = visitor.get("/api/v1/bad/").json()
    assert document["errors"] == [BAD.errors[0]._asdict()]


def test_not_found_offers_a_search_for_the_words_of_the_address(visitor):
    page = visitor.get("/nowhere/missed-bin_lokup/").content.decode()
    assert re.search(r'name="q" type="search" value="missed bin lokup"', page)


@pytest.mark.parametrize(
    ("address", "words"),
    [("/a/bin-days/", "bin days"), ("/", ""), ("/%22%3E%3Cscript%3E/", "script"), ("/a.php", "a php")],
)
def test_searched_reads_words_from_an_address(address, words):
    assert searched(address) == words


def test_server_error_gives_a_reference_that_the_log_has(visitor, caplog):
    with caplog.at_level(logging.ERROR, logger="commons.errors"):
        page = visitor.get("/broken/").content.decode()
    reference = re.search(r"Reference: <strong>(\w{8})</strong>", page)[1]
    [record] = [record for record in caplog.records if record.name == "commons.errors"]
    assert reference in record.getMessage()
    assert "a secret detail" in str(record.exc_info[1])


def test_form_without_its_token_asks_to_send_it_again(settings):
    request = RequestFactory().post("/nowhere/")
    response = CsrfViewMiddleware(lambda request: HttpResponse()).process_view(request, lambda request: None, (), {})
    assert response.status_code == 403
    assert "Send the form again" in response.content.decode()


def test_request_for_another_host_is_refused_in_our_frame(visitor):
    response = visitor.get("/privacy/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "There is a problem with the address" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "heading"), [("/accessibility/", "Accessibility"), ("/privacy/", "Privacy and cookies")]
)
def test_pages_about_the_service_are_there_and_set_no_cookie(visitor, address, heading):
    response = visitor.get(address)
    assert f'<h1 class="govuk-heading-xl">{heading}</h1>' in response.content.decode()
    assert not response.cookies
    assert response.headers["Vary"] == "Cookie", "at the top is one's own account, for who is signed in"


def test_every_answer_carries_a_strict_content_policy(visitor):
    for address in ("/privacy/", "/nowhere/", "/broken/"):
        policy = visitor.get(address).headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "style-src 'self';" in policy
        assert "unsafe" not in policy

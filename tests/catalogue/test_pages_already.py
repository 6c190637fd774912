import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalogue.models import Operation
from catalogue.readers.structured import MAX_BYTES
from registry.actions.search import refresh_search
from tests import factories
from tests.system.hostile import MARKDOWN, PAYLOADS

pytestmark = pytest.mark.django_db

OPENAPI = b"""openapi: 3.1.0
info: {title: Slots, version: "1"}
paths:
  /slots: {get: {}, post: {}}
  /slots/{id}: {get: {}}
"""


@pytest.fixture
def catalogue():
    bookings = factories.function(name="Appointments and bookings", slug="bookings")
    made = factories.component(name="Slot finder", slug="slots", summary="Book an appointment.", functions=[bookings])
    for method, path in (("GET", "/v1/slots"), ("GET", "/v1/slots/{number}"), ("GET", "/v1/rooms")):
        Operation.objects.create(component=made, method=method, path=path)
    factories.component(name="Hidden slots", summary="Book an appointment.", lifecycle="draft")
    refresh_search()


def sent(client, text="", file=None, name="need.txt", status=200) -> str:
    data = {"text": text} | ({} if file is None else {"file": SimpleUploadedFile(name, file)})
    response = client.post("/already/", data)
    assert response.status_code == status
    return response.content.decode()


def test_empty_page_says_what_to_do(client):
    page = client.get("/already/").content.decode()
    assert "<title>Have we got this already? – " in page
    assert "Nothing that you send is kept." in page
    assert "noindex" not in page


def test_page_is_linked_from_home_the_list_and_every_footer(client, catalogue):
    for address in ("/", "/components/?q=zeppelin", "/api/"):
        assert 'href="/already/"' in client.get(address).content.decode()


def test_sentence_is_answered_with_reasons(client, catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = sent(client, "an appointment")
    assert "<title>1 component is like this: Have we got this already? – " in page
    assert '<a class="govuk-link govuk-!-font-weight-bold" href="/components/slots/">Slot finder</a>' in page
    assert "Shares the word “appointment”" in page
    assert "Is made for “Appointments and bookings”" in page
    assert 'href="/functions/bookings/"' in page
    assert "Hidden slots" not in page


def test_uploaded_description_is_compared_by_operations(client, catalogue):
    page = sent(client, file=OPENAPI, name="openapi.yaml")
    assert "3 operations were read." in page
    assert "2 of 3 operations are the same; it has 3" in page


def test_pasted_description_is_compared_by_operations(client, catalogue):
    page = sent(client, OPENAPI.decode().replace("\n", "\r\n"))  # as browsers send what stands in a form
    assert "2 of 3 operations are the same; it has 3" in page


def test_description_that_cannot_be_read_says_where(client, catalogue):
    page = sent(client, OPENAPI.decode().replace("paths:", "paths: <b>\n\t"))
    assert "Only its words were compared, because it cannot be read as what it looks like: openapi, line 4:" in page


def test_nothing_found_is_said_with_a_way_on(client, catalogue):
    page = sent(client, "zeppelin")
    assert "Nothing like this was found" in page
    assert 'href="/functions/"' in page


def test_wrong_input_is_told_in_the_error_summary(client):
    assert "Paste a text, or choose a file" in sent(client, " ", status=400)
    assert "not both" in sent(client, "a", file=b"a", status=400)
    assert "not UTF-8" in sent(client, file="é".encode("latin-1"), status=400)
    assert "larger than 1 MB" in sent(client, file=b"#" * (3 * MAX_BYTES), status=413)


def test_answers_are_kept_by_nobody(client, catalogue):
    response = client.post("/already/", {"text": "appointment"})
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_form_needs_its_token(catalogue):
    guarded = Client(enforce_csrf_checks=True)
    assert guarded.post("/already/", {"text": "appointment"}).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', guarded.get("/already/").content.decode())[1]
    assert guarded.post("/already/", {"text": "a", "csrfmiddlewaretoken": token}).status_code == 200


@pytest.mark.parametrize("payload", [*PAYLOADS, *MARKDOWN])
def test_hostile_text_stays_text(client, catalogue, payload):
    page = sent(client, f"appointment {payload}")
    assert "<script>alert" not in page
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", page, re.IGNORECASE)


@pytest.mark.parametrize(
    "content", [b"\x00", b"[" * 10_000, b"openapi: 3.0.0\na: &a [*a]", b"'\"\\:!&|<->*" * 50, b"%"]
)
def test_hostile_files_are_answered(client, catalogue, content):
    data = {"file": SimpleUploadedFile("openapi.yaml", content)}
    assert client.post("/already/", data).status_code in (200, 400)

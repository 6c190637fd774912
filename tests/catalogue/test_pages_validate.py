"""The page that checks a description. It reads what is like a valid one, and writes nothing."""

import re

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.presenters.validation import EXAMPLE, PROBLEMS_SHOWN
from catalogue.readers.publiccode import read
from catalogue.readers.structured import MAX_BYTES
from registry.actions.search import refresh_search
from tests import factories
from tests.catalogue.readers.publiccode_files import SOUND, changed
from tests.system.hostile import ADDRESS, MARKDOWN, PAYLOADS

pytestmark = pytest.mark.django_db
ADDRESSES = ["/tools/validate", "/tools/validate/"]


def sent(client, text: str = "", file: bytes | None = None, name: str = "publiccode.yml", status: int = 200) -> str:
    data = {"text": text} | ({} if file is None else {"file": SimpleUploadedFile(name, file)})
    response = client.post("/tools/validate", data)
    assert response.status_code == status
    return response.content.decode()


def test_example_is_valid():
    assert read(EXAMPLE).problems == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_empty_page_asks_for_a_text_and_shows_an_example(client, address):
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Check a description – " in page
    assert "Paste the text" in page
    assert "Or choose a file" in page
    assert "Ada Example" in page
    assert "noindex" not in page
    assert 'href="/tools/validate?example"' in page


def test_example_can_be_begun_with(client):
    page = client.get("/tools/validate?example").content.decode()
    assert "publiccodeYmlVersion" in page[page.index("<textarea") : page.index("</textarea>")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_valid_text_is_told_so_with_what_was_understood(client, line_end):
    page = sent(client, changed().replace("\n", line_end))
    assert "The description is valid" in page
    assert "Read as publiccode.yml: 0 errors, 0 warnings." in page
    assert "What was understood" in page
    assert re.search(r"Licence</dt><dd[^>]*>EUPL-1.2<", page)
    assert '<a class="govuk-link" href="https://code.example.org/council/bin-days.git"' in page


def test_problems_are_listed_with_line_key_and_sentence(client):
    page = sent(client, changed("legal.license", "Nonsense"))
    assert "<title>1 error, 0 warnings: Check a description" in page
    assert "The description is not valid" in page
    assert re.search(r">18<span[^>]*>, column 12<", page)
    assert "legal.license</code>" in page
    assert "“Nonsense” is no licence of the SPDX list." in page


def test_uploaded_file_is_checked(client):
    assert "The description is valid" in sent(client, file=changed().encode())
    assert "The file is not UTF-8 here" in sent(client, file="name: é".encode("latin-1"))
    assert "The text is empty" in sent(client, file=b"")


def test_text_of_no_known_format_may_be_read_as_one(client):
    page = sent(client, "name: Bin days\n")
    assert "The format was not recognised" in page
    assert "Choose it below, and check again." in page
    assert "The description is not valid" not in page
    chosen = client.post("/tools/validate", {"text": "name: Bin days\n", "format": "publiccode.yml"}).content.decode()
    assert "Read as publiccode.yml: " in chosen
    assert re.search(r'<option value="publiccode.yml" selected', chosen)
    assert client.post("/tools/validate", {"text": "a", "format": "none"}).status_code == 400


def test_results_are_not_for_search_engines_and_not_kept(client):
    response = client.post("/tools/validate", {"text": changed()})
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_nothing_given_is_said_in_the_error_summary(client):
    page = sent(client, " \n", status=400)
    assert "<title>Error: Check a description" in page
    assert 'href="#id_text">Paste a text, or choose a file</a>' in page


def test_text_and_file_are_too_much(client):
    assert "not both" in sent(client, "a: b", file=b"a: b", status=400)


def test_more_than_1_mb_is_refused_in_a_sentence(client):
    assert "The text is larger than 1 MB" in sent(client, "#" * (MAX_BYTES + 1), status=400)
    assert "The text is larger than 1 MB" in sent(client, file=b"#" * (MAX_BYTES + 1), status=400)


def test_far_too_much_is_refused_before_it_is_read(client):
    page = sent(client, file=b"#" * (3 * MAX_BYTES), status=413)
    assert "There is a problem" in page
    assert "The text is larger than 1 MB" in page


def test_text_of_just_1_mb_is_read(client):
    text = changed()
    assert "The description is valid" in sent(client, file=(text + "#" * (MAX_BYTES - len(text))).encode())


def test_many_problems_are_cut_and_counted(client):
    page = sent(client, changed() + "".join(f"unknown{number}: x\n" for number in range(PROBLEMS_SHOWN + 5)))
    assert page.count("The standard has no key") == PROBLEMS_SHOWN
    assert "And 5 more." in page


@pytest.mark.parametrize("content", [b"\x00", b"name: \xff", b"[" * 10_000, b"a: &a [*a]", b"- a\n" * 200_000])
def test_hostile_files_are_answered_with_a_sentence(client, content):
    page = sent(client, file=content)
    assert "The description is not valid" in page
    assert "What to do" in page


def every_text(value: object, payload: str) -> object:
    """The same document with the payload in place of each text, and as a further key of each section."""
    if isinstance(value, dict):
        return {key: every_text(below, payload) for key, below in value.items()} | {payload: payload}
    if isinstance(value, list):
        return [every_text(item, payload) for item in value]
    return payload if isinstance(value, str) else value


FULL = SOUND | {
    "landingURL": "",
    "softwareVersion": "",
    "usedBy": [""],
    "supports": [{"id": ""}],
    "organisation": {"uri": "", "name": ""},
    "intendedAudience": {"countries": [""], "scope": [""]},
}
ELEMENTS = re.compile(r"<([a-z][a-z0-9-]*)", re.IGNORECASE)
HANDLERS = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
HREFS = re.compile(r"href=\"([^\"]*)\"")


@pytest.mark.parametrize("payload", [*PAYLOADS, *MARKDOWN, ADDRESS])
def test_hostile_text_in_every_field_stays_text(client, payload):
    own = set(ELEMENTS.findall(sent(client, changed("zeppelin", "x"))))
    page = sent(client, yaml.safe_dump(every_text(FULL, payload), allow_unicode=True))
    assert set(ELEMENTS.findall(page)) <= own | {"br"}
    assert not HANDLERS.search(page)
    assert "<script>alert" not in page
    assert all(href.startswith(("/", "#", "https://")) for href in HREFS.findall(page))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_names_of_files_stay_text(client, payload):
    assert payload not in sent(client, file=b"name: a", name=f"{payload.replace('/', '')}.yml")


def test_form_needs_its_token():
    guarded = Client(enforce_csrf_checks=True)
    assert guarded.post("/tools/validate", {"text": changed()}).status_code == 403
    page = guarded.get("/tools/validate").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    response = guarded.post("/tools/validate", {"text": changed(), "csrfmiddlewaretoken": token})
    assert response.status_code == 200


def test_other_methods_are_not_answered(client):
    assert client.put("/tools/validate").status_code == 405


def test_page_is_linked_from_the_data_page_and_every_footer(client):
    page = client.get("/data/").content.decode()
    assert page.count('href="/tools/validate"') == 2


def test_page_names_the_first_of_many_descriptions(client):
    rows = "".join(f"2026-01-01,2026-01-01,https://example.org/{number},Api number {number}\n" for number in range(13))
    page = sent(client, f"dateAdded,dateUpdated,url,name\n{rows}")
    assert "Read as uk-api-catalogue" in page
    assert ("Api number 9<" in page, "Api number 10<" in page) == (True, False)
    assert "3 more were understood." in page


def test_valid_description_is_told_what_may_do_the_same(client):
    factories.component(name="Bin days", slug="bins", summary="Tells residents when their bins are collected.")
    factories.component(name="Bin robot", summary="Tells when bins are collected.", lifecycle="draft")
    factories.component(name="Pothole map", summary="Potholes on a map.")
    refresh_search()
    page = sent(client, EXAMPLE)
    assert "1 component may already do this" in page
    assert '<a class="govuk-link" href="/components/bins/">Bin days</a>: Very alike. Has the same name.' in page
    assert "Bin robot" not in page
    assert "may already do this" not in sent(client, EXAMPLE.replace("EUPL-1.2", "Nonsense"))


def test_what_is_sent_is_written_nowhere(client):
    refresh_search()
    with CaptureQueriesContext(connection) as asked:
        sent(client, EXAMPLE)
    assert not [query["sql"] for query in asked if query["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]

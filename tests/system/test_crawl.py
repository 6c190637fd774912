"""Whoever follows the links finds answers, pages that say what they are, safe headers, and no cookie."""

from collections import defaultdict
from urllib.parse import urlsplit

import pytest

from tests.system.crawling import Answer, Outline, crawl, get
from tests.system.measuring import LARGEST_HTML

NEEDED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NEEDED_OF_VIEWS = {"X-Frame-Options": "DENY"}
POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
}
ELSEWHERE = [  # what no link leads to
    "/health/live",
    "/health/ready",
    "/components/zeppelin/",
    "/components/?kind=submarine",
    "/api/v1/zeppelin",
    "/api/v1/components?kind=submarine",
    "/admin/",
    "/admin/login/",
]


@pytest.fixture(scope="module")
def answers(demo) -> list[Answer]:
    return list(crawl(demo.url))


@pytest.fixture(scope="module")
def pages(answers) -> dict[str, Outline]:
    """The pages among them, by address."""
    return {answer.address: Outline(answer) for answer in answers if answer.is_page}


def test_every_link_leads_somewhere(answers):
    assert len(answers) > 100, "the crawl should see more of the registry"
    assert {answer.address: answer.status for answer in answers if answer.status >= 400} == {}


def test_every_page_has_a_title_and_one_heading(pages):
    lacking = {
        address: (page.title, page.headings)
        for address, page in pages.items()
        if not page.title.split(" – ")[0].strip() or len(page.headings) != 1 or not page.headings[0].strip()
    }
    assert lacking == {}


def test_no_two_pages_share_a_title(pages):
    paths = defaultdict(set)
    for address, page in pages.items():
        paths[" ".join(page.title.split())].add(urlsplit(address).path)
    assert {title: found for title, found in paths.items() if len(found) > 1} == {}


def test_every_page_weighs_little(answers):
    assert {page.address: len(page.body) for page in answers if page.is_page and len(page.body) > LARGEST_HTML} == {}


def test_every_answer_carries_the_headers_of_a_safe_site(answers, demo):
    lacking = {}
    for answer in answers + [get(demo.url, address) for address in ELSEWHERE]:
        needed = NEEDED if answer.address.startswith("/static/") else NEEDED | NEEDED_OF_VIEWS
        wrong = {name: answer.headers[name] for name, value in needed.items() if answer.headers[name] != value}
        if not answer.address.startswith("/static/"):
            wrong |= broken_policy(answer)
        if wrong:
            lacking[answer.address] = wrong
    assert lacking == {}


def broken_policy(answer: Answer) -> dict[str, object]:
    """What the content security policy lacks, or allows too much of."""
    parts = (directive.split() for directive in (answer.headers["Content-Security-Policy"] or "").split(";"))
    policy = {part[0]: part[1:] for part in parts if part}
    return {name: policy.get(name) for name, value in POLICY.items() if policy.get(name) != value}


FORMS = ("/tools/validate", "/already/", "/alerts/new/", "/sign-in/", "/feedback/")


def test_no_answer_sets_a_cookie_for_readers(answers):
    """Only pages with a form to send set one, which shows that what is sent comes from them."""
    set_cookies = {
        answer.address: answer.headers["Set-Cookie"].split("=")[0] for answer in answers if answer.headers["Set-Cookie"]
    }
    of_forms = {address for address in set_cookies if urlsplit(address).path.startswith(FORMS)}
    assert set_cookies == dict.fromkeys(of_forms, "csrftoken")


def test_files_are_not_read_as_pages(answers):
    """A file of a list is a file, whatever stands in it."""
    kinds = {answer.headers.get_content_type() for answer in answers if "format=csv" in answer.address}
    assert kinds == {"text/csv"}

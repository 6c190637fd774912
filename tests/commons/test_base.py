"""The page around every page."""

import re

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from commons.context_processors import current


def page(path: str = "/components/", **context) -> str:
    return render_to_string("base.html", context, request=RequestFactory().get(path))


def test_base_has_no_inline_script_or_style():
    html = page()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert "<style" not in html
    assert not re.search(r"\s(style|on\w+)=", html)


def test_base_asks_nothing_of_another_host():
    assert not re.findall(r'<(?:script|img|link)[^>]*(?:src|href)="(?:https?:)?//[^"]*"', page())


def test_base_does_not_look_like_gov_uk():
    html = page()
    header = html[html.index("<header") : html.index("</header>")]
    assert "GOV.UK" not in html
    assert "govuk-generic-header" in header
    assert "crown" not in html.lower()


def test_base_names_the_service_and_offers_the_five_sections():
    html = page()
    assert "Digital commons registry" in html
    assert re.findall(r'govuk-service-navigation__link" href="([^"]+)"', html) == [
        "/components/",
        "/functions/",
        "/organisations/",
        "/public-value/",
        "/data/",
    ]


@pytest.mark.parametrize(
    ("path", "expected"), [("/components/", "page"), ("/components/pay/", "true"), ("/functions/", ""), ("/", "")]
)
def test_current_marks_the_section_of_the_reader(path, expected):
    assert current("/components/", path) == expected


def test_base_marks_the_current_section():
    assert page("/components/pay/").count('aria-current="true"') == 1
    assert page("/").count("aria-current") == 0


def test_base_invites_feedback_only_where_there_is_an_address(settings):
    settings.FEEDBACK_EMAIL = ""
    assert "mailto:" not in page()
    settings.FEEDBACK_EMAIL = "team@example.org"
    assert 'href="mailto:team@example.org"' in page()


def test_base_shows_breadcrumbs_when_given():
    html = page(breadcrumbs=[{"text": "Components", "href": "/components/"}, {"text": "<Pay>"}])
    assert '<a class="govuk-breadcrumbs__link" href="/components/">Components</a>' in html
    assert "&lt;Pay&gt;" in html


def test_base_lets_a_page_set_its_title():
    source = '{% extends "base.html" %}{% block title %}Components (page 2 of 9){% endblock %}'
    html = Template(source).render(Context({"service_name": "Digital commons registry"}))
    assert "<title>Components (page 2 of 9) – Digital commons registry</title>" in html


def test_base_prints_address_edition_and_date():
    line = re.search(r'<p class="app-print-line">(.*?)</p>', page(edition="Edition 2026 Q3"))[1]
    assert line.startswith("http://testserver/components/ · Edition 2026 Q3 · ")
    assert re.search(r"\d{1,2} \w+ \d{4}$", line)

"""The tag, held against the markup that the design system itself ships."""

import json
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from commons.templatetags.govuk import checked, govuk

COMPONENTS = Path(__file__).parents[2] / "node_modules/govuk-frontend/dist/govuk/components"
KNOWN_MISSES = {
    ("footer", "with HTML passed as text content"),  # both write &#34; where the fixture has &quot;
    ("phase-banner", "html as text"),
}


def rendered(source: str, **context) -> str:
    return Template("{% load govuk %}" + source).render(Context(context))


def test_govuk_writes_the_design_systems_markup():
    assert same(rendered('{% govuk "button" text="Save" %}')) == same(
        '<button type="submit" class="govuk-button" data-module="govuk-button"> Save </button>'
    )


def test_govuk_escapes_what_people_wrote():
    page = rendered('{% govuk "button" text=name %}', name="<script>alert(1)</script>")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_govuk_takes_a_dict_and_lets_single_options_replace_its_values():
    page = rendered('{% govuk "tag" tag text="Live" %}', tag={"text": "Draft", "classes": "govuk-tag--green"})
    assert same(page) == '<strong class="govuk-tag govuk-tag--green">Live</strong>'


@pytest.mark.parametrize(
    "options",
    [
        {"html": "<b>x</b>"},
        {"titleHtml": "<b>x</b>"},
        {"rows": [{"value": {"html": "<b>x</b>"}}]},
        {"slots": {"end": "<b>x</b>"}},
        {"attributes": ' onclick="x()"'},
    ],
)
def test_govuk_refuses_raw_markup_that_nobody_marked_safe(options):
    with pytest.raises(ImproperlyConfigured, match="use text instead"):
        checked(options)


def test_govuk_takes_markup_that_was_marked_safe():
    assert "<b>x</b>" in govuk("inset-text", html=mark_safe("<b>x</b>"))


def test_govuk_takes_lazy_translations():
    assert "Save" in govuk("button", text=gettext_lazy("Save"))


def test_govuk_names_a_component_that_is_not_there():
    with pytest.raises(ImproperlyConfigured, match="buton"):
        govuk("buton", text="Save")


def test_govukblock_puts_its_body_into_the_component_and_escapes_variables():
    page = rendered('{% govukblock "details" summaryText="More" %}<p>{{ x }}</p>{% endgovukblock %}', x="<i>")
    assert "<p>&lt;i&gt;</p>" in page
    assert "More" in page


@pytest.mark.skipif(not COMPONENTS.is_dir(), reason="node_modules is missing: manage.py build_assets brings it")
def test_govuk_renders_the_fixtures_of_the_design_system():
    fixtures = [
        (one["component"], fixture)
        for path in COMPONENTS.glob("*/fixtures.json")
        for one in [json.loads(path.read_text())]
        for fixture in one["fixtures"]
    ]
    missed = {
        (component, fixture["name"])
        for component, fixture in fixtures
        if same(govuk(component, trusted(fixture["options"]))) != same(fixture["html"])
    }
    assert len(fixtures) == 657
    assert missed <= KNOWN_MISSES


def trusted(value, name: str = "", raw: bool = False):
    """The options of a fixture, whose raw markup is the design system's own."""
    raw = raw or name in ("html", "slots", "attributes") or name.endswith("Html")
    if isinstance(value, dict):
        return {key: trusted(item, key, raw) for key, item in value.items()}
    if isinstance(value, list):
        return [trusted(item, name, raw) for item in value]
    return mark_safe(value) if raw and isinstance(value, str) else value


def same(markup: str) -> str:
    """Markup without the white space that a browser does not show."""
    markup = re.sub(r"\s+", " ", markup)
    return re.sub(r'\s*([<>])\s*|\s+(?=")', r"\1", markup).strip()

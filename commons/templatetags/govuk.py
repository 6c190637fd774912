"""{% govuk "button" text="Save" %}: the design system's own markup, from the macros of govuk-frontend-jinja.

Parameters have the names that the Design System documents (`classes`, `summaryText`, `preventDoubleClick`). What people
wrote goes into `text` parameters only, which are escaped; a parameter that is written into the page as it stands is
refused unless the template or the code marked it safe.
"""

from collections.abc import Callable, Mapping
from functools import cache

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, TemplateNotFound
from markupsafe import Markup

register = template.Library()

MACROS = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=ChainableUndefined,  # the macros look into options of options that nobody gave
)


@register.simple_tag
def govuk(component: str, params: Mapping | None = None, /, **options) -> SafeString:
    """One component. `params` is a dict made by a presenter; single options add to it or replace its values."""
    return mark_safe(macro(component)(checked({**(params or {}), **options})))


@register.simple_block_tag
def govukblock(content: str, component: str, **options) -> SafeString:
    """{% govukblock "details" summaryText="…" %}body{% endgovukblock %}: the body is the component's `html`."""
    return govuk(component, html=content, **options)


@cache
def macro(component: str) -> Callable[[dict], str]:
    try:
        module = MACROS.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    except TemplateNotFound as missing:
        raise ImproperlyConfigured(f"The design system has no component “{component}”. Check its name.") from missing
    return getattr(module, "govuk" + "".join(word.capitalize() for word in component.split("-")))


def checked(value, name: str = "", raw: bool = False):
    """The same parameters with lazy translations made text. Raises ImproperlyConfigured for unsafe raw markup."""
    raw = raw or name == "html" or name.endswith("Html")
    if isinstance(value, Mapping):
        raw = raw or name == "slots"
        return {key: checked(item, key, raw) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [checked(item, name, raw) for item in value]
    if isinstance(value, Promise):
        value = str(value)
    if (
        isinstance(value, str)
        and value
        and (raw or name == "attributes")
        and not isinstance(value, SafeString | Markup)
    ):
        raise ImproperlyConfigured(f"“{name}” is put into the page as it stands: use text instead, or mark it safe.")
    return value

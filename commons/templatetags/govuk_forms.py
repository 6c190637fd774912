"""{% load govuk_forms %}: fields and their errors, drawn by the design system's own macros."""

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commons.forms import component, error_words, first_id
from commons.templatetags.govuk import govuk

register = template.Library()


@register.simple_tag
def govuk_field(field: BoundField, heading: bool = False) -> SafeString:
    """{% govuk_field form.name heading=True %}: a question page's label is its heading."""
    name, params = component(field, bool(heading))
    return govuk(name, params)


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """Every error of the form, each leading to its control; blank where there is none."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    errors = [{"text": str(error)} for error in form.non_field_errors()]
    errors += [{"text": error, "href": f"#{first_id(field)}"} for field in form for error in error_words(field)]
    return govuk("error-summary", titleText=_("There is a problem"), errorList=errors)

"""Forms in the design system's markup: `{{ field.as_field_group }}` draws label, hint, error and control.

Only the field's own template is replaced, never Django's widget templates: the admin uses those.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Parameters = dict[str, Any]

PARTS = ("day", "month", "year")
# Written by the macros themselves, or left to our own messages instead of the browser's.
NOT_PASSED_ON = {"id", "class", "type", "value", "required", "aria-describedby", "aria-invalid", "min", "max", "step"}


class Renderer(TemplatesSetting):
    form_template_name = "govuk/forms/form.html"
    field_template_name = "govuk/forms/field.html"


class DateParts(forms.Widget):
    """Day, month and year in three boxes, sent as `<name>-day`, `<name>-month`, `<name>-year`."""

    template_name = "govuk/forms/date_parts.html"

    def value_from_datadict(self, data: Mapping, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}") or "").strip() for part in PARTS}

    def value_omitted_from_data(self, data: Mapping, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)

    def format_value(self, value: Any) -> dict[str, str]:
        """What each box shows: a date's parts, or what was typed."""
        if isinstance(value, Mapping):
            return dict(value)
        return {part: str(getattr(value, part)) if value else "" for part in PARTS}

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = self.format_value(value)
        context["parts"] = [(part, typed[part]) for part in PARTS]
        return context


class DatePartsField(forms.DateField):
    """A date asked as day, month and year. Says which part is missing."""

    widget = DateParts
    default_error_messages = {
        "missing": gettext_lazy("%(label)s must include a %(parts)s"),
        "invalid": gettext_lazy("%(label)s must be a real date"),
    }

    def to_python(self, value: Any):
        if not isinstance(value, Mapping):
            return super().to_python(value)
        missing = [_(part) for part in PARTS if not value[part]]
        if len(missing) == len(PARTS):
            return None
        if missing:
            self._refuse("missing", parts=_(" and a ").join(missing))
        try:
            return super().to_python("{year}-{month}-{day}".format(**value))
        except ValidationError:
            self._refuse("invalid")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.widget.format_value(initial) != data

    def _refuse(self, code: str, **words: str) -> None:
        raise ValidationError(self.error_messages[code], code=code, params={"label": self.label or _("Date"), **words})


def component(field: BoundField, heading: bool = False) -> tuple[str, Parameters]:
    """The design system's component for a field, and its parameters. With `heading` its label is the page's h1."""
    for widget, describe in COMPONENTS:
        if isinstance(field.field.widget, widget):
            return describe(field, heading)
    return text_input(field, heading)


def text_input(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    widget = field.field.widget
    params = {**labelled(field, heading), "value": shown_value(field), "type": getattr(widget, "input_type", "text")}
    if isinstance(widget, forms.NumberInput):
        fractions = isinstance(field.field, forms.DecimalField | forms.FloatField)
        params |= {"type": "text", "inputmode": "decimal" if fractions else "numeric"}
    return "input", params


def password(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    return "password-input", labelled(field, heading)


def textarea(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    params = {**labelled(field, heading), "value": shown_value(field)}
    params["rows"] = str(params["attributes"].pop("rows", 5))
    params["attributes"].pop("cols", None)
    params["attributes"].pop("maxlength", None)
    limit = getattr(field.field, "max_length", None)
    return ("character-count", {**params, "maxlength": limit}) if limit else ("textarea", params)


def file_upload(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    return "file-upload", {**labelled(field, heading), "javascript": True}


def select(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    items = [{"value": o["value"], "text": o["label"], "selected": o["selected"]} for o in options(field)]
    return "select", {**labelled(field, heading), "items": items}


def radios(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    return "radios", chosen_from(field, heading)


def checkboxes(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    return "checkboxes", chosen_from(field, heading)


def checkbox(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    """One box to tick: its label is the field's, and there is no question above it."""
    params = chosen_from(field, heading, items=[{"value": "on", "text": field.label, "checked": bool(field.value())}])
    del params["fieldset"]
    return "checkboxes", params


def date_parts(field: BoundField, heading: bool) -> tuple[str, Parameters]:
    typed = field.field.widget.format_value(field.value())
    wrong = " govuk-input--error" if field.errors else ""
    widths = {"day": 2, "month": 2, "year": 4}
    items = [
        {
            "id": f"{field.auto_id}-{part}",
            "name": f"{field.html_name}-{part}",
            "label": _(part.capitalize()),
            "classes": f"govuk-input--width-{widths[part]}{wrong}",
            "value": typed[part],
        }
        for part in PARTS
    ]
    params = questioned(field, heading)
    return "date-input", {**params, "id": field.auto_id, "items": items}


Describe = Callable[[BoundField, bool], tuple[str, Parameters]]
COMPONENTS: list[tuple[type[forms.Widget], Describe]] = [
    (DateParts, date_parts),
    (forms.PasswordInput, password),
    (forms.FileInput, file_upload),
    (forms.Textarea, textarea),
    (forms.CheckboxSelectMultiple, checkboxes),
    (forms.RadioSelect, radios),
    (forms.CheckboxInput, checkbox),
    (forms.Select, select),
]


def labelled(field: BoundField, heading: bool) -> Parameters:
    """What every control with a label of its own takes."""
    attributes = field.build_widget_attrs(dict(field.field.widget.attrs))
    return {
        "id": field.auto_id,
        "name": field.html_name,
        "label": {"text": field.label, **as_heading("govuk-label--l", heading)},
        "classes": field.field.widget.attrs.get("class", ""),
        "attributes": {name: value for name, value in attributes.items() if name not in NOT_PASSED_ON},
        **said(field),
    }


def questioned(field: BoundField, heading: bool) -> Parameters:
    """What every group of controls under one question takes."""
    style = as_heading("govuk-fieldset__legend--l", heading) or {"classes": "govuk-fieldset__legend--s"}
    return {"fieldset": {"legend": {"text": field.label, **style}}, **said(field)}


def chosen_from(field: BoundField, heading: bool, items: list[Parameters] | None = None) -> Parameters:
    """A field may say more of its choices: `hints`, by their values."""
    if items is None:
        hints = getattr(field.field, "hints", {})
        items = [
            {"value": o["value"], "text": o["label"], "checked": o["selected"]}
            | ({"hint": {"text": hints[o["value"]]}} if o["value"] in hints else {})
            for o in options(field)
        ]
    return {**questioned(field, heading), "idPrefix": field.auto_id, "name": field.html_name, "items": items}


def as_heading(classes: str, heading: bool) -> Parameters:
    return {"isPageHeading": True, "classes": classes} if heading else {}


def said(field: BoundField) -> Parameters:
    """The hint and the error. A hint may be markup where the code says that it is safe."""
    words: Parameters = {}
    if field.help_text:
        words["hint"] = {"html" if isinstance(field.help_text, SafeString) else "text": field.help_text}
    if field.errors:
        words["errorMessage"] = {"text": " ".join(error_words(field))}
    return words


def error_words(field: BoundField) -> list[str]:
    """The field's errors. Django's own “This field is required.” names the field instead, as a summary needs it to."""
    if any(error == forms.Field.default_error_messages["required"] for error in field.errors):
        ticked = isinstance(field.field.widget, forms.CheckboxInput)
        sentence = _("“%(label)s” must be ticked") if ticked else _("“%(label)s” needs an answer")
        return [sentence % {"label": field.label}]
    return [str(error) for error in field.errors]


def options(field: BoundField) -> list[Parameters]:
    return [{**choice.data, "value": str(choice.data["value"])} for choice in field.subwidgets]


def shown_value(field: BoundField) -> str:
    value = field.field.widget.format_value(field.value())
    return "" if value is None else str(value)


def first_id(field: BoundField) -> str:
    """The id of the control that an error summary leads to."""
    return f"{field.auto_id}-{PARTS[0]}" if isinstance(field.field.widget, DateParts) else field.auto_id

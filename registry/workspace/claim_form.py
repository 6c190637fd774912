"""A list of bodies that use a component, pasted or uploaded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Component
from registry.claims import read
from registry.models import Organisation

LARGEST_FILE = 1_000_000


class ClaimForm(forms.Form):
    component = forms.ModelChoiceField(
        Component.objects.none(),
        to_field_name="slug",
        label=_("Which component?"),
        error_messages={
            "required": _("Choose a component that you look after"),
            "invalid_choice": _("Choose a component that you look after"),
        },
    )
    text = forms.CharField(
        label=_("Who uses it?"),
        help_text=_("One body a line: its name, slug or code. Then, if you know them, the function and since when."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        strip=False,
        max_length=LARGEST_FILE,
    )
    file = forms.FileField(
        label=_("Or a CSV file"), help_text=_("With the columns body, function and since."), required=False
    )

    def __init__(self, *args: Any, body: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = Component.objects.listed().filter(stewardships__in=body.stewardships.current())
        self.fields["component"].queryset = kept.distinct().order_by("name")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        text, file = given.get("text") or "", given.get("file")
        if file is not None:
            if file.size > LARGEST_FILE:
                self.add_error("file", _("The file is larger than 1 MB"))
                return given
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is no UTF-8 text. Save it as CSV UTF-8"))
                return given
        try:
            given["lines"] = read(text)
        except ValueError as error:
            self.add_error("file" if file else "text", str(error))
            return given
        if not given["lines"] and not self.errors:
            self.add_error("text", _("Write at least one body, or choose a file"))
        return given

"""What visitors put in. A form checks, and never writes."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Component
from catalogue.readers.formats import FORMATS, Report, read_bytes
from catalogue.readers.structured import MAX_BYTES, TOO_LARGE, Unreadable, decoded
from catalogue.similar.question import Question
from catalogue.similar.question import read as read_question
from commons.forms import DatePartsField
from registry.models import Organisation
from registry.models.review import LONGEST, LONGEST_WEEKS


class TextOrFile(forms.Form):
    """A pasted text or a file, kept nowhere. `refusal` is a sentence where neither could even be looked at."""

    text = forms.CharField(
        label=_("Paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 15, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"), required=False, allow_empty_file=True, help_text=_("At most 1 MB")
    )

    def __init__(self, *args: Any, refusal: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusal = refusal
        self.fields["text"].validators = []  # the reader says where a NUL stands

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        text, file = given.get("text") or "", given.get("file")
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        if text.strip() and file:
            self.add_error("file", _("Paste a text or choose a file, not both"))
        elif file is None and not text.strip():
            self.add_error("text", _("Paste a text, or choose a file"))
        elif file is None and len(text.encode("utf-8", "replace")) > MAX_BYTES:
            self.add_error("text", TOO_LARGE)
        elif file and file.size > MAX_BYTES:
            self.add_error("file", TOO_LARGE)
        return given

    @property
    def content(self) -> bytes:
        file = self.cleaned_data["file"]
        return file.read(MAX_BYTES + 1) if file else self.cleaned_data["text"].encode("utf-8", "surrogatepass")

    @property
    def file_name(self) -> str:
        return self.cleaned_data["file"].name if self.cleaned_data["file"] else ""


class ValidateForm(TextOrFile):
    """A description to be checked."""

    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        help_text=_("A file is recognised by its name or by what is in it"),
        choices=[("", _("Recognise it")), *((one.name, one.name) for one in FORMATS)],
    )

    def report(self) -> Report:
        return read_bytes(self.content, self.file_name, as_format=self.cleaned_data["format"])


class AlreadyForm(TextOrFile):
    """What may be there already: a need, a tender, a name, a description."""

    field_order = ("text", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What do you need, or plan to build or buy?")
        self.fields["text"].widget.attrs = {"rows": 8}
        self.fields["file"].help_text = _(
            "A text file, an OpenAPI description or another file that describes it. At most 1 MB"
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors:
            try:
                self.question: Question = read_question(decoded(self.content), self.file_name)
            except Unreadable as unreadable:
                self.add_error("file" if given.get("file") else "text", str(unreadable))
        return given


class ReviewForm(forms.Form):
    """What one of `bodies` found. Both texts may be blank where the review is withdrawn."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Which body found this?"))
    went_well = forms.CharField(
        label=_("What went well?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Name no persons. Markdown works."),
    )
    blocked = forms.CharField(
        label=_("What stood in the way?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    weeks_to_adopt = forms.IntegerField(
        label=_("How many weeks did it take to adopt?"),
        required=False,
        min_value=0,
        max_value=LONGEST_WEEKS,
        help_text=_("From the decision to the first real case. Leave it blank if you do not know."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["organisation"]
        asked.queryset = Organisation.objects.filter(pk__in=[body.pk for body in bodies])
        if len(bodies) == 1:
            asked.initial = bodies[0]

    @property
    def withdraws(self) -> bool:
        return self.data.get("act") == "withdraw"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.withdraws and not self.errors and not said["went_well"] and not said["blocked"]:
            self.add_error("went_well", _("Say what went well, or what stood in the way"))
        return said


class DeprecationForm(forms.Form):
    """What takes the place of a component, and from when."""

    successor = forms.CharField(
        label=_("Which component takes its place?"),
        max_length=300,
        help_text=_("Its address here, or the last part of that: sorrelpost."),
    )
    ends_on = DatePartsField(
        label=_("When is it switched off?"), help_text=_("For example 31 3 2027. Give those who use it time.")
    )

    def clean_successor(self) -> Component:
        address = re.sub(r"[?#].*", "", self.cleaned_data["successor"].strip())
        slug = address.rstrip("/").rpartition("/")[2]
        found = None if "\x00" in slug else Component.objects.listed().filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError(_("There is no component with this address"))
        return found

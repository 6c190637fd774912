"""What visitors put in. A form checks, and never writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.readers.formats import FORMATS, Report, read_bytes
from catalogue.readers.structured import MAX_BYTES, TOO_LARGE


class ValidateForm(forms.Form):
    """A description as a pasted text or as a file. `refusal` is a sentence where neither could even be looked at."""

    text = forms.CharField(
        label=_("Paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 15, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"), required=False, allow_empty_file=True, help_text=_("At most 1 MB")
    )

    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Recognise it by the file’s name or the text")), *((one.name, one.name) for one in FORMATS)],
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

    def report(self) -> Report:
        """On what was given."""
        file, chosen = self.cleaned_data["file"], self.cleaned_data["format"]
        content = file.read(MAX_BYTES + 1) if file else self.cleaned_data["text"].encode("utf-8", "surrogatepass")
        return read_bytes(content, file.name if file else "", as_format=chosen)

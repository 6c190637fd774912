"""What is asked when a portfolio is uploaded. Forms check, and never write."""

from io import BytesIO
from typing import Any, BinaryIO

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Import
from registry.portfolio_file.columns import BY_NAME, COLUMNS, LEFT_OUT, NEEDED
from registry.spreadsheets import LARGEST_FILE
from registry.spreadsheets.limits import TOO_LARGE

ASK = "?"
LONGEST_PASTED = 1_000_000  # characters
TOO_MUCH_TEXT = gettext_lazy("That is too much to paste. Save it as a file, and upload that.")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("CSV, Excel (.xlsx) or OpenDocument (.ods), at most 20 MB and 50,000 rows"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste a table"),
        required=False,
        strip=False,
        help_text=gettext_lazy("Copied from a spreadsheet, with its heading; or text with commas or semicolons"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, refusal: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusal = refusal
        self.fields["text"].validators = []  # what cannot be read is told with all the rest

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        text, file = given.get("text") or "", given.get("file")
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        if text.strip() and file:
            self.add_error("file", _("Choose a file or paste a table, not both"))
        elif file is None and not text.strip():
            self.add_error("file", _("Choose a file, or paste a table"))
        elif file is not None and file.size > LARGEST_FILE:
            self.add_error("file", TOO_LARGE)
        elif len(text) > LONGEST_PASTED:
            self.add_error("text", TOO_MUCH_TEXT)
        return given

    @property
    def sent(self) -> tuple[BinaryIO, str]:
        """The file and its name."""
        file = self.cleaned_data["file"]
        if file is not None:
            return file.file, file.name
        return BytesIO(self.cleaned_data["text"].encode("utf-8", "replace")), ""


class ColumnsForm(forms.Form):
    """One question for each heading of a file."""

    def __init__(self, *args: Any, imported: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.imported = imported
        for place, heading in enumerate(imported.headings):
            meant = imported.columns[place] if place < len(imported.columns) else None
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading.strip() or _("Column %(letter)s, without a heading") % {"letter": letter(place)},
                help_text=examples(imported, place),
                choices=self.options(),
                initial=ASK if meant is None else meant,
                required=False,
            )

    def options(self) -> list[tuple[str, str]]:
        return [
            (ASK, _("Choose what it is")),
            (LEFT_OUT, _("Leave it out")),
            *((column.name, str(column.label)) for column in COLUMNS),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        taken: dict[str, str] = {}
        for name, column in list(given.items()):
            if column == ASK:
                self.add_error(name, _("Say what “%(name)s” is, or leave it out") % {"name": self.fields[name].label})
            elif column and column in taken:
                label = BY_NAME[column].label
                self.add_error(name, _("“%(name)s” is chosen twice: leave one of the two out") % {"name": label})
            elif column:
                taken[column] = name
        if NEEDED not in taken and not self.errors:
            self.add_error(None, _("Say which column is the function"))
        return given

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data[f"column-{place}"] for place in range(len(self.imported.headings))]


def letter(place: int) -> str:
    """What a spreadsheet calls the column."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def examples(imported: Import, place: int) -> str:
    shown = [row[place] for row in imported.sample if place < len(row) and row[place].strip()]
    return _("For example: %(values)s") % {"values": ", ".join(shown)} if shown else _("Empty in the first rows")

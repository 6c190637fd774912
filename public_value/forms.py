"""What operators put in. A form checks, and never writes."""

from django import forms

from commons.exceptions import Refused
from public_value.actions.publication import refuse_comment, refuse_settlement
from public_value.models import EditionComment, HeldChange, Settlement


class CommentForm(forms.ModelForm):
    class Meta:
        model = EditionComment
        fields = ["edition", "organisation", "function", "text", "disputed"]

    def clean(self):
        said = super().clean()
        if {"edition", "organisation", "text"} <= said.keys():
            try:
                refuse_comment(said["edition"], said["organisation"], said.get("function"), said["text"])
            except Refused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return said


class ReviewForm(forms.ModelForm):
    note = forms.CharField(widget=forms.Textarea, help_text="Public: why the change is right.")

    class Meta:
        model = HeldChange
        fields = ["note"]


class SettlementForm(forms.ModelForm):
    class Meta:
        model = Settlement
        fields = ["dispute", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "dispute" in self.fields:
            open_ones = EditionComment.objects.filter(disputed=True, settlement=None)
            self.fields["dispute"].queryset = open_ones.select_related("edition", "organisation", "function")
            self.fields["dispute"].label_from_instance = named

    def clean(self):
        said = super().clean()
        if {"dispute", "note"} <= said.keys():
            try:
                refuse_settlement(said["dispute"], said["note"])
            except Refused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return said


def named(dispute: EditionComment) -> str:
    """“Brackenholt Council on 2026Q3: Payroll”."""
    return f"{dispute}: {dispute.function or 'the whole'}"

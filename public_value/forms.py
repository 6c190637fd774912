"""What operators put in. A form checks, and never writes."""

from django import forms

from commons.exceptions import Refused
from public_value.actions.publication import refuse_comment
from public_value.models import EditionComment, HeldChange


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

"""What people put in about their bodies and their searches. A form checks, and never writes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.blueprints.bodies import found_among
from registry.actions.assemblies import LONGEST_NAME
from registry.actions.pairs import LONGEST_REASON
from registry.models import Assembly, Organisation


class BodyField(forms.CharField):
    """A public body that exists today, by its name or its code."""

    def clean(self, value: Any) -> Organisation:
        found = found_among(Organisation.objects.existing(timezone.localdate()), super().clean(value))
        if found.found is None:
            raise forms.ValidationError(found.problem)
        return found.found


class AssemblyForm(forms.Form):
    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=LONGEST_NAME,
        help_text=_("So that others know it again: “Licences, with our own form”."),
    )
    organisation = BodyField(label=_("Which public body is it for?"), help_text=_("Its full name or its code."))


class SaveForm(AssemblyForm):
    """`others` are assemblies of the same blueprint that the choice could replace."""

    instead = forms.ChoiceField(label=_("Save it as"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, others: Iterable[Assembly] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.uuid): one for one in others}
        known = [(uuid, _("a change of “%(name)s”") % {"name": one.name}) for uuid, one in self.others.items()]
        self.fields["instead"].choices = [("", _("a new assembly")), *known]
        if not self.others:
            del self.fields["instead"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        replaced, body = self.replaced, given.get("organisation")
        if replaced and body and replaced.organisation_id != body.pk:
            self.add_error("organisation", _("That assembly is another body’s. Save a new one."))
        return given

    @property
    def replaced(self) -> Assembly | None:
        return self.others.get(self.cleaned_data.get("instead", ""))


class AlertForm(forms.Form):
    """Where to write to."""

    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We write to it for this alone, and delete it when you stop the emails"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        max_length=254,
    )


class DismissForm(forms.Form):
    """Why two components are not one."""

    reason = forms.CharField(
        label=_("Why are they two different components?"),
        help_text=_("Who judges later reads it. The pair is not proposed again."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say why the two are not one")},
    )

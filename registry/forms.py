"""What people put in about their bodies and their searches. A form checks, and never writes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.blueprints.bodies import found_among
from catalogue.models import PeerGroup
from commons.forms import DatePartsField
from registry.actions.assemblies import LONGEST_NAME
from registry.actions.pairs import LONGEST_REASON
from registry.models import Assembly, Organisation, ReorganisationKind


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


class ReorganisationForm(forms.Form):
    """What becomes of bodies, a body a line. Whether it could be carried out is the act's to say."""

    kind = forms.ChoiceField(label=_("What happens?"), widget=forms.RadioSelect, choices=ReorganisationKind.choices)
    area = forms.CharField(
        label=_("What do people call it?"), max_length=200, help_text=_("The area: “Exampleshire”. It is a heading.")
    )
    vesting_day = DatePartsField(
        label=_("The first day of what comes after"), help_text=_("For example, 1 4 2028. It is carried out then.")
    )
    before = forms.CharField(
        label=_("Which bodies does it begin with?"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One a line: its name, its code (gss:E07000223), or the last part of its page’s address. Where its work "
            "passes to several, an arrow says to which, the heir first: “County Council > North; South”. The heir gets "
            "what cannot be had by two."
        ),
    )
    after = forms.CharField(
        label=_("Which bodies does it lead to?"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "One a line: a body that is there, or the name of a new one, with its codes and its size if they are "
            "known: “North Council | gss:E06000099 | 312400”. A new name where a body is renamed."
        ),
    )
    type = forms.CharField(
        label=_("Of what type are the new bodies?"),
        required=False,
        max_length=120,
        help_text=_("For example, unitary."),
    )
    peer_group = forms.ModelChoiceField(
        label=_("With whom are the new bodies compared?"),
        required=False,
        queryset=PeerGroup.objects.order_by("label"),
        empty_label=_("With nobody"),
    )
    source_url = forms.CharField(
        label=_("Where is it decided?"),
        required=False,
        max_length=2_000,
        help_text=_("The address of the order or law."),
    )

    def clean_kind(self) -> ReorganisationKind:
        return ReorganisationKind(self.cleaned_data["kind"])


class CancelForm(forms.Form):
    """Why what was planned does not happen."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        help_text=_("Everybody can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        error_messages={"required": _("Say why it is cancelled")},
    )

"""What moderators and panels put in. A form checks, and never writes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Component
from commons.forms import DatePartsField
from registry.challenge_forms import EvidenceField, WordsField
from registry.models import ExemptReason

YES, NO = "yes", "no"
RETURN = _("Return it, with a reason")


class DecisionForm(forms.Form):
    """One of two answers. What is returned has a reason, because somebody reads it."""

    choice = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide")},
    )
    reason = WordsField(
        label=_("Reason"),
        help_text=_("Where you return it: say why, and what would have to change."),
        missing=_("Say why"),
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, yes: Any, no: Any = RETURN, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [(YES, yes), (NO, no)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("choice") == NO and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why: somebody has to understand it"))
        return given


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = WordsField(label=_("Why?"), missing=_("Say why"), rows=3)


class WithdrawalForm(forms.Form):
    """Why a component is withdrawn, and what to take instead."""

    reason = WordsField(
        label=_("Why is it withdrawn?"),
        help_text=_("Everybody can read it; whoever uses it is written to."),
        missing=_("Say why it is withdrawn"),
        rows=4,
    )
    successor = forms.CharField(
        label=_("Which component should be used instead?"),
        help_text=_("Its address here, or the last part of that. Leave it blank where there is none."),
        max_length=300,
        required=False,
    )

    def clean_successor(self) -> Component | None:
        address = re.sub(r"[?#].*", "", self.cleaned_data["successor"].strip())
        slug = address.rstrip("/").rpartition("/")[2].replace("\x00", "")
        if not address:
            return None
        found = Component.objects.listed().filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError(_("There is no component with this address"))
        return found


class ExemptionForm(forms.Form):
    """What a body asks a panel for."""

    reason = forms.ChoiceField(
        label=_("Why does the body need a system of its own?"),
        choices=ExemptReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason")},
    )
    text = WordsField(
        label=_("What speaks for it?"),
        help_text=_("Everybody can read it, and so can the panel."),
        missing=_("Say what speaks for it"),
    )
    evidence_url = EvidenceField(
        label=_("Where is the evidence?"),
        help_text=_("A web address: the law, the assessment, the calculation. A renewal needs a new one."),
    )
    until = DatePartsField(label=_("Until when?"), help_text=_("At most 24 months from now. For example 31 3 2028."))

    def clean_evidence_url(self) -> str:
        if not self.cleaned_data["evidence_url"]:
            raise forms.ValidationError(_("Give the web address of the evidence"))
        return self.cleaned_data["evidence_url"]


class VoteForm(DecisionForm):
    """A vote has a reason either way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, yes=_("Grant the exemption"), no=_("Refuse the exemption"), **kwargs)
        reason = self.fields["reason"]
        reason.required, reason.label = True, _("Your reason")
        reason.help_text = _("Everybody can read it, with the body that you sit for. Your name is not shown.")

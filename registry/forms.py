"""What people put in about their bodies and their searches. A form checks, and never writes."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.blueprints.bodies import found_among
from catalogue.models import PeerGroup
from commons.exceptions import Refused
from commons.forms import DatePartsField
from registry import form_tokens
from registry.actions.assemblies import LONGEST_NAME
from registry.actions.challenges.steps import evidence, in_words
from registry.actions.pairs import LONGEST_REASON
from registry.form_tokens import Trouble
from registry.models import Assembly, Organisation, ReorganisationKind
from registry.models.challenge.challenge import LONGEST, LONGEST_ADDRESS


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


class WordsField(forms.CharField):
    """What somebody says, by the rules of the acts: no formula, no letters that nobody sees."""

    def __init__(self, *, missing: Any, rows: int = 5, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        said = {"required": missing}
        super().__init__(max_length=LONGEST, widget=widget, error_messages=said, **options)
        self.missing = missing

    def clean(self, value: Any) -> str:
        return kept(in_words, super().clean(value), str(self.missing)) if value or self.required else ""


class EvidenceField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        widget = forms.URLInput(attrs={"spellcheck": "false"})
        super().__init__(required=False, max_length=LONGEST_ADDRESS, widget=widget, **options)

    def clean(self, value: Any) -> str:
        return kept(evidence, super().clean(value))


def kept(rule: Callable[..., str], *said: str) -> str:
    """As the acts keep it; what they refuse stands beside the field."""
    try:
        return rule(*said)
    except Refused as refused:
        raise ValidationError(str(refused)) from None


TROUBLES = {
    Trouble.QUICK: _("That was quicker than people type. Please read it once more, and send it again."),
    Trouble.OLD: _("This page was open for long. What you typed is still here: send it again."),
    Trouble.STRANGE: _("This form did not come from this page. What you typed is still here: send it again."),
}


class ChallengeForm(forms.Form):
    """What is wrong or missing. `website` is for programs: people neither see nor reach it."""

    claim = WordsField(
        label=_("What is wrong or missing?"),
        help_text=_("Everybody can read it. Leave out what is private, of yourself and of others."),
        missing=_("Say what is wrong or missing"),
    )
    evidence_url = EvidenceField(
        label=_("Is there evidence for it on the web?"),
        help_text=_("Its address, if there is one: minutes, a contract, a news page. It helps whoever answers."),
    )
    email = forms.EmailField(
        label=_("Your email address"),
        required=False,
        help_text=_("If you want to hear what comes of it. Nobody else sees it. We delete it 30 days after the end."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        max_length=254,
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, thing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing, self.nonce = thing, ""
        self.next_token = form_tokens.issue(thing, timezone.now())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        now = timezone.now()
        self.nonce, trouble = form_tokens.read(given.get("token", ""), self.thing, now)
        if trouble in (Trouble.NONE, Trouble.QUICK):
            self.next_token = given["token"]  # sent again, it is the same form
        if trouble:
            self.add_error(None, TROUBLES[trouble])
        if given.get("website"):
            self.add_error(None, _("A field that nobody sees was filled in. It is empty now: send it again."))
        return given

    def begin_anew(self) -> None:
        """The next time it is sent it is another form."""
        self.next_token = form_tokens.issue(self.thing, timezone.now())


class AnswerForm(forms.Form):
    """A body's answer, or where it was passed to them, the moderators' decision."""

    choice = forms.ChoiceField(
        label=_("What do you answer?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you answer")},
    )
    text = WordsField(label=_("In your words"), missing=_("Say what you answer"))

    def __init__(self, *args: Any, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = list(choices)
        self.fields["text"].help_text = _(
            "Everybody can read it: what you changed, why the record is right, or what you need to know."
        )


class ReplyForm(forms.Form):
    """What whoever challenged answers to a question."""

    text = WordsField(label=_("Your answer"), help_text=_("Everybody can read it."), missing=_("Say what you answer"))
    evidence_url = EvidenceField(label=_("Is there evidence for it on the web?"))

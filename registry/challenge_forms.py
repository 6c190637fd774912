"""What people put in about what they challenge, and in answer. A form checks, and never writes."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commons.exceptions import Refused
from registry import form_tokens
from registry.actions.challenges.steps import evidence, in_words
from registry.form_tokens import Trouble
from registry.models.challenge.challenge import LONGEST, LONGEST_ADDRESS


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

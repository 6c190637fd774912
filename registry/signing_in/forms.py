"""What people type to sign in. A form checks, and never writes; allauth's count their own tries."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from registry.actions.people import LONGEST_NAME

FORMAT = _("Enter an email address in the correct format, like name@example.gov.uk")
ONE_TIME = {
    "autocomplete": "one-time-code",
    "spellcheck": "false",
    "autocapitalize": "characters",
    "class": "govuk-input--width-10",
}


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your work email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        max_length=254,
        error_messages={"required": _("Enter your email address"), "invalid": FORMAT},
    )

    def clean_email(self) -> str:
        """Letters that look alike, or become alike in small letters, would be somebody else's address."""
        email = self.cleaned_data["email"]
        if not email.isascii():
            raise forms.ValidationError(FORMAT)
        return email.lower()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the email"),
        help_text=_("Six letters and digits, such as BCD-234"),
        widget=forms.TextInput(attrs=ONE_TIME),
        max_length=40,
        error_messages={"required": _("Enter the code from the email")},
    )


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Your colleagues see it beside what you record. The public sees your organisation’s name."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Enter your name")},
    )


class SpokenCode:
    """The code of a second factor, asked in our words; its maker checks it."""

    asks = _("The code that your app shows, or one of your recovery codes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.max_length = self.asks, 40
        field.widget = forms.TextInput(attrs=ONE_TIME | {"inputmode": "numeric"})
        field.error_messages["required"] = _("Enter the code")


class SecondFactorForm(SpokenCode, AuthenticateForm):
    """While signing in."""


class ConfirmForm(SpokenCode, ReauthenticateForm):
    """While signed in, before something is changed."""


class AddAppForm(SpokenCode, ActivateTOTPForm):
    asks = _("The code that your app shows")


class Unseen:
    """A passkey's answer stands in a hidden field, to which an error summary cannot lead: its errors are the form's."""

    def full_clean(self) -> None:
        super().full_clean()
        if "credential" in self._errors:
            self._errors[NON_FIELD_ERRORS] = self._errors.pop("credential")


class SecondPasskeyForm(Unseen, AuthenticateWebAuthnForm):
    """While signing in."""


class ConfirmPasskeyForm(Unseen, ReauthenticateWebAuthnForm):
    """While signed in, before something is changed."""


class LettersForm(forms.Form):
    """Letters that can be done without, each by the name of its kind."""

    adopted = forms.BooleanField(
        label=_("Write to me when a body first uses a component that we look after"), required=False
    )
    attested = forms.BooleanField(
        label=_("Write to me when what we state is attested or not, or an audit decides against it"), required=False
    )
    waiting = forms.BooleanField(
        label=_("Write to me once a day when something new waits for a moderator"), required=False
    )

    def __init__(self, *args: Any, moderates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not moderates:
            del self.fields["waiting"]

"""What people put in about a body's team and its tokens. A form checks, and never writes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.actions.members import LONGEST_NAME, LONGEST_REASON
from registry.actions.tokens import USUAL_DAYS
from registry.models import Organisation, Role, Scope, Token
from registry.models.membership import OF_A_BODY
from registry.models.token import LONGEST_LIFE

ROLE_SAYS = {
    Role.READER: _("Sees all that the team prepares, and changes nothing."),
    Role.EDITOR: _("Prepares declarations, confirms those that stand, and names sources. An owner publishes."),
    Role.OWNER: _("Publishes what the body says, approves members and issues tokens. Needs a second factor."),
    Role.FINANCE_ATTESTOR: _("Attests what systems cost, independently of those who run them."),
    Role.STEWARDS_OFFICER: _("Attests who uses the components that the body looks after."),
}
SCOPE_SAYS = {
    Scope.CATALOGUE_WRITE: _("Adds and changes components that the body looks after, and how the body is shown."),
    Scope.DECLARATIONS_WRITE: _("Says in the name of the body what it uses and runs."),
    Scope.SOURCES_WRITE: _("Says where descriptions of components are read from."),
    Scope.ASSEMBLIES_WRITE: _("Saves and changes what the body puts together from components."),
    Scope.USAGE_WRITE: _("Says who uses the components that the body looks after, and how much."),
    Scope.WEBHOOKS_WRITE: _("Sees and changes which programs are told of changes."),
}


class RoleField(forms.ChoiceField):
    """A role of a body's team, each with a sentence."""

    widget = forms.RadioSelect

    def __init__(self, *, roles: Iterable[Role] = OF_A_BODY, **kwargs: Any) -> None:
        choices = [(role.value, role.label) for role in roles]
        super().__init__(choices=choices, error_messages={"required": _("Choose a role")}, **kwargs)
        self.hints = {role.value: says for role, says in ROLE_SAYS.items()}

    def clean(self, value: Any) -> Role:
        return Role(super().clean(value))


class AskForm(forms.Form):
    role = RoleField(label=_("What do you want to do?"))
    reason = forms.CharField(
        label=_("Who are you there?"),
        help_text=_("Whoever answers reads it: “I keep our register of applications”."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say who you are there, so that somebody can answer")},
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Their email address"),
        help_text=_("They sign in with it. We write to it that they have the role."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        max_length=254,
        error_messages={"required": _("Enter their email address")},
    )
    name = forms.CharField(
        label=_("Their name"),
        help_text=_("Only the team sees it. Not needed for somebody who has signed in before."),
        max_length=LONGEST_NAME,
        required=False,
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(roles=roles, label=_("What are they to do?"))


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("Whoever asked is told."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say why: whoever asked is told")},
    )


class IssueForm(forms.Form):
    """A name that no usable token of the body has: sent twice, the form makes one token and shows one secret once."""

    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("So that others know it again: “Crawler of the county”."),
        max_length=200,
        error_messages={"required": _("Say what the token is for")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("No more than it needs."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it may do")},
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        help_text=_("At most 365. Owners get a letter 14 days before it ends."),
        initial=USUAL_DAYS,
        min_value=1,
        max_value=LONGEST_LIFE.days,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={"required": _("Say for how many days it is to work")},
    )

    def __init__(self, *args: Any, body: Organisation, scopes: Iterable[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        self.fields["scopes"].choices = [(scope.value, scope.label) for scope in scopes]
        self.fields["scopes"].hints = {scope.value: says for scope, says in SCOPE_SAYS.items()}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Token.objects.usable(timezone.localdate()).filter(organisation=self.body, name__iexact=name).exists():
            raise forms.ValidationError(
                _("A token of this name works already. Give this one another name, or revoke that one first.")
            )
        return name

    def clean_scopes(self) -> set[Scope]:
        return set(map(Scope, self.cleaned_data["scopes"]))

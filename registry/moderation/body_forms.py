"""A body as somebody asks for it, and as a moderator adds it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import PeerGroup
from registry.actions.body_requests import LONGEST_NAME
from registry.challenge_forms import WordsField
from registry.models import BodyRequest
from registry.moderation.forms import NO, DecisionForm

LONGEST_ADDRESS, LONGEST_CODE = 2_000, 261


class BodyFields(forms.Form):
    name = forms.CharField(
        label=_("What is the body called?"),
        help_text=_("Its whole official name"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Say what the body is called")},
    )
    homepage = forms.CharField(
        label=_("Its website"),
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    identifier = forms.CharField(
        label=_("Its official code"),
        help_text=_("With its scheme, such as gss:E07000223, where it has one"),
        required=False,
        max_length=LONGEST_CODE,
    )
    peer_group = forms.ModelChoiceField(
        PeerGroup.objects.order_by("label"),
        label=_("What kind of body is it?"),
        help_text=_("It is compared with others of its kind"),
        required=False,
        empty_label=_("I do not know"),
    )


class AskForBodyForm(BodyFields):
    why = WordsField(
        label=_("What are you there?"),
        help_text=_("So that a moderator knows whom they are adding it for"),
        missing=_("Say what you are there"),
        required=False,
        rows=3,
    )


class DecideBodyForm(BodyFields, DecisionForm):
    """Names and codes are often mended on the way."""

    own_domain = forms.BooleanField(
        label=_("The domain is the body’s own"),
        help_text=_("Then its people are told by it. Not where several bodies share it."),
        required=False,
    )
    field_order = ["name", "homepage", "identifier", "peer_group", "own_domain", "choice", "reason"]

    def __init__(self, *args: Any, request: BodyRequest, **kwargs: Any) -> None:
        names = ("name", "homepage", "identifier", "peer_group")
        super().__init__(
            *args,
            yes=_("Add it"),
            initial={name: getattr(request, name) for name in names} | {"own_domain": True},
            **kwargs,
        )
        own = self.fields["own_domain"]
        own.label = _("%(domain)s is the domain of this body alone") % {"domain": request.domain}
        if self.data.get("choice") == NO:
            self.fields["name"].required = False

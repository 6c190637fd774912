"""Second factors, added and taken away. What allauth does and the event are one transaction."""

from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import auto_generate_recovery_codes, generate_recovery_codes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commons.exceptions import Refused
from registry.actions.people import tell
from registry.models import Act, Event, Person
from registry.permissions import Actor, is_operator

RECOVERY = Authenticator.Type.RECOVERY_CODES


@transaction.atomic
def add_app(*, request: HttpRequest, secret: str, by: Actor) -> None:
    """An app that shows codes. Raises Refused where there is one: two would be one too many to keep apart."""
    locked(by.person)
    if Authenticator.objects.filter(user=by.person, type=Authenticator.Type.TOTP).exists():
        raise Refused(_("You have an app already. Remove it first."))
    added(request, TOTP.activate(by.person, secret).instance, _("An app that shows codes was added"), by)
    clear_totp_secret(request)


@transaction.atomic
def add_passkey(*, request: HttpRequest, name: str, credential: dict[str, Any], by: Actor) -> None:
    locked(by.person)
    added(request, WebAuthn.add(by.person, name, credential).instance, _("A passkey was added"), by)


def added(request: HttpRequest, factor: Authenticator, what: str, by: Actor) -> None:
    """Who adds a factor has just shown it, so this session has one from now on."""
    auto_generate_recovery_codes(request)
    post_authentication(request, factor, reauthenticated=True)
    event = Event.objects.create(act=Act.ADD_FACTOR, **by.signature, detail={"kind": factor.type})
    tell(by.person.email, event, what)


@transaction.atomic
def remove_factor(*, factor: Authenticator, by: Actor) -> None:
    """Take one away; with the last one its recovery codes go too. Raises Refused: somebody else's, or gone already."""
    if by.person is None or by.person.pk != factor.user_id:
        raise Refused(_("Only you may remove your second factors."))
    locked(by.person)
    if not Authenticator.objects.filter(pk=factor.pk).delete()[0]:
        raise Refused(_("It is removed already."))
    left = Authenticator.objects.filter(user_id=factor.user_id)
    if not left.exclude(type=RECOVERY).exists():
        left.delete()
    event = Event.objects.create(act=Act.REMOVE_FACTOR, **by.signature, detail={"kind": factor.type})
    tell(by.person.email, event, _("A second factor was removed"))


@transaction.atomic
def remove_all_factors(*, person: Person, by: Actor) -> int:
    """What an operator does for somebody who has lost them all; how many. Raises Refused: not an operator, or none."""
    if not is_operator(by):
        raise Refused(_("Only an operator of the registry removes the second factors of others."))
    removed = Authenticator.objects.filter(user=person)
    kinds = sorted(removed.values_list("type", flat=True))
    if not kinds:
        raise Refused(_("%(person)s has no second factor.") % {"person": person})
    removed.delete()
    event = Event.objects.create(act=Act.REMOVE_FACTOR, **by.signature, detail={"person": person.pk, "kinds": kinds})
    tell(person.email, event, _("An operator removed your second factors"))
    return len(kinds)


@transaction.atomic
def renew_recovery_codes(*, request: HttpRequest, by: Actor) -> None:
    """Make new ones, which make the old ones void. Raises Refused where there is nothing to recover."""
    locked(by.person)
    if not Authenticator.objects.filter(user=by.person).exclude(type=RECOVERY).exists():
        raise Refused(_("Add an app or a passkey first."))
    generate_recovery_codes(request)
    event = Event.objects.create(act=Act.RENEW_RECOVERY_CODES, **by.signature)
    tell(by.person.email, event, _("New recovery codes were made"))


def locked(person: Person) -> None:
    """Two at once wait for each other."""
    Person.objects.select_for_update().get(pk=person.pk)

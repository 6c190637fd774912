"""People and how they sign in. Each act is one event; an event names no address, because events stay for ever."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from commons.exceptions import Refused
from registry.actions.post import write_letter
from registry.models import Act, Event, Person
from registry.permissions import Actor
from registry.signing_in import letters
from registry.signing_in.domains import is_listed

LONGEST_NAME = Person._meta.get_field("name").max_length


def sign_up(*, email: str) -> Person:
    """The person with an address that was shown to be theirs: made, where there is none yet.

    Raises Refused: an address of no listed domain, or of somebody who may no longer sign in.
    """
    known = Person.objects.filter(email__iexact=email).first()
    if known is None:
        if not is_listed(email):
            raise Refused(_("This address cannot make an account."))
        known = made(email.lower())
    if not known.is_active:
        raise Refused(_("This account is closed."))
    return known


def made(email: str) -> Person:
    """Of two at once, the second finds what the first made."""
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email)
            keep_address(person)
            Event.objects.create(act=Act.SIGN_UP, by=person, detail=domain_of(email))
    except IntegrityError:
        return Person.objects.get(email__iexact=email)
    return person


def keep_address(person: Person) -> None:
    """Bring allauth's row of the address into step with the person's, who has one and the last word."""
    email = person.email.lower()
    EmailAddress.objects.filter(user=person).exclude(email=email).delete()
    EmailAddress.objects.filter(email=email).exclude(user=person).delete()
    EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True, "primary": True})


@transaction.atomic
def record_sign_in(*, person: Person, ways: Sequence[str]) -> None:
    """`ways`: code, password, passkey, totp, the name of a provider … in the order in which they were given."""
    keep_address(person)
    Event.objects.create(act=Act.SIGN_IN, by=person, detail={"with": list(ways)})


def record_sign_out(*, person: Person) -> None:
    Event.objects.create(act=Act.SIGN_OUT, by=person)


@transaction.atomic
def change_name(*, person: Person, name: str, by: Actor) -> None:
    """Raises Refused: no name, too long, or somebody else's. The same name again changes nothing."""
    name = " ".join(name.split())
    if by.person is None or by.person.pk != person.pk:
        raise Refused(_("Only you may change your name."))
    if not name:
        raise Refused(_("Enter your name."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("A name may have %(most)s characters.") % {"most": LONGEST_NAME})
    if Person.objects.filter(pk=person.pk).exclude(name=name).update(name=name):
        Event.objects.create(act=Act.CHANGE_NAME, **by.signature)
    person.name = name


@transaction.atomic
def change_address(*, person: Person, email: str, by: Actor) -> None:
    """Sign in with another address from now on, which was shown to be theirs. Raises Refused: not allowed, or taken."""
    before = person.email
    if by.person is None or by.person.pk != person.pk:
        raise Refused(_("Only you may change your address."))
    if not is_listed(email):
        raise Refused(_("Use an address of a public body."))
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(email=email.lower())
    except IntegrityError as taken:
        raise Refused(_("Somebody already signs in with this address.")) from taken
    person.email = email.lower()
    keep_address(person)
    detail = {"before": domain_of(before)["domain"], **domain_of(email)}
    event = Event.objects.create(act=Act.CHANGE_ADDRESS, **by.signature, detail=detail)
    tell(before, event, _("The email address that you sign in with was changed"))


def tell(address: str, event: Event, what: str) -> None:
    """Owe somebody a letter about what was changed, lest it was not they."""
    write_letter(to=address, about=f"account {event.pk}", **letters.changed(what))


def domain_of(email: str) -> dict[str, str]:
    return {"domain": email.rpartition("@")[2].lower()}

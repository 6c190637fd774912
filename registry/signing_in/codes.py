"""Codes of six characters that show whose an address is: asked for, mailed, tried a few times, forgotten.

A code is worked out from its row's id and the secret key, so it stands in no database, queue or log. It is tried
against its own row only, by the browser whose session holds that row's id.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from registry.letters import send
from registry.models import Person, Purpose, SignInCode
from registry.models.signing_in import TRIES
from registry.signing_in.domains import is_listed
from registry.signing_in.letters import code_letter

logger = logging.getLogger(__name__)
LIFE = timedelta(minutes=10)
KEPT = timedelta(days=1)
LENGTH = 6
# No vowels, so that no words come out, and nothing that is read for something else: 28 ** 6 is 480 million.
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"


def ask(*, purpose: Purpose, email: str, person: Person | None = None) -> SignInCode:
    """Note that a code is wanted. Whoever calls rings for it to be mailed; it says nothing of whether it will be."""
    return SignInCode.objects.create(purpose=purpose, email=email.lower(), person=person, asked_at=timezone.now())


def code_of(asked: SignInCode) -> str:
    number = int.from_bytes(salted_hmac("registry.signing_in.codes", str(asked.pk), algorithm="sha256").digest())
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


@transaction.atomic
def redeem(pk: str | UUID, purpose: Purpose, typed: str) -> SignInCode | None:
    """The code, used up, where this is it; else one try less. None also where it is too old, tried out or used."""
    alive = SignInCode.objects.select_for_update().filter(
        purpose=purpose, used_at=None, tries__lt=TRIES, asked_at__gt=timezone.now() - LIFE
    )
    asked = alive.filter(pk=pk).first()
    if asked is None:
        return None
    asked.tries += 1
    right = constant_time_compare(tidy(typed), code_of(asked))
    asked.used_at = timezone.now() if right else None
    asked.save(update_fields=["tries", "used_at"])
    if not right:
        logger.warning("A wrong code was tried: code %s, try %d", asked.pk, asked.tries)
    return asked if right else None


def is_alive(pk: str | UUID) -> bool:
    """Whether it may still be tried."""
    waiting = SignInCode.objects.filter(pk=pk, used_at=None, tries__lt=TRIES)
    return waiting.filter(asked_at__gt=timezone.now() - LIFE).exists()


def tidy(typed: str) -> str:
    """As people copy it: in small letters, with blanks, with the hyphen of the letter."""
    return "".join(typed.upper().split()).replace("-", "")


def mail(pk: str | UUID) -> bool:
    """Mail the code to whom it reaches; whether it went. Whoever comes second finds that it is taken on."""
    now = timezone.now()
    waiting = SignInCode.objects.filter(pk=pk, mailed_at=None, used_at=None, asked_at__gt=now - LIFE)
    if not waiting.update(mailed_at=now):
        return False
    asked = SignInCode.objects.select_related("person").get(pk=pk)
    to = reached(asked)
    return bool(to) and send(code_letter(Purpose(asked.purpose), to, code_of(asked)))


def reached(asked: SignInCode) -> str:
    """The address that the code goes to; blank for none."""
    if asked.purpose == Purpose.CONFIRM:
        return asked.person.email if asked.person.is_active else ""
    known = with_address(asked.email)
    if asked.purpose == Purpose.CHANGE_ADDRESS:
        return asked.email if known is None and is_listed(asked.email) else ""
    if known:
        return known.email if known.is_active else ""
    return asked.email if is_listed(asked.email) else ""


def with_address(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email).first()


def forget() -> int:
    """Delete codes of more than a day ago; how many."""
    return SignInCode.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()[0]

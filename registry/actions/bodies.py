"""What every act in a body's name begins with."""

from django.utils import timezone

from commons.exceptions import Refused
from registry.models import Organisation


def locked(organisation: Organisation) -> Organisation:
    """One act in a body's name at a time, so that two see each other."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def refuse_ended(organisation: Organisation) -> None:
    if not organisation.exists_on(timezone.localdate()):
        raise Refused(f"{organisation} does not exist today: its successors say what they do.")

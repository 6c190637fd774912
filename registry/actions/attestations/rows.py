"""Writing what became of attestations."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from registry.models import Attestation, AttestationState, Event


def end(found: Sequence[Attestation], state: AttestationState, event: Event, **more: Any) -> None:
    write(found, {"state": state, "ended_in": event, "ended_on": timezone.localdate(), **more})


def write(found: Sequence[Attestation], changes: dict[str, Any]) -> None:
    for one in found:
        for name, value in changes.items():
            setattr(one, name, value)
    Attestation.objects.filter(pk__in=[one.pk for one in found]).update(**changes)

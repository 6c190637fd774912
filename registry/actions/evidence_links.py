"""The links that declarations name as their evidence: noted to be looked at, and known to answer."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from registry.models import Declaration, EvidenceLink


def note_links(declarations: Iterable[Declaration]) -> None:
    """Have the links of new declarations looked at; one that is known keeps its turn."""
    now = timezone.now()
    addresses = sorted({one.source_url for one in declarations if one.source_url})
    EvidenceLink.objects.bulk_create(
        [EvidenceLink(address=address, next_due_at=now) for address in addresses], ignore_conflicts=True
    )


def answering(addresses: Iterable[str], now: datetime) -> set[str]:
    """Those of the links that are known to answer."""
    return set(EvidenceLink.objects.good(now).filter(address__in=set(addresses)).values_list("address", flat=True))

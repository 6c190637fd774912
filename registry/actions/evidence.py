"""Looking whether the links answer that declarations name: E1 is earned by that, and lost by two silences (AG-1)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from commons.fetching import Unfetchable
from registry.actions.attestations.asking import ask_stewards
from registry.actions.bodies import locked
from registry.actions.declarations.rows import record, restated, supersede, with_all
from registry.actions.search import refresh_search
from registry.importers.politeness import Busy, ask
from registry.models import Act, Declaration, Event, Evidence, EvidenceLink, Organisation

AGAIN_AFTER, SOON_AGAIN_AFTER = timedelta(days=90), timedelta(days=7)
LEASE = timedelta(minutes=5)
FAILURES_THAT_COUNT = 2
MOST_AT_ONCE = 100  # the timetable comes by again


def check_links(*, most: int = MOST_AT_ONCE) -> int:
    """Look at the links whose turn it is, and return how many. Others may do the same at once."""
    for number in range(most):
        link = take_due()
        if link is None:
            return number
        look_at(link)
    return most


@transaction.atomic
def take_due() -> EvidenceLink | None:
    """The link that has waited longest, for this worker alone."""
    now = timezone.now()
    link = EvidenceLink.objects.due(now).order_by("next_due_at").select_for_update(skip_locked=True).first()
    if link:
        link.taken_until = now + LEASE
        link.save(update_fields=["taken_until"])
    return link


def look_at(link: EvidenceLink) -> None:
    """Ask the address, outside of any transaction, and record what came of it."""
    try:
        ask(link.address)
    except Busy as busy:
        EvidenceLink.objects.filter(pk=link.pk).update(next_due_at=busy.until, taken_until=None)
        return
    except Unfetchable as error:
        settle(link, failure=str(error), now=timezone.now())
        return
    settle(link, failure="", now=timezone.now())


@transaction.atomic
def settle(link: EvidenceLink, *, failure: str, now: datetime) -> None:
    """A link that fails is asked again soon; only the second silence counts."""
    link = EvidenceLink.objects.select_for_update().get(pk=link.pk)
    link.taken_until, link.failure = None, failure
    if failure:
        link.failures += 1
        link.next_due_at = now + (SOON_AGAIN_AFTER if link.failures < FAILURES_THAT_COUNT else AGAIN_AFTER)
    else:
        link.failures, link.answered_at, link.next_due_at = 0, now, now + AGAIN_AFTER
    link.save()
    if not failure:
        regrade(link, Evidence.E0, Evidence.E1)
    elif link.failures >= FAILURES_THAT_COUNT:
        regrade(link, Evidence.E1, Evidence.E0)


def regrade(link: EvidenceLink, before: Evidence, after: Evidence) -> None:
    """Give the declarations that name the link another grade, body by body. A pack's grades are its publisher's."""
    named = Declaration.objects.current().filter(source_url=link.address, evidence=before)
    own = named.exclude(recorded_in__act=Act.LOAD_PACK)
    for key in sorted(set(own.values_list("organisation", flat=True))):
        body = locked(Organisation(pk=key))
        found = list(with_all(own.filter(organisation=body)))
        detail = {"organisation": body.slug, "link": link.address, "evidence": after.value, "declarations": len(found)}
        event = Event.objects.create(act=Act.CHECK_EVIDENCE, detail=detail)
        supersede(found, event)
        again = record([restated(one, evidence=after) for one in found], event)
        ask_stewards(body, again, event)
        refresh_search({one.component_id for one in again if one.component_id})

"""Which components may be one: proposed by the registry, judged by a moderator. Nothing here changes a component."""

from django.db import transaction
from django.utils import timezone

from catalogue.models import Component, Lifecycle
from catalogue.similar.pairs import alike_pairs
from commons.exceptions import Refused
from registry.actions.looking import settle
from registry.models import Act, Event, Pair, PairState, Waiting
from registry.permissions import Actor, may_judge_pairs

LONGEST_REASON = 1_000
BY_A_MODERATOR = "moderator"


@transaction.atomic
def propose_pairs() -> tuple[int, int]:
    """Propose the pairs that something speaks for today, and drop open ones that nothing speaks for any more.

    What a moderator has dismissed is never proposed again, and a merge that waits for a second stays. Returns how many
    are new, and how many open ones there are.
    """
    known = {(pair.first_id, pair.second_id): pair for pair in Pair.objects.all()}
    opened = {two: pair for two, pair in known.items() if pair.state == PairState.OPEN}
    found = alike_pairs(excluding=known.keys() - opened.keys())
    # Held until all is written, so that none of them is deleted meanwhile.
    there = Component.objects.filter(pk__in={one for two in found for one in two}).select_for_update(no_key=True)
    there = set(there.order_by("pk").values_list("pk", flat=True))
    found = {two: reasons for two, reasons in found.items() if there.issuperset(two)}
    gone = [pair.pk for two, pair in opened.items() if two not in found]
    Pair.objects.open().filter(pk__in=gone, kept=None).exclude(reasons__contains=[{"kind": BY_A_MODERATOR}]).delete()
    other = [pair for two, pair in opened.items() if two in found and pair.reasons != found[two]]
    for pair in other:
        pair.reasons = found[pair.first_id, pair.second_id]
    Pair.objects.bulk_update(other, ["reasons"], batch_size=500)
    today = timezone.localdate()
    new = [
        Pair(first_id=one, second_id=two, reasons=reasons, found_on=today)
        for (one, two), reasons in sorted(found.items())
        if (one, two) not in opened
    ]
    Pair.objects.bulk_create(new, batch_size=1_000, ignore_conflicts=True)
    return len(new), len(found)


@transaction.atomic
def propose_pair(*, one: Component, other: Component, by: Actor) -> Pair:
    """Say that two components may be one, where the registry has not found it. It stays until somebody judges it.

    Raises Refused: not allowed, the same one, or a draft.
    """
    if not may_judge_pairs(by):
        raise Refused("Only a moderator may say that two components may be one.")
    first, second = sorted((one, other), key=lambda component: component.pk)
    if first.pk == second.pk or Lifecycle.DRAFT in (first.lifecycle, second.lifecycle):
        raise Refused("Choose two components that are listed.")
    known = Pair.objects.filter(first=first, second=second).first()
    if known is not None:
        return known
    detail = {"components": [first.slug, second.slug]}
    Event.objects.create(act=Act.PROPOSE_PAIR, **by.signature, detail=detail)
    reasons = [{"kind": BY_A_MODERATOR}]
    return Pair.objects.create(first=first, second=second, reasons=reasons, found_on=timezone.localdate())


@transaction.atomic
def dismiss_pair(*, pair: Pair, reason: str, by: Actor) -> Pair:
    """Say that the two are not one. It is never proposed again.

    Raises Refused: not allowed, without a reason, or judged already.
    """
    pair = Pair.objects.select_for_update(of=["self"]).select_related("first", "second").get(pk=pair.pk)
    reason = reason.strip()
    if not may_judge_pairs(by):
        raise Refused("Only an operator may say that two components are not one.")
    if pair.state != PairState.OPEN:
        raise Refused("It is judged already: the two are different components.")
    settle(waiting(pair), pair.pk, by)
    if not reason:
        raise Refused("Say why the two are not one, so that whoever comes later understands it.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Say it in at most {LONGEST_REASON:,} characters.")
    pair.state, pair.reason = PairState.DISMISSED, reason
    pair.kept = pair.proposed_in = None
    detail = {"components": [pair.first.slug, pair.second.slug], "reason": reason}
    pair.decided_in = Event.objects.create(act=Act.DISMISS_PAIR, **by.signature, detail=detail)
    pair.save(update_fields=["state", "reason", "decided_in", "kept", "proposed_in"])
    return pair


def waiting(pair: Pair) -> Waiting:
    """As what it waits: to be judged, or for a second to what somebody proposes."""
    return Waiting.MERGE if pair.kept_id else Waiting.PAIR

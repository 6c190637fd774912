"""Merging by four eyes: one person proposes which of two components is kept, another agrees, and then they are merged.

Whoever may run commands on the registry's machine can agree too, and has to name the person who has looked at it.
"""

from django.db import transaction

from catalogue.models import Component
from commons.exceptions import Refused
from registry.actions.looking import settle
from registry.actions.merges import merge_components, refuse_merge
from registry.models import Act, Event, Pair, PairState, Waiting
from registry.permissions import Actor, may_judge_pairs

LONGEST_NAME, LONGEST_REASON = 200, 1_000


@transaction.atomic
def propose_merge(*, pair: Pair, kept: Component, by: Actor) -> Pair:
    """Say which of two components is to be kept. Nothing is merged before another person agrees.

    Raises Refused: not allowed, not a person, judged or proposed already, or what cannot be merged.
    """
    pair = locked(pair)
    refuse_judged(pair)
    if by.person is None:
        raise Refused("A merge is proposed by a person, so that another one can agree.")
    kept, merged = sides(pair, kept)
    refuse_merge(kept, merged, by)
    if pair.kept_id:
        raise Refused("Somebody has proposed to merge the two already. Agree to it, or take it back.")
    settle(Waiting.PAIR, pair.pk, by)
    detail = {"kept": kept.slug, "merged": merged.slug}
    pair.kept, pair.proposed_in = kept, Event.objects.create(act=Act.PROPOSE_MERGE, **by.signature, detail=detail)
    pair.save(update_fields=["kept", "proposed_in"])
    return pair


@transaction.atomic
def second_merge(*, pair: Pair, by: Actor, named: str = "") -> Event:
    """Agree to what somebody else has proposed: the two are merged now.

    `named`: on the registry's machine, where nobody is signed in, who it is that agrees.
    Raises Refused: not allowed, the same person, nobody named, nothing proposed, or what cannot be merged any more.
    """
    pair = locked(pair)
    refuse_judged(pair)
    if pair.proposed_in is None:
        raise Refused("Nobody has proposed to merge the two.")
    named = " ".join(named.split())[:LONGEST_NAME]
    proposer = pair.proposed_in.by
    refuse_same_person(by, proposer, named)
    settle(Waiting.MERGE, pair.pk, by)
    kept, merged = sides(pair, pair.kept)
    agreed = {"proposed_in": pair.proposed_in_id, **({"seconded_by": named} if named else {})}
    return merge_components(kept=kept, merged=merged, by=by, agreed=agreed)


@transaction.atomic
def drop_merge(*, pair: Pair, reason: str, by: Actor) -> Pair:
    """Take a proposal back, or return somebody else's: the two are to be judged anew.

    Raises Refused: not allowed, no reason, nothing proposed.
    """
    pair = locked(pair)
    refuse_judged(pair)
    if not may_judge_pairs(by):
        raise Refused("Only a moderator may take a proposed merge back.")
    if pair.proposed_in is None:
        raise Refused("Nobody has proposed to merge the two.")
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise Refused("Say why: whoever proposed it reads it.")
    settle(Waiting.MERGE, pair.pk, by)
    detail = {"components": [pair.first.slug, pair.second.slug], "proposed_in": pair.proposed_in_id, "reason": reason}
    Event.objects.create(act=Act.DROP_MERGE, **by.signature, detail=detail)
    pair.kept = pair.proposed_in = None
    pair.save(update_fields=["kept", "proposed_in"])
    return pair


def locked(pair: Pair) -> Pair:
    rows = Pair.objects.select_for_update(of=["self"]).select_related("first", "second", "kept", "proposed_in__by")
    return rows.get(pk=pair.pk)


def refuse_judged(pair: Pair) -> None:
    if pair.state != PairState.OPEN:
        raise Refused("The two are judged already.")


def refuse_same_person(by: Actor, proposer: object, named: str) -> None:
    """Two people: on the machine itself the other one is named, and is not the one who proposed."""
    if by.person is not None:
        if by.person == proposer:
            raise Refused("You proposed this. Ask another person to agree.")
    elif not named:
        raise Refused("Name the person who agrees: on this machine nobody is signed in.")
    elif named.casefold() in {str(proposer).casefold(), getattr(proposer, "email", "").casefold()}:
        raise Refused(f"{named} proposed this. Another person has to agree.")


def sides(pair: Pair, kept: Component | None) -> tuple[Component, Component]:
    """(the one that is kept, the other one)."""
    if kept is not None and kept.pk == pair.second_id:
        return pair.second, pair.first
    if kept is None or kept.pk != pair.first_id:
        raise Refused("Choose which of the two is kept.")
    return pair.first, pair.second

"""The place that is shown of each body: among whom, and between which ranks (1.12, 1.18)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor

from public_value.recompute.draws import quantile, ranks_by_draw
from public_value.recompute.records import Pack

ENOUGH_PEERS = 10  # with a score, before a place among them is shown


def shown_ranks(pack: Pack, drawn: Mapping[str, Sequence[float]]) -> dict[str, dict]:
    """By uid what is shown of those that are ranked at all: `drawn` holds the draws of all that show a score."""
    kinds = {uid: pack.organisations[uid].peer_group for uid in drawn}
    ranks: dict[str, dict] = {}
    for place, own in sorted(ranking_groups(pack, Counter(kinds.values())).items()):
        group, among = place
        members = [uid for uid in drawn if kinds[uid] in among]
        for uid, interval in rank_bands(members, drawn):
            if kinds[uid] in own:
                ranks[uid] = {**interval, "members": len(members), "group": group}
    return ranks


def ranking_groups(pack: Pack, scored: Mapping[str, int]) -> dict[tuple[str, tuple[str, ...]], set[str]]:
    """Each group that places are shown in, with the kinds that its members are of, and which kinds are shown in it:
    a kind in itself where it has ten scores, else in its nearest parent that has ten with all below it."""
    shown: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for kind in scored:
        for group in pack.group_and_ancestors(kind):
            below = [other for other in scored if group in pack.group_and_ancestors(other)]
            among = (kind,) if group == kind else tuple(sorted(below))
            if sum(scored[one] for one in among) >= ENOUGH_PEERS:
                shown.setdefault((group, among), set()).add(kind)
                break
    return shown


def rank_bands(members: Sequence[str], drawn: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, dict[str, int]]]:
    """P5 rounded down and P95 rounded up of each member's ranks among the members, draw by draw."""
    ranks = ranks_by_draw([drawn[uid] for uid in members])
    for uid, own in zip(members, zip(*ranks, strict=True), strict=True):
        yield uid, {"low": floor(quantile(own, 0.05)), "high": ceil(quantile(own, 0.95))}

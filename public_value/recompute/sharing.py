"""Which components are shared, and so which functions an organisation can be asked about (1.4-1, AG-4, AG-10)."""

from dataclasses import dataclass

from public_value.recompute.reading import Component, Declaration, Pack

GOOD_EVIDENCE = ("E2", "E3")


@dataclass(frozen=True)
class Sharing:
    adopters: dict[str, int]
    shared: frozenset[str]


def sharing_of(pack: Pack, params: dict) -> Sharing:
    adopters = {uid: independent_adopters(pack, component, params) for uid, component in pack.components.items()}
    enough = params["shared_min_independent"]
    shared = {uid for uid, count in adopters.items() if count >= enough and pack.components[uid].lifecycle == "live"}
    return Sharing(adopters, frozenset(shared))


def independent_adopters(pack: Pack, component: Component, params: dict) -> int:
    """Adopters outside every steward's affiliation group, affiliates as one (AG-10), and those outside the registry."""
    insiders = {affiliation_of(pack, steward) for steward in component.stewards}
    adopting = {
        affiliation_of(pack, row.organisation)
        for row in pack.by_component.get(component.uid, [])
        if counts_as_adopter(row, params)
    }
    return len(adopting - insiders) + component.external_adopters


def counts_as_adopter(row: Declaration, params: dict) -> bool:
    return row.stage in ("partial", "live") and row.evidence in GOOD_EVIDENCE and not expired(row, params)


def expired(row: Declaration, params: dict) -> bool:
    return row.age is None or row.age > params["stale_expiry_days"]


def affiliation_of(pack: Pack, organisation: str) -> str:
    known = pack.organisations.get(organisation)
    return known.affiliation if known else organisation


def available(pack: Pack, component: Component, peer_group: str) -> bool:
    return not component.available_to or any(
        group in component.available_to for group in pack.group_and_ancestors(peer_group)
    )


def shared_components(pack: Pack, sharing: Sharing, peer_group: str, function: str) -> list[Component]:
    """The shared components that a peer group could use for a function, by uid."""
    candidates = [pack.components[uid] for uid in sorted(sharing.shared)]
    return [one for one in candidates if function in one.functions and available(pack, one, peer_group)]


def reason_outside(pack: Pack, sharing: Sharing, peer_group: str, function: str, params: dict) -> str | None:
    """Why a function is no addressable cell of a peer group's members; None where it is one (1.4-1, 1.18)."""
    evolution = pack.functions[function].evolution
    if evolution is None:
        return "no_evolution_stage"
    if params["kappa"][evolution] <= 0:
        return "genesis"
    if (peer_group, function) not in pack.benchmarks:
        return "no_benchmark"
    if not shared_components(pack, sharing, peer_group, function):
        return "no_shared_component"
    return None

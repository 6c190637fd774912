"""What keeps a body from a score, in the codes that are published instead of a number (1.9, 1.10)."""

from collections.abc import Mapping

from public_value.recompute.reading import Declaration, Organisation, Pack
from public_value.recompute.sharing import expired


def lacking(pack: Pack, organisation: Organisation, entry: Mapping | None, params: dict) -> list[str]:
    """First what the catalogue lacks, then what the body has not told, then what was told but is too little.

    `entry` is the body's in the export, None where there is nothing to measure it against.
    """
    accounts = organisation.uid in pack.frontline_share
    group = pack.peer_groups.get(organisation.peer_group)
    goalposts = group is not None and group.f_lo is not None and group.f_hi is not None
    return [
        *lacking_of_catalogue(pack, organisation, entry is not None, params),
        *lacking_of_body(pack.declarations_of(organisation.uid), params),
        *([] if accounts else ["no_accounts"]),
        *(["no_goalposts"] if accounts and not goalposts else []),
        *(too_little(entry, params) if entry else []),
    ]


def lacking_of_catalogue(pack: Pack, organisation: Organisation, scored: bool, params: dict) -> list[str]:
    """Genesis is no stage at which a function could be shared."""
    if not organisation.peer_group:
        return ["no_peer_group"]
    staged = {uid for uid, one in pack.functions.items() if one.evolution and params["kappa"][one.evolution] > 0}
    measured = {function for group, function in pack.benchmarks if group == organisation.peer_group}
    both, sized = staged & measured, organisation.driver > 0
    lacks = {
        "no_driver": not sized,
        "no_benchmark": not measured or (bool(staged) and not both),
        "no_evolution_stage": not staged,
        "no_shared_component": bool(both) and not scored and sized,
    }
    return [code for code, found in lacks.items() if found]


def lacking_of_body(said: list[Declaration], params: dict) -> list[str]:
    live = [row for row in said if row.stage in ("planned", "retired") or not expired(row, params)]
    shares = [row for row in live if row.transactions is not None or row.coverage is not None]
    lacks = {
        "no_declaration": not said,
        "all_expired": bool(said) and not live,
        "no_share_stated": bool(live) and not shares,
    }
    return [code for code, found in lacks.items() if found]


def too_little(entry: Mapping, params: dict) -> list[str]:
    """Tests of the lowest grade that gets a score, where there is something to test."""
    least, known = params["confidence"]["C"], entry["indicators"]["K"] > 0
    half_width = (entry["mc"]["p95"] - entry["mc"]["p5"]) / 2
    lacks = {
        "incomplete": entry["indicators"]["K"] < least["K"],
        "unverified": known and entry["indicators"]["V"] < least["V"],
        "out_of_date": known and entry["indicators"]["T"] < least["T"],
        "uncertain": known and half_width > least["H"],
    }
    return [code for code, found in lacks.items() if found]

"""An edition recomputed from the files of its pack, in the structure that `export_index` prints."""

from array import array
from collections.abc import Callable
from datetime import date
from pathlib import Path

from public_value.recompute.analytics import function_analytics
from public_value.recompute.canonical import params_hash, snapshot_hash
from public_value.recompute.cells import Body, body_of
from public_value.recompute.draws import add_draws
from public_value.recompute.exclusions import exclusions
from public_value.recompute.reading import Pack, read_pack
from public_value.recompute.savings import savings
from public_value.recompute.scores import score
from public_value.recompute.sharing import Sharing, sharing_of


def compute_edition(
    pack_folder: Path,
    label: str,
    snapshot: date,
    params: dict,
    draws: int,
    progress: Callable[[int, int], None] | None = None,
) -> dict:
    """As `compute_with_draws`, without the draws."""
    return compute_with_draws(pack_folder, label, snapshot, params, draws, progress)[0]


def compute_with_draws(
    pack_folder: Path,
    label: str,
    snapshot: date,
    params: dict,
    draws: int,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict, dict[str, array]]:
    """The edition `label` of a pack at a snapshot date, and the draws of the bodies that get a score, by uid.

    `progress` is told how many bodies of how many are drawn.
    `draws=0` leaves out the Monte Carlo and all that needs it: mc, rank_interval, grade and published.
    Raises ValueError with one sentence where the pack cannot be computed (an unknown deflator, a parent among cells).
    """
    pack = read_pack(pack_folder, snapshot, params)
    sharing = sharing_of(pack, params)
    bodies = bodies_of(pack, sharing, params)
    organisations = {uid: organisation_entry(pack, sharing, body, params) for uid, body in bodies.items()}
    drawn = add_draws(organisations, bodies, label, draws, params, progress) if draws else {}
    edition = {
        "edition": label,
        "method": params["method_version"],
        "params_hash": params_hash(params),
        "snapshot_hash": snapshot_hash(pack_folder),
        "snapshot_date": snapshot.isoformat(),
        "draws": draws,
        "organisations": organisations,
        "functions": function_analytics(pack, sharing, bodies),
    }
    return edition, drawn


def bodies_of(pack: Pack, sharing: Sharing, params: dict) -> dict[str, Body]:
    """The bodies with anything to score (Den > 0), in the order of their uid."""
    bodies = {uid: body_of(pack, sharing, pack.organisations[uid], params) for uid in sorted(pack.organisations)}
    return {uid: body for uid, body in bodies.items() if body.denominator(params["kappa"]) > 0}


def organisation_entry(pack: Pack, sharing: Sharing, body: Body, params: dict) -> dict:
    """One organisation of the export, without what needs the draws."""
    declared, modelled = savings(pack, sharing, body, params)
    return {
        **score(body, params),
        "savings": declared,
        "savings_modelled": modelled,
        "excluded": exclusions(pack, sharing, body, params),
    }

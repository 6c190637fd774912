"""The public value index PVI-1.0.0, computed a second, obvious way.

Plain Python and the standard library, one row after another, so that a stranger can read the method and recompute a
published edition from its pack. Slow on purpose: nothing here is shared with the product's engine.
"""

import json
from datetime import date
from pathlib import Path

from tests.public_value.reference.analytics import function_analytics
from tests.public_value.reference.canonical import params_hash, snapshot_hash
from tests.public_value.reference.cells import Body, body_of
from tests.public_value.reference.draws import add_draws
from tests.public_value.reference.exclusions import exclusions
from tests.public_value.reference.reading import Pack, read_pack
from tests.public_value.reference.savings import savings
from tests.public_value.reference.scores import score
from tests.public_value.reference.sharing import Sharing, sharing_of

__all__ = ["PARAMETERS", "compute"]

PARAMETERS = Path(__file__).parents[3] / "public_value" / "methods" / "pvi-1.0.0.json"


def compute(
    pack_folder: str | Path, label: str, snapshot_date: date | str, params: dict | None = None, draws: int = 1000
) -> dict:
    """The edition `label` of a pack at a snapshot date, in the structure that `export_index` prints.

    `draws=0` leaves out the Monte Carlo and all that needs it: mc, rank_interval, grade and published.
    Raises ValueError with one sentence where the pack cannot be computed (an unknown deflator, a parent among cells).
    """
    params = params or json.loads(PARAMETERS.read_text(encoding="utf-8"))
    snapshot = date.fromisoformat(snapshot_date) if isinstance(snapshot_date, str) else snapshot_date
    pack = read_pack(Path(pack_folder), snapshot, params)
    sharing = sharing_of(pack, params)
    bodies = bodies_of(pack, sharing, params)
    organisations = {uid: organisation_entry(pack, sharing, body, params) for uid, body in bodies.items()}
    if draws:
        add_draws(organisations, bodies, label, draws, params)
    return {
        "edition": label,
        "method": params["method_version"],
        "params_hash": params_hash(params),
        "snapshot_hash": snapshot_hash(Path(pack_folder)),
        "snapshot_date": snapshot.isoformat(),
        "draws": draws,
        "organisations": organisations,
        "functions": function_analytics(pack, sharing, bodies),
    }


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

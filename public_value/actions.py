"""The acts of the index."""

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone

from catalogue.models import PeerGroup
from commons.exceptions import Refused
from public_value import results
from public_value.evidence import gather
from public_value.evidence.solutions import function_figures
from public_value.methodology import CLASSES, Parameters, score, sha256_of
from public_value.models import BenchmarkEdition, Deflator, Edition, EditionState, FrontlinePost
from public_value.models.edition import LABEL
from public_value.montecarlo import simulate
from public_value.pack import EVERY_SHEET
from public_value.robustness import robustness_figures
from registry.models import Act, Commons, Declaration, Event, Organisation, Person
from registry.pack.exporting import export_pack

METHOD = Path(__file__).parent / "methods" / "pvi-1.0.0.json"
_LOCK = "public_value.compute_edition"


def compute_edition(
    *, label: str, snapshot_date: date, draws: int | None = None, by: Person | None = None, note: str = ""
) -> Edition:
    """Compute an edition from what is recorded now, as it stands at `snapshot_date`, and keep it under `label`.

    An edition of the same label is replaced, unless it is published. `draws` of the Monte Carlo: the method's own where
    not stated. All or nothing: whatever goes wrong, the editions that were there before stay.
    Raises Refused: the label is published or unusable, another edition is being computed, or the evidence contradicts
    itself.
    """
    started_at = timezone.now()
    method = METHOD.read_text(encoding="utf-8")
    parameters = Parameters.from_json(method)
    draws = parameters.laws.draws if draws is None else draws
    _refuse_unusable(label, draws)
    with _alone(), _one_state():
        _replace(label)
        found = gather(parameters, snapshot_date)
        scores = score(parameters, found.evidence)
        spread = simulate(parameters, found.evidence, scores, seed=label, draws=draws)
        basis = BenchmarkEdition.objects.first() or BenchmarkEdition()
        edition = Edition.objects.create(
            label=label,
            snapshot_date=snapshot_date,
            method_version=parameters.method_version,
            parameters=method,
            params_hash=parameters.params_hash,
            snapshot_hash=snapshot_hash(),
            seed=label,
            draws=draws,
            benchmark_edition=basis.name,
            base_financial_year=basis.base_financial_year,
            code_version=code_version(),
            function_figures=function_figures(),
            peer_groups=peer_groups(),
            money=money(),
            note=note,
            started_at=started_at,
            computed_at=started_at,
        )
        results.record(edition, parameters, found, scores, spread)
        edition.robustness = robustness_figures(edition, parameters)
        edition.computed_at = timezone.now()
        edition.save(update_fields=["robustness", "computed_at"])
        Event.objects.create(act=Act.COMPUTE_EDITION, by=by, detail=_detail(edition))
    return edition


def compute_first_edition() -> Edition | None:
    """Compute an edition where there are organisations and no edition yet, for the quarter in which the latest
    statement was confirmed, at the quarter's end; None where there is nothing to do. Raises Refused as above."""
    if Edition.objects.exists() or not Organisation.objects.exists():
        return None
    confirmed = Declaration.objects.current().aggregate(latest=Max("confirmed"))["latest"]
    day = confirmed or timezone.localdate()
    quarter = (day.month + 2) // 3
    end = date(day.year, 3 * quarter, 30 if quarter in (2, 3) else 31)
    return compute_edition(label=f"{day.year}Q{quarter}", snapshot_date=end)


def snapshot_hash() -> str:
    """The name of what is recorded now: SHA-256 over {file name: SHA-256 of its bytes} of its exported pack."""
    with tempfile.TemporaryDirectory(prefix="snapshot-") as folder:
        export_pack(Path(folder), sheets=EVERY_SHEET)
        files = (path for path in Path(folder).rglob("*") if path.is_file())
        return sha256_of({path.relative_to(folder).as_posix(): _sha256(path) for path in files})


def peer_groups() -> dict[str, dict[str, object]]:
    """What is the yardstick of each peer group now, by slug; None where it is not stated."""
    norms = ("f_lo", "f_hi", "f_median_share", *(f"adoption_mean_{name}" for name in CLASSES))
    named = {name: F(f"norm__{name}") for name in norms}
    return {group.pop("slug"): group for group in PeerGroup.objects.values("slug", "label", "driver_unit", **named)}


def money() -> dict[str, object]:
    """What a reader needs beside amounts, now: `country`, `currency`, `deflator` (index by financial year), `posts`."""
    commons = Commons.objects.first() or Commons()
    return {
        "country": commons.country,
        "currency": commons.currency,
        "deflator": dict(Deflator.objects.values_list("financial_year", "index")),
        "posts": [
            post | {"annual_cost": float(post["annual_cost"])}
            for post in FrontlinePost.objects.values("label", "annual_cost", "financial_year", "source")
        ],
    }


def code_version() -> str:
    """The code's commit, from CODE_VERSION or the clone itself; blank where neither is there."""
    if stated := os.environ.get("CODE_VERSION"):
        return stated
    try:
        asked = ["git", "-C", str(settings.BASE_DIR), "rev-parse", "HEAD"]
        return subprocess.run(asked, capture_output=True, text=True, check=True, timeout=5).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_unusable(label: str, draws: int) -> None:
    if not re.fullmatch(LABEL, label) or len(label) > Edition._meta.get_field("label").max_length:
        raise Refused(f"“{label}” cannot be an edition's label. Use letters, digits, dots and dashes, such as 2026Q3.")
    if draws < 1:
        raise Refused("An edition needs at least 1 draw of the Monte Carlo. Leave the number out for the method's own.")


def _replace(label: str) -> None:
    earlier = Edition.objects.filter(label=label).first()
    if earlier and earlier.state == EditionState.PUBLISHED:
        raise Refused(f"The edition {label} is published, and what is published stays. Choose another label.")
    if earlier:
        results.forget(earlier)


def _detail(edition: Edition) -> dict[str, str]:
    return {
        "label": edition.label,
        "snapshot_date": edition.snapshot_date.isoformat(),
        "snapshot_hash": edition.snapshot_hash,
        "params_hash": edition.params_hash,
    }


@contextmanager
def _alone() -> Iterator[None]:
    """One edition at a time: the lock is the connection's, and goes with it if the process is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [_LOCK])
        if not cursor.fetchone()[0]:
            raise Refused("Another edition is being computed. Wait until it is done, then try again.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [_LOCK])


@contextmanager
def _one_state() -> Iterator[None]:
    """One transaction that sees one state of the registry, so that the numbers are those of the hashed snapshot."""
    inside = connection.in_atomic_block
    with transaction.atomic():
        if not inside:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield

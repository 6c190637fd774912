"""Computing an edition, and computing it once more where a published one was wrong."""

import os
import re
import subprocess
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
from public_value import forgetting, results
from public_value.bundle.snapshot import frozen
from public_value.draws import put_aside
from public_value.evidence import gather
from public_value.evidence.ladder import unpriced
from public_value.evidence.solutions import function_figures
from public_value.methodology import CLASSES, Parameters, score
from public_value.models import BenchmarkEdition, Deflator, Edition, EditionSnapshot, FrontlinePost
from public_value.models.edition import LABEL
from public_value.montecarlo import simulate
from public_value.ranks import show_ranks
from public_value.robustness import robustness_figures
from public_value.sensitivity import sensitivity_figures
from public_value.trend import comparable, record_trends
from registry.models import Act, Commons, Declaration, Event, Organisation, Person

METHOD = Path(__file__).parents[1] / "methods" / "pvi-1.0.0.json"
PAGES = {"method", "editions", "components", "functions"}
"""Pages that stand where an edition's would."""
_LOCK = "public_value.compute_edition"


class Computing(Refused):
    """Another edition is being computed at this moment."""


def compute_edition(
    *,
    label: str,
    snapshot_date: date,
    draws: int | None = None,
    by: Person | None = None,
    note: str = "",
    keep_snapshot: bool = True,
) -> Edition:
    """Compute an edition from what is recorded now, as it stands at `snapshot_date`, and keep it under `label`.

    An edition of the same label is computed anew, with its days of reply and its comments, unless it is published.
    `draws` of the Monte Carlo: the method's own where not stated. `keep_snapshot` keeps the pack that it was computed
    from: without it an edition is a trial, and can never be published. All or nothing: whatever goes wrong, the
    editions that were there before stay.
    Raises Refused: the label is published or unusable, another edition is being computed, or the evidence contradicts
    itself.
    """
    with _alone(), _one_state():
        published = Edition.objects.labelled(label).standing().first()
        if published:
            raise Refused(
                f"The edition {published.label} is published, and what is published stays. Choose another label, "
                f"or correct it: manage.py correct_edition {published.label} --erratum “what was wrong”"
            )
        edition = Edition.objects.labelled(label).first() or Edition(label=label)
        edition.snapshot_date, edition.note = snapshot_date, note
        _compute(edition, draws, keep_snapshot)
        Event.objects.create(act=Act.COMPUTE_EDITION, by=by, detail=detail(edition))
    return edition


def correct_edition(*, edition: Edition, erratum: str, by: Person | None = None) -> Edition:
    """Compute a correction of a published edition from what is recorded now: its next revision, not published yet.

    It has the label, the seed, the snapshot date and the draws of what it corrects. A correction that is not published
    yet is computed anew. `erratum` says to everybody what was wrong.
    Raises Refused: the edition is not the published one of its label, the erratum is blank, or as `compute_edition`.
    """
    if not erratum.strip():
        raise Refused("Say what was wrong: the erratum is published with the correction.")
    with _alone(), _one_state():
        if not Edition.objects.published().filter(pk=edition.pk).exists():
            raise Refused(f"{edition} is not a published edition, so there is nothing to correct. Compute it again.")
        revision = edition.revision + 1
        correction = Edition.objects.filter(label=edition.label, revision=revision).first()
        correction = correction or Edition(label=edition.label, revision=revision)
        correction.snapshot_date, correction.erratum = edition.snapshot_date, erratum.strip()
        _compute(correction, edition.draws, keep_snapshot=True)
        Event.objects.create(act=Act.CORRECT_EDITION, by=by, detail=detail(correction) | {"erratum": erratum.strip()})
    return correction


def _compute(edition: Edition, draws: int | None, keep_snapshot: bool) -> None:
    """Fill an edition that is not published, which may be one that is kept already, and keep it."""
    edition.started_at = timezone.now()
    method = METHOD.read_text(encoding="utf-8")
    parameters = Parameters.from_json(method)
    edition.draws = parameters.laws.draws if draws is None else draws
    _refuse_unusable(edition.label, edition.draws)
    if edition.pk:
        forgetting.forget(edition)
    found = gather(parameters, edition.snapshot_date)
    scores = score(parameters, found.evidence)
    keep = put_aside(found.bodies, edition.draws)
    spread = simulate(parameters, found.evidence, scores, seed=edition.label, draws=edition.draws, keep=keep)
    snapshot = frozen(edition.snapshot_date, keep=keep_snapshot)
    basis = BenchmarkEdition.objects.first() or BenchmarkEdition()
    _keep(
        edition,
        method_version=parameters.method_version,
        parameters=method,
        params_hash=parameters.params_hash,
        snapshot_hash=snapshot.hash,
        seed=edition.label,
        benchmark_edition=basis.name,
        base_financial_year=basis.base_financial_year,
        code_version=code_version(),
        function_figures=function_figures(),
        peer_groups=peer_groups(),
        money=money(),
        computed_at=edition.started_at,
    )
    results.record(edition, parameters, found, scores, spread)
    show_ranks(edition)
    if keep_snapshot:
        EditionSnapshot.objects.create(edition=edition, content=snapshot.content, drafts=snapshot.drafts)
        compare(edition, comparable(edition))
    _keep(
        edition,
        realised_unpriced=unpriced(edition.snapshot_date),
        robustness=robustness_figures(edition, parameters),
        sensitivity=sensitivity_figures(edition, parameters, found.evidence, scores),
        computed_at=timezone.now(),
    )


def compare(edition: Edition, earlier: Edition | None) -> None:
    """Let the trends of an edition that is not published begin at an earlier one, or have none."""
    forgetting.forget_trends(edition)
    _keep(edition, compared_with=earlier)
    if earlier:
        record_trends(edition, earlier)


def _keep(edition: Edition, **fields: object) -> None:
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save()


def compute_first_edition() -> Edition | None:
    """Compute an edition where there are organisations and no edition yet, for the quarter in which the latest
    statement was confirmed, at the quarter's end; None where there is nothing to do. Raises Refused as above."""
    if Edition.objects.dated().exists() or not Organisation.objects.exists():
        return None
    confirmed = Declaration.objects.current().aggregate(latest=Max("confirmed"))["latest"]
    day = confirmed or timezone.localdate()
    quarter = (day.month + 2) // 3
    end = date(day.year, 3 * quarter, 30 if quarter in (2, 3) else 31)
    return compute_edition(label=f"{day.year}Q{quarter}", snapshot_date=end)


def peer_groups() -> dict[str, dict[str, object]]:
    """What is the yardstick of each peer group now, by slug; None where it is not stated."""
    norms = ("f_lo", "f_hi", "f_median_share", *(f"adoption_mean_{name}" for name in CLASSES))
    named = {name: F(f"norm__{name}") for name in norms}
    groups = PeerGroup.objects.values("slug", "label", "driver_unit", parent_slug=F("parent__slug"), **named)
    return {group.pop("slug"): {"parent": group.pop("parent_slug")} | group for group in groups}


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


def _refuse_unusable(label: str, draws: int) -> None:
    if not re.fullmatch(LABEL, label) or len(label) > Edition._meta.get_field("label").max_length:
        raise Refused(f"“{label}” cannot be an edition's label. Use letters, digits, dots and dashes, such as 2026Q3.")
    if label.casefold().startswith("preview") or label.casefold() in PAGES:
        raise Refused(f"“{label}” is the address of another page. Choose another label, such as 2026Q3.")
    if draws < 1:
        raise Refused("An edition needs at least 1 draw of the Monte Carlo. Leave the number out for the method's own.")


def detail(edition: Edition) -> dict[str, object]:
    """What an event says of an edition."""
    return {
        "label": edition.label,
        "revision": edition.revision,
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
            raise Computing("Another edition is being computed. Wait until it is done, then try again.")
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

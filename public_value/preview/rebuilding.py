"""Making a preview anew: begun, calculated chunk by chunk, ranked, and shown in place of the last at a stroke."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from public_value import forgetting, results
from public_value.actions.editions import METHOD, code_version, money, peer_groups
from public_value.evidence import basis
from public_value.evidence.basis import ADOPTERS, NORMALISING
from public_value.methodology import Parameters
from public_value.models import BenchmarkEdition, Edition, EditionState, Preview, PreviewChunk
from public_value.preview.figures import calculate
from public_value.preview.locking import alone
from public_value.preview.refusing import forget_refusal
from registry.actions.jobs import begin_job, finish, report
from registry.models import JobKind, Organisation

SEED = "preview"
"""One seed for every preview: the same draws every month, so that a difference is data."""

READERS_GRACE = timedelta(minutes=1)
"""So long a replaced preview stays, for pages that were being made from it."""

KEPT = ("method_version", "parameters", "params_hash", "draws", "benchmark_edition", "base_financial_year")
KEPT += ("function_figures", "peer_groups", "money")
# Adopters are counted once, and not with each chunk: in a table of their own, which several processes may fill.
COPIED = (
    *NORMALISING,
    "DROP TABLE IF EXISTS pg_temp.pv_adopters",
    f"CREATE TEMPORARY TABLE pv_adopters ON COMMIT DROP AS {ADOPTERS.format(asked='true')}",
    "INSERT INTO public_value_editioncomponent (edition_id, component_id, shared, independent_adopters, openness)"
    " SELECT %(edition)s, component.id, coalesce(shared, false),"
    " coalesce(pv_adopters.independent, 0) + coalesce(component.external_independent_adopters, 0),"
    " coalesce(openness, 0)"
    " FROM catalogue_component component"
    " LEFT JOIN public_value_editioncomponent kept ON kept.component_id = component.id AND kept.edition_id = %(basis)s"
    " LEFT JOIN pv_adopters ON pv_adopters.component_id = component.id"
    " ORDER BY component.id",
    "INSERT INTO public_value_editionfunction (edition_id, peer_group_id, function_id, evolution, ref_cost_per_driver,"
    " ref_volume_per_driver, reason)"
    " SELECT %(edition)s, peer_group_id, function_id, evolution, ref_cost_per_driver, ref_volume_per_driver, reason"
    " FROM public_value_editionfunction WHERE edition_id = %(basis)s ORDER BY peer_group_id, function_id",
)
# What is marked already is recorded already, and every chunk reads after this. A mark that a drain holds is its own.
UNMARK = """
    DELETE FROM public_value_dirtyorganisation
    WHERE id IN (SELECT id FROM public_value_dirtyorganisation FOR UPDATE SKIP LOCKED)
"""
# The planner knows nothing of a new edition's rows, takes them for few, and walks through them for every declaration.
LEARN = "ANALYZE public_value_editioncomponent, public_value_editionfunction"
CHUNK_WEIGHT, BODY_WEIGHT = 60_000, 50
"""Of a chunk, and of an organisation without a declaration, in declarations: about half a second; its draws."""

CHUNKS = """
    INSERT INTO public_value_previewchunk (edition_id, number, first, last)
    SELECT %(edition)s, row_number() OVER (ORDER BY part), min(id), max(id)
    FROM (
        SELECT id, floor((sum(%(body_weight)s + coalesce(said.declarations, 0)) OVER (ORDER BY id) - 1)
                         / %(chunk_weight)s) AS part
        FROM registry_organisation organisation
        LEFT JOIN (SELECT organisation_id, count(*) AS declarations FROM registry_declaration GROUP BY 1) said
            ON said.organisation_id = organisation.id
    ) parts
    GROUP BY part
"""
RANKS = """
    INSERT INTO public_value_ranksdue (edition_id, peer_group_id)
    SELECT DISTINCT %(edition)s::bigint, peer_group_id FROM registry_organisation WHERE peer_group_id IS NOT NULL
"""


def month() -> date:
    """The day that the preview stands for: ages are those of the first of the month (method 1.18)."""
    return timezone.localdate().replace(day=1)


@transaction.atomic
def begin(yardstick: int | None) -> bool:
    """Begin a rebuild with the yardstick of a dated edition, by its id, or the catalogue's own; False where there is
    one.

    Raises Refused: there is no edition, and the catalogue's benchmarks contradict each other.
    """
    alone()
    if Preview.objects.building().exists():
        return False
    measured = Edition.objects.filter(pk=yardstick).first()
    edition = _edition(measured)
    with connection.cursor() as cursor:
        cursor.execute(UNMARK)
        if measured:
            _copy(cursor, edition, measured)
        else:
            basis.prepare(Parameters.from_json(edition.parameters), edition.snapshot_date)
            results.record_yardstick(edition)
        cursor.execute(LEARN)
        bounds = {"edition": edition.pk, "chunk_weight": CHUNK_WEIGHT, "body_weight": BODY_WEIGHT}
        cursor.execute(CHUNKS, bounds)
        total = cursor.rowcount
        cursor.execute(RANKS, bounds)
        total += cursor.rowcount
    forget_refusal()
    job = begin_job(kind=JobKind.PREVIEW, stage=_("Calculating"), total=total)
    Preview.objects.create(edition=edition, basis=measured, job=job)
    return True


def work_off_chunk(edition: Edition) -> bool:
    """Calculate one chunk that nobody has, and mark it done in the same transaction; False where there is none."""
    with transaction.atomic():
        open_chunks = PreviewChunk.objects.filter(edition=edition, done_at=None).order_by("number")
        chunk = open_chunks.select_for_update(skip_locked=True).first()
        if chunk is None:
            return False
        bodies = Organisation.objects.filter(pk__range=(chunk.first, chunk.last)).order_by("pk")
        calculate(edition, list(bodies.values_list("pk", flat=True)), adopters_now=False)
        chunk.done_at = timezone.now()
        chunk.save(update_fields=["done_at"])
    tell(edition, _("Calculating"))
    return True


def tell(edition: Edition, stage: str) -> None:
    """Say how far the rebuild is: counted anew each time, so that it is right whoever died before."""
    preview = Preview.objects.get(edition=edition)
    left = edition.chunks.filter(done_at=None).count() + edition.ranks_due.values("peer_group").distinct().count()
    if preview.job:
        report(preview.job_id, stage=stage, done=max(0, preview.job.total - left))


@transaction.atomic
def switch(edition: Edition) -> bool:
    """Show a finished preview to readers in place of the last one."""
    alone()
    preview = Preview.objects.building().filter(edition=edition).first()
    if preview is None:
        return False
    now = timezone.now()
    Preview.objects.current().update(replaced_at=now)
    Preview.objects.filter(pk=preview.pk).update(ready_at=now)
    Edition.objects.filter(pk=edition.pk).update(computed_at=now)
    edition.chunks.all().delete()
    report(preview.job_id, stage=_("Done"), done=preview.job.total if preview.job else 0)
    finish(preview.job_id, sentence=_("Readers see the new figures."))
    return True


@transaction.atomic
def forget(edition: Edition) -> bool:
    """Delete a preview that was replaced; False where another worker does."""
    held = Preview.objects.select_for_update(skip_locked=True).filter(edition=edition).exclude(replaced_at=None)
    if not held:
        return False
    forgetting.forget(edition)
    edition.delete()
    return True


def _copy(cursor, edition: Edition, measured: Edition) -> None:
    expiry = Parameters.from_json(edition.parameters).stale_expiry_days
    bounds = {"edition": edition.pk, "basis": measured.pk}
    for statement in COPIED:
        cursor.execute(statement, bounds | {"snapshot": edition.snapshot_date, "stale_expiry_days": expiry})


def _edition(measured: Edition | None) -> Edition:
    """The row of a new preview: with all that `measured` keeps of its yardstick, or what the catalogue says now."""
    now = timezone.now()
    last = Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return Edition.objects.create(
        label=f"preview-{last + 1}",
        snapshot_date=month(),
        state=EditionState.PREVIEW,
        seed=SEED,
        code_version=code_version(),
        started_at=now,
        computed_at=now,
        **({name: getattr(measured, name) for name in KEPT} if measured else _of_catalogue()),
    )


def _of_catalogue() -> dict[str, object]:
    method = METHOD.read_text(encoding="utf-8")
    parameters = Parameters.from_json(method)
    benchmarks = BenchmarkEdition.objects.first() or BenchmarkEdition()
    return {
        "method_version": parameters.method_version,
        "parameters": method,
        "params_hash": parameters.params_hash,
        "draws": parameters.laws.draws,
        "benchmark_edition": benchmarks.name,
        "base_financial_year": benchmarks.base_financial_year,
        "peer_groups": peer_groups(),
        "money": money(),
    }

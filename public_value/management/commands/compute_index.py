from collections import Counter
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from public_value.actions import compute_edition
from public_value.management.editions import day
from public_value.models import Edition, Score
from public_value.wording import FACES, MISSING


class Command(BaseCommand):
    help = "Compute an edition of the public value index from what is recorded now; see docs/index.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--label", required=True, help="The edition's name, which seeds its draws: 2026Q1.")
        parser.add_argument("--snapshot-date", required=True, type=day, help="2026-03-31")
        parser.add_argument("--draws", type=int, help="Of the Monte Carlo; the method's own number where not given.")
        parser.add_argument("--note", default="", help="A remark that is kept with the edition.")
        parser.add_argument(
            "--no-snapshot", action="store_true", help="A trial: what it was computed from is not kept with it."
        )

    def handle(
        self,
        *,
        label: str,
        snapshot_date: date,
        draws: int | None,
        note: str,
        no_snapshot: bool,
        verbosity: int,
        **options,
    ) -> None:
        try:
            edition = compute_edition(
                label=label, snapshot_date=snapshot_date, draws=draws, note=note, keep_snapshot=not no_snapshot
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        seconds = (edition.computed_at - edition.started_at).total_seconds()
        self.stdout.write(f"{edition.label}: {edition.method_version} at {edition.snapshot_date}, {seconds:.1f} s")
        self.conclude(edition)
        if verbosity > 1:
            self.name_each(edition)

    def conclude(self, edition: Edition) -> None:
        scores = Score.objects.of(edition)
        faces = Counter(scores.values_list("published_as", flat=True))
        lacking = Counter(code for codes in scores.values_list("missing", flat=True) for code in codes)
        self.stdout.write(f"{faces.total():,} organisations")
        for face, words in FACES.items():
            self.stdout.write(f"  {faces[face]:>7,}  {words}")
        if lacking:
            self.stdout.write("What keeps organisations from a score:")
        for code, number in lacking.most_common():
            self.stdout.write(f"  {number:>7,}  {MISSING[code]}")

    def name_each(self, edition: Edition) -> None:
        scores = Score.objects.of(edition).exclude(missing=[]).select_related("organisation")
        for score in scores.order_by("organisation__slug"):
            self.stdout.write(f"{score.organisation.slug}: {' '.join(MISSING[code] for code in score.missing)}")

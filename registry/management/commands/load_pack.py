from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from public_value.pack import EVERY_SHEET
from public_value.tasks import follow_registry
from registry.actions.search import refresh_stale
from registry.pack.loading import COUNTS, FileLoad, PackLoad, PackRefused, load_pack
from registry.pack.sheet import among


class Command(BaseCommand):
    help = "Load a pack: a folder with pack.toml and CSV files. Safe to repeat; see docs/pack.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what a load would do, and keep nothing.")
        parser.add_argument("--strict", action="store_true", help="Keep nothing of the pack if any row is refused.")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="Write every refusal into this file.")

    def handle(self, *, folder: Path, dry_run: bool, strict: bool, report: Path | None, **options) -> None:
        self.widest = max(map(len, among(EVERY_SHEET)))
        self.started = False
        try:
            pack = load_pack(
                folder,
                sheets=EVERY_SHEET,
                dry_run=dry_run,
                strict=strict,
                report=report,
                after_load=[refresh_stale],
                tell=self.tell,
            )
        except PackRefused as refused:
            raise CommandError(str(refused)) from refused
        follow_registry.delay_on_commit()
        self.conclude(pack, dry_run, report)

    def tell(self, file: FileLoad) -> None:
        if not self.started:
            self.stdout.write(self.row("", COUNTS, "seconds"))
            self.started = True
        counts = [f"{file.counts[name]:,}" for name in COUNTS]
        self.stdout.write(self.row(file.file, counts, f"{file.seconds:.1f}"))
        for part, number, keys in file.vanished:
            named = "; ".join(keys) + ("; …" if number > len(keys) else "")
            where = f"[{part}] of this file" if part else "this file"
            self.stdout.write(f"  in the registry but not in {where}: {number:,} ({named})")
        for refusal in file.refusals.first:
            self.stderr.write(f"  {refusal}")
        rest = file.refusals.total - len(file.refusals.first)
        if rest:
            self.stderr.write(f"  and {rest:,} more: write them all into a file with --report FILE.csv.")

    def row(self, file: str, cells, seconds: str) -> str:
        return f"{file:<{self.widest}}" + "".join(f"{cell:>12}" for cell in cells) + f"{seconds:>9}"

    def conclude(self, pack: PackLoad, dry_run: bool, report: Path | None) -> None:
        total = [f"{sum(file.counts[name] for file in pack.files):,}" for name in COUNTS]
        self.stdout.write(self.row("all", total, f"{sum(file.seconds for file in pack.files):.1f}"))
        for sentence in pack.left_out:
            self.stderr.write(sentence)
        if report:
            self.stdout.write(f"Every refusal is in {report}.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing is kept.")
        elif not pack.kept:
            raise CommandError(f"Nothing is kept, as --strict asks: {pack.refused:,} rows were refused. Mend them.")

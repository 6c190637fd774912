from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from public_value.pack import EVERY_SHEET
from registry.pack.exporting import export_pack


class Command(BaseCommand):
    help = "Write the whole registry as a pack into FOLDER; see docs/pack.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--force", action="store_true", help="Write over the pack that is in the folder.")

    def handle(self, *, folder: Path, force: bool, **options) -> None:
        try:
            written = export_pack(folder, sheets=EVERY_SHEET, force=force)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for file, rows in written.items():
            self.stdout.write(f"{file:<20}{rows:>12,}")

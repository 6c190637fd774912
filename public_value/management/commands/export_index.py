import json

from django.core.management.base import BaseCommand

from public_value.exporting import export_edition
from public_value.management.editions import edition_named


class Command(BaseCommand):
    help = "Print an edition of the public value index in full precision. For operators: grades hide nothing here."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1.")
        parser.add_argument("--revision", type=int, help="The newest where none is named.")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *, label: str, revision: int | None, **options) -> None:
        found = export_edition(edition_named(label, revision))
        self.stdout.write(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False))

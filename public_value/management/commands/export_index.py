import json

from django.core.management.base import BaseCommand, CommandError

from public_value.exporting import export_edition
from public_value.models import Edition


class Command(BaseCommand):
    help = "Print an edition of the public value index in full precision. For operators: grades hide nothing here."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1.")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *, label: str, **options) -> None:
        edition = Edition.objects.filter(label=label).first()
        if edition is None:
            raise CommandError(f"There is no edition {label}. {known()}")
        found = export_edition(edition)
        self.stdout.write(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False))


def known() -> str:
    labels = Edition.objects.values_list("label", flat=True)[:5]
    return f"There are: {', '.join(labels)}." if labels else "Compute one with compute_index."

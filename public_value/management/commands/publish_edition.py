from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from public_value.actions import publish_edition
from public_value.management.editions import edition_named
from public_value.models import HeldChange


class Command(BaseCommand):
    help = "Publish an edition for good, with its open data; see docs/index.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1. Its newest revision is published.")
        parser.add_argument("--seconded-by", default="", help="Who else has looked at it and agrees: it is recorded.")

    def handle(self, *, label: str, seconded_by: str, **options) -> None:
        named = " ".join(seconded_by.split())[:200]
        try:
            edition = publish_edition(edition=edition_named(label), agreed={"seconded_by": named} if named else None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        kept = edition.bundle
        self.stdout.write(f"{edition} is published. Its open data: {kept.size:,} bytes, SHA-256 {kept.sha256}")
        for change in HeldChange.objects.waiting().filter(edition=edition).select_related("organisation"):
            self.stdout.write(f"Held for review: {change.organisation.slug}, {change.points:+.0f} points")

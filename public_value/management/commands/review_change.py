from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from public_value.actions import review_change
from public_value.management.editions import edition_named
from public_value.models import HeldChange


class Command(BaseCommand):
    help = "Show a score that was held for review, with a public note."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1.")
        parser.add_argument("organisation", help="The body's key.")
        parser.add_argument("--note", required=True, help="Why the change is right, for everybody to read.")

    def handle(self, *, label: str, organisation: str, note: str, **options) -> None:
        held = HeldChange.objects.filter(edition=edition_named(label), organisation__slug=organisation)
        change = held.select_related("organisation").first()
        if change is None:
            raise CommandError(f"Nothing of {organisation} is held in the edition {label}.")
        try:
            review_change(change=change, note=note)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"The score of {change.organisation} is shown, with the note.")
